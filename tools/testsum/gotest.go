package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
)

// event is a line of `go test -json`, see `go doc test2json`.
type event struct {
	Action      string
	Package     string
	ImportPath  string // in place of Package for build output
	FailedBuild string // the ImportPath to blame
	Test        string
	Output      string
	Elapsed     float64
}

type goTest struct {
	pack, name string
	action     string // pass, fail, skip, or "" while it runs
	output     strings.Builder
	children   bool
}

// goReport gathers events by test; a package is kept as a test without a name.
type goReport struct {
	tests map[[2]string]*goTest
	order []*goTest
}

func (r *goReport) test(pack, name string) *goTest {
	key := [2]string{pack, name}
	if r.tests[key] == nil {
		r.tests[key] = &goTest{pack: pack, name: name}
		r.order = append(r.order, r.tests[key])
	}
	return r.tests[key]
}

func (r *goReport) add(e event) {
	pack := e.Package
	if pack == "" {
		pack = e.ImportPath
	}
	t := r.test(pack, e.Test)
	switch e.Action {
	case "output", "build-output":
		t.output.WriteString(e.Output)
	case "pass", "fail", "skip":
		t.action = e.Action
		if e.FailedBuild != "" {
			t.output.WriteString(r.test(e.FailedBuild, "").output.String())
		}
	case "run":
		if at := strings.LastIndex(e.Test, "/"); at > 0 {
			r.test(pack, e.Test[:at]).children = true
		}
	}
}

// readGo counts tests without subtests, and subtests. A parent counts only when it failed by itself, a package only
// when it failed with no test to blame; a test that never ended has failed.
func readGo(report io.Reader) (tally, error) {
	r := &goReport{tests: map[[2]string]*goTest{}}
	lines := bufio.NewScanner(report)
	lines.Buffer(nil, 64<<20)
	for lines.Scan() {
		var e event
		if err := json.Unmarshal(lines.Bytes(), &e); err != nil {
			return tally{}, fmt.Errorf("line %q: %w", lines.Text(), err)
		}
		r.add(e)
	}
	if err := lines.Err(); err != nil {
		return tally{}, err
	}
	var sum tally
	for _, t := range r.order {
		r.count(t, &sum)
	}
	return sum, nil
}

func (r *goReport) count(t *goTest, sum *tally) {
	parent := t.children || t.name == ""
	switch {
	case parent && (t.action != "fail" || r.blames(t)):
	case t.action == "pass":
		sum.passed++
	default:
		sum.failures = append(sum.failures, failure{name: t.title(), output: t.output.String()})
	}
}

// blames says whether a test below this one, or of this package, failed or never ended.
func (r *goReport) blames(t *goTest) bool {
	return slices.ContainsFunc(r.order, func(other *goTest) bool {
		below := t.name == "" || strings.HasPrefix(other.name, t.name+"/")
		return other != t && other.pack == t.pack && below && other.action != "pass" && other.action != "skip"
	})
}

func (t *goTest) title() string {
	title := strings.TrimSuffix(t.pack+" "+t.name, " ")
	switch t.action {
	case "skip":
		return title + " (skipped, which counts as a failure)"
	case "":
		return title + " (never ended)"
	}
	return title
}

// follow keeps a report and shows how each package came out while the tests run.
func follow(in io.Reader, out io.Writer, report string) error {
	file, err := os.Create(report)
	if err != nil {
		return err
	}
	lines := bufio.NewScanner(io.TeeReader(in, file))
	lines.Buffer(nil, 64<<20)
	for lines.Scan() {
		var e event
		if err := json.Unmarshal(lines.Bytes(), &e); err != nil {
			fmt.Fprintln(out, lines.Text())
			continue
		}
		switch {
		case e.Action == "build-output":
			fmt.Fprint(out, e.Output)
		case e.Test != "" && e.Action == "fail":
			fmt.Fprintf(out, "FAIL  %s %s\n", e.Package, e.Test)
		case e.Test == "" && (e.Action == "pass" || e.Action == "fail"):
			fmt.Fprintf(out, "%-5s %s %.1f s\n", e.Action, e.Package, e.Elapsed)
		}
	}
	if err := lines.Err(); err != nil {
		return err
	}
	return file.Close()
}
