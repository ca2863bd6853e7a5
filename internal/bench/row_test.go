package bench

import (
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"testing"
)

func printed(asJSON bool, rows ...Row) string {
	var out strings.Builder
	p := printer{out: &out, json: asJSON}
	p.begin()
	for _, r := range rows {
		p.add(r)
	}
	p.end()
	return out.String()
}

func TestTable(t *testing.T) {
	text := printed(false, bounded("start", 0.41234, "s", 0.5), bounded("memory", 60.04, "MB", 60), figure("calls", 12345.6, "a second"))
	lines := strings.Split(text, "\n")
	want := [][]string{
		{"work", "value", "unit", "target"},
		{"start", "0.4123", "s", "≤", "0.5", "ok"},
		{"memory", "60.04", "MB", "≤", "60", "missed"},
		{"calls", "12350", "a", "second"},
	}
	for n, words := range want {
		if got := strings.Fields(lines[n]); !slices.Equal(got, words) {
			t.Errorf("line %d is %q, want %q", n, got, words)
		}
	}
	if !strings.Contains(text, "load average") {
		t.Error("the state of the machine is not told")
	}
}

func TestJSON(t *testing.T) {
	text := printed(true, bounded("start", 0.6, "s", 0.5), figure("calls", 100, "a second"))
	want := `{"work":"start","value":0.6,"unit":"s","target":0.5,"ok":false}
{"work":"calls","value":100,"unit":"a second","target":null,"ok":true}
`
	if text != want {
		t.Errorf("got\n%swant\n%s", text, want)
	}
	for line := range strings.Lines(text) {
		var r Row
		if err := json.Unmarshal([]byte(line), &r); err != nil {
			t.Errorf("%q: %v", line, err)
		}
	}
}

func TestRounded(t *testing.T) {
	tests := []struct{ in, want float64 }{
		{0, 0}, {3.14159, 3.142}, {-0.000123456, -0.0001235}, {123456, 123500}, {99999, 100000}, {1, 1},
	}
	for _, test := range tests {
		if got := rounded(test.in); got != test.want {
			t.Errorf("%g became %g, want %g", test.in, got, test.want)
		}
	}
}

type fullDisk struct{}

var errFull = errors.New("disk full")

func (fullDisk) Write([]byte) (int, error) { return 0, errFull }

func TestUnwritableOutput(t *testing.T) {
	p := printer{out: fullDisk{}, json: true}
	p.add(figure("calls", 1, "a second"))
	if !errors.Is(p.err, errFull) {
		t.Errorf("the error is %v", p.err)
	}
}

func TestWantedRow(t *testing.T) {
	few, many := wanted("calls", 400, "calls", 800), wanted("calls", 1600, "calls", 800)
	if few.OK || !many.OK {
		t.Errorf("400 of 800 are %t, 1600 are %t", few.OK, many.OK)
	}
	if text := printed(false, few); !strings.Contains(text, "≥ 800") || !strings.Contains(text, "missed") {
		t.Errorf("printed as %q", text)
	}
}
