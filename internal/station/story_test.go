package station

import (
	"strings"
	"testing"
	"time"

	"parley/internal/id"
	"parley/internal/story"
	"parley/internal/tel"
)

// TestStories tells each story in testdata to a station and compares what it does and tells.
//
// "beat 60s" lets time pass with a page that speaks every 15 s.
func TestStories(t *testing.T) { story.Run(t, "testdata/*.txt", tell) }

func tell(t *testing.T, text string) string {
	station := New("ann", "acme")
	s := &story.Story[Signal, Outcome]{T: t, Signals: Signals, Handle: station.Handle, TimeUp: timeUp}
	s.Read = readVoice
	s.Carry = func(out Outcome) {
		for _, a := range out.Actions {
			heed(&s.Timers, s.Now, a)
			if set, ok := a.(SetTimer); ok && set.Timer == aliveTimer {
				continue // every sign of life sets it
			}
			s.Write("do   %s", show(a))
		}
		for _, e := range out.Events {
			s.Write("tell %s", show(e))
		}
	}
	s.Lines = map[string]func(string){
		"beat": func(rest string) {
			for d := s.Duration(rest); d > 0; d -= 15 * time.Second {
				s.Hear(TabSeen{Tab: station.Browser.Tab})
				s.Wait(min(d, 15*time.Second))
			}
		},
		"wreck": func(string) { s.Carry(Outcome{Actions: station.Wreck()}) },
	}
	return s.Tell(text)
}

// readVoice reads how an agent's voice comes, as call_me,persistent,+3225550100 or call_me,p2, and devices parted by commas.
func readVoice(into any, text string) any {
	if _, devices := into.([]Device); devices {
		var all []Device
		for one := range strings.SplitSeq(text, ",") {
			all = append(all, Device(one))
		}
		return all
	}
	if _, voice := into.(Voice); !voice {
		return nil
	}
	words := strings.Split(text, ",")
	v := Voice{Mode: Mode(words[0])}
	for _, w := range words[1:] {
		switch {
		case w == "persistent":
			v.Persistent = true
		case w[0] == '+':
			v.Number = tel.Number(w)
		default:
			v.Phone = id.Device(w)
		}
	}
	return v
}

func timeUp(timer string) Signal { return TimeUp{Timer: timer} }

// heed sets and stops the timers of a world whose time is told to it.
func heed(timers *story.Alarms, now time.Time, action Action) {
	switch a := action.(type) {
	case SetTimer:
		timers.Set(a.Timer, now.Add(a.After))
	case StopTimer:
		timers.Stop(a.Timer)
	}
}

var show = story.Printer(nil)
