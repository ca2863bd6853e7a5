package acd

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"parley/internal/story"
)

// TestStories tells each story in testdata to a distributor and compares what it does and tells.
//
// "queue" and "agent" lines make the next "< configure"; an underscore is a space.
func TestStories(t *testing.T) { story.Run(t, "testdata/*.txt", tell) }

func tell(t *testing.T, text string) string {
	d, conf := New(), Configure{}
	s := &story.Story[Signal, Outcome]{T: t, Signals: Signals, TimeUp: timeUp, Moments: true, Read: readField}
	s.Handle = func(now time.Time, signal Signal) (Outcome, error) {
		if _, is := signal.(Configure); is {
			signal, conf = conf, Configure{}
		}
		return d.Handle(now, signal)
	}
	s.Carry = func(out Outcome) {
		for _, a := range out.Actions {
			heed(&s.Timers, s.Now, a)
			s.Write("do   %s", show(a))
		}
		for _, e := range out.Events {
			s.Write("tell %s", show(e))
		}
	}
	s.Lines = map[string]func(string){
		"queue": func(rest string) {
			q := Queue{RingSeconds: 20}
			s.Fill(&q, "id="+rest)
			conf.Queues = append(conf.Queues, q)
		},
		"agent": func(rest string) {
			a := Agent{}
			s.Fill(&a, "id="+rest)
			conf.Agents = append(conf.Agents, a)
		},
	}
	return s.Tell(text)
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

func readField(field any, text string) any {
	if _, free := field.(string); free {
		return strings.ReplaceAll(text, "_", " ")
	}
	return nil
}

var show = story.Printer(func(v any) string {
	if skip, ok := v.(Skip); ok {
		return fmt.Sprintf("%s:%s", skip.Agent, skip.Why)
	}
	return ""
})
