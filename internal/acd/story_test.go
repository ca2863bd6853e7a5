package acd

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"strconv"
	"strings"
	"testing"
	"time"
)

var update = flag.Bool("update", false, "rewrite the stories' expected lines")

// TestStories tells each story in testdata to a distributor and compares what it does and tells.
//
// A line "< word key=value ..." is a signal, "+ 30s" lets time pass (timers ring by themselves), "queue" and "agent"
// lines make the next "< configure". Every other line is expected output.
func TestStories(t *testing.T) {
	files, err := filepath.Glob("testdata/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatal("no stories:", err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txt"), func(t *testing.T) {
			want, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			got := tell(t, string(want))
			if *update {
				if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			if got != string(want) {
				t.Errorf("another story came out; -update rewrites it:\n%s", got)
			}
		})
	}
}

type story struct {
	t      *testing.T
	out    strings.Builder
	d      *Distributor
	now    time.Time
	timers alarms
	conf   Configure
}

func tell(t *testing.T, text string) string {
	s := &story{t: t, d: New(), now: time.UnixMilli(0).UTC()}
	for line := range strings.Lines(text) {
		s.line(strings.TrimSuffix(line, "\n"))
	}
	return s.out.String()
}

func (s *story) line(line string) {
	mark, rest, _ := strings.Cut(line, " ")
	switch mark {
	case "", "#":
		if strings.HasPrefix(line, "  ") {
			return // expected output, written anew
		}
		fmt.Fprintln(&s.out, line)
	case "+":
		fmt.Fprintln(&s.out, line)
		d, err := time.ParseDuration(rest)
		if err != nil {
			s.t.Fatal(err)
		}
		s.wait(d)
	case "<":
		fmt.Fprintln(&s.out, line)
		s.handle(s.signal(rest))
	case "queue":
		fmt.Fprintln(&s.out, line)
		q := Queue{ID: "", RingSeconds: 20}
		s.fill(reflect.ValueOf(&q).Elem(), "id="+rest)
		s.conf.Queues = append(s.conf.Queues, q)
	case "agent":
		fmt.Fprintln(&s.out, line)
		a := Agent{}
		s.fill(reflect.ValueOf(&a).Elem(), "id="+rest)
		s.conf.Agents = append(s.conf.Agents, a)
	default:
		s.t.Fatalf("line not understood: %q", line)
	}
}

func (s *story) signal(text string) Signal {
	word, rest, _ := strings.Cut(text, " ")
	if word == "configure" {
		defer func() { s.conf = Configure{} }()
		return s.conf
	}
	none, err := Signals.Decode(word, []byte("{}"))
	if err != nil {
		s.t.Fatal(err)
	}
	v := reflect.New(reflect.TypeOf(none)).Elem()
	s.fill(v, rest)
	return v.Interface().(Signal)
}

// fill sets the fields of v, named as in JSON, from key=value words.
func (s *story) fill(v reflect.Value, text string) {
	for _, word := range strings.Fields(text) {
		key, value, _ := strings.Cut(word, "=")
		f := fieldNamed(v, key)
		if !f.IsValid() {
			s.t.Fatalf("%s has no %q", v.Type(), key)
		}
		s.set(f, strings.ReplaceAll(value, "_", " "))
	}
}

func fieldNamed(v reflect.Value, key string) reflect.Value {
	for i := range v.NumField() {
		if name, _, _ := strings.Cut(v.Type().Field(i).Tag.Get("json"), ","); name == key {
			return v.Field(i)
		}
	}
	return reflect.Value{}
}

func (s *story) set(f reflect.Value, value string) {
	var err error
	switch f.Interface().(type) {
	case time.Time:
		var d time.Duration
		d, err = time.ParseDuration(value)
		f.Set(reflect.ValueOf(s.now.Add(d)))
	case int:
		var n int
		n, err = strconv.Atoi(value)
		f.SetInt(int64(n))
	case bool:
		f.SetBool(value == "" || value == "true" || value == "on")
	default:
		if f.Kind() == reflect.String {
			// Results and statuses have underscores, which fill made spaces for reasons' sake.
			if f.Type() != reflect.TypeFor[string]() {
				value = strings.ReplaceAll(value, " ", "_")
			}
			f.SetString(value)
			return
		}
		for _, one := range strings.Split(value, ",") {
			f.Set(reflect.Append(f, reflect.ValueOf(one).Convert(f.Type().Elem())))
		}
	}
	if err != nil {
		s.t.Fatal(err)
	}
}

func (s *story) handle(signal Signal) {
	out, err := s.d.Handle(s.now, signal)
	if err != nil {
		fmt.Fprintf(&s.out, "  no   %v\n", err)
		return
	}
	for _, a := range out.Actions {
		s.timers.heed(s.now, a)
		fmt.Fprintf(&s.out, "  do   %s\n", s.show(a))
	}
	for _, e := range out.Events {
		fmt.Fprintf(&s.out, "  tell %s\n", s.show(e))
	}
}

// wait lets time pass, and rings the timers on the way.
func (s *story) wait(d time.Duration) {
	end := s.now.Add(d)
	for {
		next, at, ok := s.timers.next()
		if !ok || at.After(end) {
			break
		}
		s.now = at
		s.timers.stop(next)
		fmt.Fprintf(&s.out, "  time %s %s\n", s.show(at), next)
		s.handle(TimeUp{Timer: next})
	}
	s.now = end
}

// show writes a value in a line, without fields that say nothing.
func (s *story) show(v any) string {
	switch v := v.(type) {
	case time.Time:
		return strings.TrimPrefix(v.Sub(time.UnixMilli(0)).String(), "+")
	case time.Duration:
		return v.String()
	case Skip:
		return fmt.Sprintf("%s:%s", v.Agent, v.Why)
	}
	r := reflect.ValueOf(v)
	switch r.Kind() {
	case reflect.Struct:
		var fields []string
		for i := range r.NumField() {
			if !r.Field(i).IsZero() {
				fields = append(fields, r.Type().Field(i).Name+":"+s.show(r.Field(i).Interface()))
			}
		}
		return fmt.Sprintf("%s {%s}", r.Type().Name(), strings.Join(fields, " "))
	case reflect.Slice:
		var all []string
		for i := range r.Len() {
			all = append(all, s.show(r.Index(i).Interface()))
		}
		return "[" + strings.Join(all, " ") + "]"
	}
	return fmt.Sprint(v)
}
