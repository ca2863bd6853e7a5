package bench

import (
	"encoding/json"
	"fmt"
	"io"
	"math"
	"os"
	"runtime"
	"strings"
)

// Row is one figure.
type Row struct {
	Work   string   `json:"work"`   // what was measured
	Value  float64  `json:"value"`  // in Unit, to four digits
	Unit   string   `json:"unit"`   // such as "µs"
	Target *float64 `json:"target"` // the most that Value should be, or with Least the least; nil when it only informs
	OK     bool     `json:"ok"`     // Value is within Target, or there is none
	Least  bool     `json:"-"`
}

// figure is a row without a target.
func figure(work string, value float64, unit string) Row {
	return Row{Work: work, Value: rounded(value), Unit: unit, OK: true}
}

// bounded is a row whose value should be at most target.
func bounded(work string, value float64, unit string, target float64) Row {
	r := figure(work, value, unit)
	r.Target, r.OK = &target, r.Value <= target
	return r
}

// wanted is a row whose value should be at least target.
func wanted(work string, value float64, unit string, target float64) Row {
	r := figure(work, value, unit)
	r.Target, r.Least, r.OK = &target, true, r.Value >= target
	return r
}

// rounded keeps four digits: more would be noise.
func rounded(value float64) float64 {
	if value == 0 || math.IsNaN(value) || math.IsInf(value, 0) {
		return 0
	}
	scale := math.Pow(10, 3-math.Floor(math.Log10(math.Abs(value))))
	return math.Round(value*scale) / scale
}

// printer writes rows as they come and keeps the first error of the writer.
type printer struct {
	out  io.Writer
	json bool
	err  error
}

const tableRow = "%-66s %10s %-22s %8s  %s\n"

func (p *printer) begin() {
	if !p.json {
		p.print(fmt.Sprintf(tableRow, "work", "value", "unit", "target", ""))
	}
}

func (p *printer) add(r Row) {
	if p.json {
		line, err := json.Marshal(r)
		if err != nil {
			p.err = err
			return
		}
		p.print(string(line) + "\n")
		return
	}
	target, verdict := "", ""
	if r.Target != nil {
		target, verdict = fmt.Sprintf("≤ %g", *r.Target), "missed"
	}
	if r.Least {
		target = fmt.Sprintf("≥ %g", *r.Target)
	}
	if r.Target != nil && r.OK {
		verdict = "ok"
	}
	p.print(fmt.Sprintf(tableRow, r.Work, fmt.Sprintf("%g", r.Value), r.Unit, target, verdict))
}

// end says what else the machine was doing, since figures of a busy one mislead.
func (p *printer) end() {
	if p.json {
		return
	}
	load, err := os.ReadFile("/proc/loadavg")
	if err != nil {
		load = []byte("unknown")
	}
	p.print(fmt.Sprintf("\n%d cores, %s, load average %s\n", runtime.NumCPU(), runtime.Version(), strings.TrimSpace(string(load))))
}

func (p *printer) print(text string) {
	if _, err := io.WriteString(p.out, text); err != nil && p.err == nil {
		p.err = fmt.Errorf("write figures: %w", err)
	}
}
