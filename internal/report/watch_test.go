package report

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"parley/internal/id"
	"parley/internal/story"
)

// TestWatchStories tells each story in testdata/watch to a watch and compares what it tells. "queue sales 80" names a queue with its goal
// in percent, of calls answered within 20 s, where who gives up within 5 s does not count; "5 answered 10s" are five calls at this moment;
// "before 10m 5 answered 40s" were five calls so long before the watch began.
func TestWatchStories(t *testing.T) { story.Run(t, "testdata/watch/*.txt", tellWatch) }

func tellWatch(t *testing.T, text string) string {
	w := NewWatch()
	s := &story.Story[WatchSignal, WatchOutcome]{T: t, Signals: WatchSignals, Handle: w.Handle, Moments: true}
	s.TimeUp = func(string) WatchSignal { return WatchTime{} }
	s.Carry = func(out WatchOutcome) {
		if out.Look != nil {
			s.Timers.Set("look", s.Now.Add(out.Look.After))
		}
		for _, e := range out.Events {
			s.Write("tell %s", strings.TrimPrefix(fmt.Sprintf("%T%+v", e, e), "report."))
		}
	}
	var queues []WatchedQueue
	stays := func(rest string, before time.Duration) {
		count, result, waited := 0, "", ""
		if _, err := fmt.Sscan(rest, &count, &result, &waited); err != nil {
			t.Fatalf("%q: %v", rest, err)
		}
		var all []Stay
		for range count {
			all = append(all, Stay{Queue: queues[0].Queue, Entered: s.Now.Add(-before - s.Duration(waited)), Left: s.Now.Add(-before), Result: result})
		}
		if before > 0 {
			s.Hear(WatchPast{all})
			return
		}
		for _, one := range all {
			s.Hear(StayOver(one))
		}
	}
	s.Lines = map[string]func(string){
		"queue": func(rest string) {
			q := WatchedQueue{Goal: Goal{Answer: 20 * time.Second, ShortAbandon: 5 * time.Second}}
			if _, err := fmt.Sscan(rest, &q.Queue, &q.Percent); err != nil {
				t.Fatal(err)
			}
			queues = []WatchedQueue{q}
			s.Hear(WatchQueues{queues})
		},
		"gone":  func(string) { s.Hear(WatchQueues{}) },
		"calls": func(rest string) { stays(rest, 0) },
		"before": func(rest string) {
			ago, calls, _ := strings.Cut(rest, " ")
			stays(calls, s.Duration(ago))
		},
	}
	return s.Tell(text)
}

// TestWatchForgets: what is older than half an hour takes no memory, however many calls there are, and one timer is set at most.
func TestWatchForgets(t *testing.T) {
	w := NewWatch()
	_, _ = w.Handle(story.Start, WatchQueues{[]WatchedQueue{{Queue: "sales", Percent: 80}}})
	looks := 0
	for i := range 10_000 {
		now := story.Start.Add(time.Duration(i) * time.Second)
		out, _ := w.Handle(now, StayOver{Queue: id.Queue("sales"), Entered: now, Left: now, Result: "answered"})
		if out.Look != nil {
			looks++
		}
	}
	if n := len(w.queues["sales"].stays); n > 1800 || looks != 1 {
		t.Errorf("%d results are kept, %d timers set", n, looks)
	}
}
