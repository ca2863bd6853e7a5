package call

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

	"parley/internal/dest"
	"parley/internal/id"
	"parley/internal/prompt"
)

var update = flag.Bool("update", false, "rewrite the stories' expected lines")

// TestStories tells each story in testdata to a call and compares what it does and tells.
//
// A line "< word key=value ..." is a signal (a value with spaces stands in quotes), "+ 20s" lets time pass and timers
// ring, "queue" makes a queue that a later "routed" may name, "ended?" asks whether the call is over. Every line that
// begins with two spaces is expected output.
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
	c      *Call
	now    time.Time
	timers alarms
	queues map[string]*Queue
}

func tell(t *testing.T, text string) string {
	s := &story{t: t, c: New("c", "acme"), now: time.UnixMilli(0).UTC(), queues: map[string]*Queue{}}
	for line := range strings.Lines(text) {
		s.line(strings.TrimSuffix(line, "\n"))
	}
	return s.out.String()
}

func (s *story) line(line string) {
	if strings.HasPrefix(line, "  ") {
		return // expected output, written anew
	}
	fmt.Fprintln(&s.out, line)
	mark, rest, _ := strings.Cut(line, " ")
	switch mark {
	case "", "#":
	case "+":
		d, err := time.ParseDuration(rest)
		if err != nil {
			s.t.Fatal(err)
		}
		s.wait(d)
	case "<":
		s.handle(s.signal(rest))
	case "queue":
		name, fields, _ := strings.Cut(rest, " ")
		q := &Queue{ID: id.Queue(name), Name: name}
		s.fill(reflect.ValueOf(q).Elem(), fields)
		s.queues[name] = q
	case "ended?":
		fmt.Fprintf(&s.out, "  %v\n", s.c.Ended())
	case "late":
		for _, a := range Late(s.signal(rest)) {
			fmt.Fprintf(&s.out, "  do   %s\n", show(a))
		}
	case "wreck":
		actions, events := s.c.Wreck()
		s.print(Outcome{Actions: actions, Events: events})
	default:
		s.t.Fatalf("line not understood: %q", line)
	}
}

func (s *story) signal(text string) Signal {
	word, rest, _ := strings.Cut(text, " ")
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
	for _, word := range words(text) {
		key, value, _ := strings.Cut(word, "=")
		f := fieldNamed(v, key)
		if !f.IsValid() {
			s.t.Fatalf("%s has no %q", v.Type(), key)
		}
		s.set(f, value)
	}
}

// words splits at spaces outside of quotes, and drops the quotes.
func words(text string) []string {
	quoted := false
	fields := strings.FieldsFunc(text, func(r rune) bool {
		quoted = quoted != (r == '"')
		return r == ' ' && !quoted
	})
	for i, f := range fields {
		fields[i] = strings.ReplaceAll(f, `"`, "")
	}
	return fields
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
	case time.Duration:
		var d time.Duration
		d, err = time.ParseDuration(value)
		f.SetInt(int64(d))
	case dest.Destination:
		kind, target, _ := strings.Cut(value, ":")
		f.Set(reflect.ValueOf(dest.Destination{Kind: dest.Kind(kind), Target: target}))
	case prompt.Prompt:
		f.Set(reflect.ValueOf(prompt.Prompt{Audio: value}))
	case Caller:
		f.Set(reflect.ValueOf(Caller{ID: id.Customer(value), Name: value}))
	case *Queue:
		if s.queues[value] == nil {
			s.t.Fatalf("no queue %q in this story", value)
		}
		f.Set(reflect.ValueOf(s.queues[value]))
	case []Skip:
		for _, one := range strings.Split(value, ",") {
			agent, why, _ := strings.Cut(one, ":")
			f.Set(reflect.Append(f, reflect.ValueOf(Skip{Agent: id.Agent(agent), Why: why})))
		}
	default:
		err = setPlain(f, value)
	}
	if err != nil {
		s.t.Fatal(err)
	}
}

func setPlain(f reflect.Value, value string) error {
	switch f.Kind() {
	case reflect.String:
		f.SetString(value)
	case reflect.Bool:
		f.SetBool(value == "" || value == "on")
	case reflect.Int, reflect.Int64:
		n, err := strconv.Atoi(value)
		f.SetInt(int64(n))
		return err
	default:
		return fmt.Errorf("a %s cannot be written in a story", f.Type())
	}
	return nil
}

func (s *story) handle(signal Signal) {
	out, err := s.c.Handle(s.now, signal)
	if err != nil {
		fmt.Fprintf(&s.out, "  no   %v\n", err)
		return
	}
	s.print(out)
}

func (s *story) print(out Outcome) {
	for _, a := range out.Actions {
		s.timers.heed(s.now, a)
		fmt.Fprintf(&s.out, "  do   %s\n", show(a))
	}
	for _, e := range out.Events {
		fmt.Fprintf(&s.out, "  tell %s\n", show(e))
	}
}

// wait lets time pass, and rings the timers on the way.
func (s *story) wait(d time.Duration) {
	end := s.now.Add(d)
	for {
		name, at, set := s.timers.next()
		if !set || at.After(end) {
			break
		}
		s.now = at
		s.timers.stop(name)
		fmt.Fprintf(&s.out, "  time %s\n", name)
		s.handle(TimeUp{Timer: name})
	}
	s.now = end
}

// show writes a value in a line, without fields that say nothing.
func show(v any) string {
	switch v := v.(type) {
	case time.Time:
		return v.Sub(time.UnixMilli(0)).String()
	case time.Duration:
		return v.String()
	case Skip:
		return fmt.Sprintf("%s:%s", v.Agent, v.Why)
	case prompt.Prompt:
		return v.Audio + v.Text
	case dest.Destination:
		return fmt.Sprintf("%s:%s", v.Kind, v.Target)
	}
	r := reflect.ValueOf(v)
	switch r.Kind() {
	case reflect.Struct:
		var fields []string
		for i := range r.NumField() {
			if !r.Field(i).IsZero() {
				fields = append(fields, r.Type().Field(i).Name+":"+show(r.Field(i).Interface()))
			}
		}
		if h, ok := v.(Hearing); ok {
			return fmt.Sprintf("%s<-%s%s%s%s", h.Leg, h.From, h.Hold, h.Tone, h.Tag)
		}
		return fmt.Sprintf("%s {%s}", r.Type().Name(), strings.Join(fields, " "))
	case reflect.Slice:
		var all []string
		for i := range r.Len() {
			all = append(all, show(r.Index(i).Interface()))
		}
		return "[" + strings.Join(all, " ") + "]"
	}
	return fmt.Sprint(v)
}
