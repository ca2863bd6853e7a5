package rtc

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"parley/internal/media"
	"parley/internal/owner"
	"parley/internal/story"
)

// TestStories replays the signals of each story and compares all that follows from them.
func TestStories(t *testing.T) { story.Run(t, "testdata/stories/*.txt", replay) }

// replay keeps a story's remarks and signals, and writes anew what follows from each signal.
func replay(t *testing.T, text string) string {
	t.Helper()
	var b strings.Builder
	m := newMachine()
	for line := range strings.Lines(text) {
		switch line[0] {
		case '#', '\n':
			b.WriteString(line)
		case '<':
			b.WriteString(line)
			tellStep(t, &b, m, strings.Fields(line[1:]))
		}
	}
	return b.String()
}

func tellStep(t *testing.T, b *strings.Builder, m *machine, words []string) {
	t.Helper()
	if m.Ended() {
		b.WriteString("  unread\n")
		return
	}
	o, err := m.Handle(time.Time{}, signalOf(t, words))
	if err != nil {
		t.Fatal(err)
	}
	for _, a := range o.Do {
		writeStep(t, b, "do", a)
	}
	for _, p := range o.Tell {
		writeStep(t, b, "tell", p)
	}
}

func writeStep(t *testing.T, b *strings.Builder, kind string, v any) {
	t.Helper()
	data, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	what := owner.Word(v)
	switch v := v.(type) {
	case setTimer:
		what += fmt.Sprintf(" %s %s", v.Timer, v.After)
	case stopTimer:
		what += fmt.Sprintf(" %s", v.Timer)
	case Sound:
		what += " " + owner.Word(v.Event)
	default:
		if len(data) > 2 {
			what += " " + string(data)
		}
	}
	fmt.Fprintf(b, "  %-4s %s\n", kind, what)
}

func signalOf(t *testing.T, words []string) signal {
	t.Helper()
	if len(words) == 2 && words[0] == "time-up" {
		return timeUp{timerName(words[1])}
	}
	if len(words) == 2 && words[0] == "heard" {
		for _, e := range []media.Event{media.DigitPressed{}, media.PlayEnded{}, media.SoundLost{}, media.SoundBack{}} {
			if owner.Word(e) == words[1] {
				return heard{e}
			}
		}
	}
	for _, s := range []signal{begun{}, reached{}, missed{}, broken{}, left{}, hangUp{}, closing{}} {
		if len(words) == 1 && owner.Word(s) == words[0] {
			return s
		}
	}
	t.Fatalf("no signal %q", words)
	return nil
}

// TestEndedOnce drives the machine with every sequence of five signals: Ended is told at most once, last, and
// exactly when the machine has ended; Connected and Disconnected take turns.
func TestEndedOnce(t *testing.T) {
	all := []signal{begun{}, reached{}, missed{}, broken{}, left{}, hangUp{}, closing{},
		timeUp{connectTimer}, timeUp{returnTimer}, heard{media.SoundLost{}}}
	sequences := 1
	for range 5 {
		sequences *= len(all)
	}
	for n := range sequences {
		m, told := newMachine(), []Progress(nil)
		for k := n; k > 0 && !m.Ended(); k /= len(all) {
			o, err := m.Handle(time.Time{}, all[k%len(all)])
			if err != nil {
				t.Fatal(err)
			}
			told = append(told, o.Tell...)
		}
		if why := orderly(told, m.Ended()); why != "" {
			t.Fatalf("sequence %d: %s in %#v", n, why, told)
		}
	}
}

func orderly(told []Progress, ended bool) string {
	up := false
	for i, p := range told {
		switch p.(type) {
		case Connected:
			if up {
				return "connected twice"
			}
			up = true
		case Disconnected:
			if !up {
				return "disconnected without being connected"
			}
			up = false
		case Ended:
			if i != len(told)-1 || !ended {
				return "ended before the end"
			}
			ended = false
		}
	}
	if ended {
		return "an end that was not told"
	}
	return ""
}
