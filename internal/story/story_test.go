package story

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"parley/internal/owner"
)

// lamp is a machine for stories: it burns for as long as it is lit.
type lamp struct {
	On     bool  `json:"on,omitempty"`
	Forget int   `json:"-"`               // lost in JSON
	Marks  []int `json:"marks,omitempty"` // shared by copies
}

type signal interface{ isSignal() }

type light struct {
	For   time.Duration `json:"for"`
	Until time.Time     `json:"until"`
	Names []string      `json:"names"`
	Note  string        `json:"note"`
	Loud  bool          `json:"loud"`
	Count int           `json:"count"`
	Size  int64         `json:"size"`
	Odd   map[int]int   `json:"odd"`
}

type timeUp struct {
	Timer string `json:"timer"`
}

type snuff struct {
	Count int `json:"count"`
}

func (light) isSignal()  {}
func (timeUp) isSignal() {}
func (snuff) isSignal()  {}

var signals = owner.NewDictionary[signal](light{}, timeUp{}, snuff{})

// relit is a mistake of the lamp's: so many snuffs light it although it refuses them.
const relit = 7

var errDark = errors.New("it is dark")

func (l *lamp) Handle(_ time.Time, s signal) (string, error) {
	switch s := s.(type) {
	case light:
		l.On = true
		return "on " + Printer(nil)(s), nil
	case timeUp:
		l.On = false
		return "off", nil
	case snuff:
		l.Forget += s.Count
		for i := range l.Marks {
			l.Marks[i] += s.Count
		}
		if !l.On {
			l.On = s.Count == relit
			return "", errDark
		}
		l.On = l.Forget > 2
		return fmt.Sprint("snuffed: ", !l.On), nil
	}
	return "", nil
}

func (l *lamp) Copy() lamp { return *l }

func tell(t testing.TB, moments bool, text string) string {
	l := &lamp{}
	s := &Story[signal, string]{T: t, Signals: signals, Moments: moments}
	s.TimeUp = func(timer string) signal { return timeUp{timer} }
	s.Handle = func(now time.Time, in signal) (string, error) {
		if lit, ok := in.(light); ok {
			s.Timers.Set("wick", now.Add(lit.For))
		}
		return l.Handle(now, in)
	}
	s.Carry = func(out string) { s.Write("do   %s", out) }
	s.Read = func(_ any, text string) any {
		if text == "plenty" {
			return 99
		}
		return nil
	}
	s.Lines = map[string]func(string){"on?": func(string) { s.Write("%v", l.On) }}
	return s.Tell(text)
}

func TestTell(t *testing.T) {
	Run(t, "testdata/*.txt", func(t *testing.T, text string) string { return tell(t, true, text) })
	if got := tell(t, false, "< light for=1s\n+ 1s\n"); !strings.HasSuffix(got, "\n  time wick\n  do   off\n") {
		t.Errorf("without moments:\n%s", got)
	}
}

// complaints are a test that goes on after it failed, unless it must not.
type complaints struct {
	testing.TB
	said []string
}

func (c *complaints) Helper() {}

func (c *complaints) Errorf(format string, args ...any) {
	c.said = append(c.said, fmt.Sprintf(format, args...))
}

func (c *complaints) Fatal(args ...any) { panic(fmt.Sprint(args...)) }

func (c *complaints) Fatalf(format string, args ...any) { panic(fmt.Sprintf(format, args...)) }

// panics gives what a function panics with.
func panics(do func()) (why any) {
	defer func() { why = recover() }()
	do()
	return nil
}

func TestNotUnderstood(t *testing.T) {
	for _, c := range []struct{ line, want string }{
		{"< shine", `decode "shine": not in the dictionary`},
		{"< light colour=red", `story.light has no "colour"`},
		{"< light count=many", `strconv.Atoi: parsing "many": invalid syntax`},
		{"< light odd=1", "a map[int]int cannot be written in a story"},
		{"< light for=long", `time: invalid duration "long"`},
		{"+ 1", `time: missing unit in duration "1"`},
		{"dance on", `line not understood: "dance on"`},
	} {
		if got := panics(func() { tell(&complaints{}, true, c.line) }); got != c.want {
			t.Errorf("%s: %v, want %s", c.line, got, c.want)
		}
	}
}

func TestCompare(t *testing.T) {
	if *update {
		return
	}
	file, c := filepath.Join(t.TempDir(), "a.txt"), &complaints{}
	if err := os.WriteFile(file, []byte("one"), 0o600); err != nil {
		t.Fatal(err)
	}
	Compare(c, file, "one")
	if c.said != nil {
		t.Error("equal texts:", c.said)
	}
	Compare(c, file, "two")
	if len(c.said) != 1 || !strings.HasSuffix(c.said[0], ":\ntwo") {
		t.Error("other text:", c.said)
	}
}

func TestAlarmsRingInOrder(t *testing.T) {
	var a Alarms
	for i, name := range []string{"late", "b", "gone", "a", "late", "b"} {
		a.Set(name, Start.Add(time.Duration(i/4)*time.Second))
	}
	a.Stop("gone")
	var rang []string
	for name, _, found := a.Next(); found; name, _, found = a.Next() {
		rang = append(rang, name)
		a.Stop(name)
	}
	if got := strings.Join(rang, " "); got != "a late b" {
		t.Error(got)
	}
}

func TestTwice(t *testing.T) {
	fail := (&complaints{}).Fatalf
	for _, c := range []struct {
		name string
		lamp lamp
		in   signal
		want string
	}{
		{"same", lamp{On: true}, snuff{}, ""},
		{"refused", lamp{}, snuff{Count: 1}, ""},
		{"changed while refusing", lamp{}, snuff{Count: relit}, "refused with it is dark and changed from\n"},
		{"marked while refusing", lamp{Marks: []int{1}}, snuff{Count: 1}, "a copy that was taken earlier has changed"},
		{"forgotten", lamp{On: true, Forget: 2}, snuff{Count: 1}, "reborn from JSON it did\nsnuffed: true\n"},
	} {
		why := panics(func() { _, _ = Twice[lamp, signal, string](fail, Printer(nil), &c.lamp, Start, c.in) })
		if got := fmt.Sprint(why); c.want == "" && why != nil || !strings.HasPrefix(got, c.want) {
			t.Errorf("%s: %s", c.name, got)
		}
	}
}

func TestSameWord(t *testing.T) {
	fail := (&complaints{}).Fatalf
	if why := panics(func() { SameWord[signal](fail, signals, light{Count: 1}) }); why != nil {
		t.Error(why)
	}
	type stranger struct{ signal }
	if why := panics(func() { SameWord[signal](fail, signals, stranger{}) }); why == nil {
		t.Error("a word that is not in the dictionary is taken")
	}
}

func TestRecount(t *testing.T) {
	type did struct{ N int }
	type told struct{ N int }
	got := Recount[did, told]([]any{Start.Add(time.Second), snuff{3}, did{1}, told{2}}, Start, Printer(nil))
	if want := "1s snuff {Count:3}\n   do   did {N:1}\n   tell told {N:2}\n"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}
