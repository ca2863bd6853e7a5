package report

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"parley/internal/call"
	"parley/internal/story"
)

var epoch = time.Date(2026, 11, 20, 9, 0, 0, 0, time.UTC)

// TestStories lets a real call live through each story in testdata and compares the record of it.
//
// A line "< word {json}" is a signal to the call, "+ 20s" lets time pass. Every line that begins with two spaces is the
// record as it must be at that point, which the line "record" asks for.
func TestStories(t *testing.T) {
	story.Run(t, "testdata/*.txt", func(t *testing.T, text string) string { return newTale(t).tell(text) })
}

type tale struct {
	t      testing.TB
	call   *call.Call
	record Record
	now    time.Time
	events *[]happened // nil when nobody asks
}

func newTale(t testing.TB) *tale {
	return &tale{t: t, call: call.New("c", "acme"), record: Record{ID: "c"}, now: epoch}
}

// recordOf is the record at the end of a story.
func recordOf(t *testing.T, file string) *Record {
	s := newTale(t)
	s.tell(read(t, file))
	return &s.record
}

func read(t testing.TB, file string) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("testdata", file+".txt"))
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func (s *tale) tell(text string) string {
	var out strings.Builder
	for line := range strings.Lines(text) {
		if strings.HasPrefix(line, "  ") {
			continue // expected, written anew
		}
		out.WriteString(line)
		mark, rest, _ := strings.Cut(strings.TrimSpace(line), " ")
		switch mark {
		case "", "#":
		case "+":
			d, err := time.ParseDuration(rest)
			if err != nil {
				s.t.Fatal(err)
			}
			s.now = s.now.Add(d)
		case "<":
			s.signal(rest)
		case "wreck":
			_, events := s.call.Wreck()
			s.apply(events)
		case "record":
			s.print(&out)
		default:
			s.t.Fatalf("line not understood: %q", line)
		}
	}
	return out.String()
}

func (s *tale) signal(text string) {
	word, content, _ := strings.Cut(text, " ")
	if content == "" {
		content = "{}"
	}
	signal, err := call.Signals.Decode(word, []byte(content))
	if err != nil {
		s.t.Fatal(err)
	}
	o, err := s.call.Handle(s.now, signal)
	if err != nil {
		s.t.Fatalf("%s: %v", text, err)
	}
	s.apply(o.Events)
}

func (s *tale) apply(events []call.Event) {
	for _, e := range events {
		s.record.Apply(s.now, e)
		if s.events != nil {
			*s.events = append(*s.events, happened{s.now, e})
		}
	}
}

// print writes the record, a line for each value and for each part of a list.
func (s *tale) print(out *strings.Builder) {
	v := reflect.ValueOf(s.record)
	for i := range v.NumField() {
		f := v.Type().Field(i)
		name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		if !f.IsExported() || v.Field(i).IsZero() {
			continue
		}
		if f.Type.Kind() != reflect.Slice {
			fmt.Fprintf(out, "  %s %s\n", name, s.short(v.Field(i).Interface()))
			continue
		}
		for k := range v.Field(i).Len() {
			fmt.Fprintf(out, "  %s %s\n", name, s.short(v.Field(i).Index(k).Interface()))
		}
	}
}

// short is the JSON of a value with the day left out of its times.
func (s *tale) short(v any) string {
	data, err := json.Marshal(v)
	if err != nil {
		s.t.Fatal(err)
	}
	return strings.ReplaceAll(string(data), "2026-11-20T", "")
}
