package report

import (
	"encoding/json"
	"reflect"
	"testing"
	"time"

	"parley/internal/id"
)

func eventsOf(t *testing.T, file string) []happened {
	s := newTale(t)
	s.events = &[]happened{}
	s.tell(read(t, file))
	return *s.events
}

func TestFigures(t *testing.T) {
	goal := Goal{Answer: 20 * time.Second, ShortAbandon: 5 * time.Second}
	type leave struct {
		result string
		waited time.Duration
	}
	tests := []struct {
		name    string
		leaves  []leave
		percent int
		ok      bool
		wait    time.Duration
	}{
		{"nothing", nil, 0, false, 0},
		{"answered at once", []leave{{"answered", 0}}, 100, true, 0},
		{"answered in just the time", []leave{{"answered", 20 * time.Second}}, 100, true, 20 * time.Second},
		{"answered too late", []leave{{"answered", 20*time.Second + 1}}, 0, true, 20*time.Second + 1},
		{"one of three", []leave{{"answered", time.Second}, {"answered", time.Minute}, {"abandoned", 5 * time.Second}}, 33, true, 22 * time.Second},
		{"two of three rounds up", []leave{{"answered", 0}, {"answered", 0}, {"abandoned", 6 * time.Second}}, 67, true, 2 * time.Second},
		{"a short abandon is left out", []leave{{"answered", 2 * time.Second}, {"abandoned", 4 * time.Second}}, 100, true, 3 * time.Second},
		{"only short abandons", []leave{{"abandoned", time.Second}}, 0, false, time.Second},
		{"other ends are no part of it", []leave{{"no_agent", time.Hour}, {"answered", 0}}, 100, true, 0},
		{"a clock set back", []leave{{"answered", -time.Hour}}, 100, true, 0},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			var f Figures
			for _, l := range test.leaves {
				f.Leave(l.result, l.waited, goal)
			}
			if percent, ok := f.ServiceLevel(); percent != test.percent || ok != test.ok {
				t.Errorf("service level %d %v, want %d %v", percent, ok, test.percent, test.ok)
			}
			if got := f.AverageWait(); got != test.wait {
				t.Errorf("average wait %v, want %v", got, test.wait)
			}
		})
	}
}

// TestByQueue counts stored records: what stands in the database gives the figures that the events gave.
func TestByQueue(t *testing.T) {
	var records []*Record
	for _, file := range []string{"answered", "abandoned", "missed_then_answered", "agent_lost", "outbound", "internal"} {
		data, err := json.Marshal(recordOf(t, file))
		if err != nil {
			t.Fatal(err)
		}
		r := &Record{}
		if err := json.Unmarshal(data, r); err != nil {
			t.Fatal(err)
		}
		records = append(records, r)
	}
	goal := func(id.Queue) Goal { return Goal{Answer: 20 * time.Second, ShortAbandon: 5 * time.Second} }
	day := Span{epoch.Add(-time.Hour), epoch.Add(time.Hour)}
	always := func(s Span) func(id.Queue) Span { return func(id.Queue) Span { return s } }
	want := Figures{
		Offered: 5, Answered: 4, Missed: 1, Abandoned: 1, InTime: 2,
		Waited: (13200 + 42000 + 25000 + 10000 + 60000) * time.Millisecond, Longest: time.Minute,
		Talks: 4, Talked: (50 + 30 + 25 + 7) * time.Second,
	}
	if got := ByQueue(records, always(day), goal); !reflect.DeepEqual(got, map[id.Queue]Figures{"q1": want}) {
		t.Errorf("got  %+v\nwant %+v", got, want)
	}
	// Each thing counts at its own moment: 10 s into the calls they have entered and nothing else has happened.
	first := Span{epoch, epoch.Add(10 * time.Second)}
	if got := ByQueue(records, always(first), goal)["q1"]; got != (Figures{Offered: 4}) {
		t.Errorf("in the first ten seconds: %+v", got)
	}
	rest := ByQueue(records, always(Span{first.To, day.To}), goal)["q1"]
	if rest.Add(Figures{Offered: 4}); rest != want {
		t.Errorf("two spans do not add up: %+v", rest)
	}
}

// TestByQueueOfConsultations counts what agents have waited for in place of a caller: given up is nothing, answered is a call of that
// queue, and who is left there is one from the first moment of that wait.
func TestByQueueOfConsultations(t *testing.T) {
	goal := func(id.Queue) Goal { return Goal{Answer: 20 * time.Second, ShortAbandon: 5 * time.Second} }
	day := func(id.Queue) Span { return Span{epoch.Add(-time.Hour), epoch.Add(time.Hour)} }
	got := ByQueue([]*Record{recordOf(t, "consult_queue")}, day, goal)
	want := map[id.Queue]Figures{
		"q1": {
			Offered: 2, Answered: 1, Abandoned: 1, InTime: 1, Waited: 35 * time.Second, Longest: 25 * time.Second, Talks: 1, Talked: 86 * time.Second,
		},
		"q2": {Offered: 1, Answered: 1, Missed: 1, Waited: 35 * time.Second, Longest: 35 * time.Second, Talks: 1, Talked: 30 * time.Second},
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got  %+v\nwant %+v", got, want)
	}
	turns := map[id.Queue]Turns{}
	CountTurns(turns, recordOf(t, "consult_queue"), Span{epoch, epoch.Add(time.Hour)})
	if turns["q2"].Answered["bob"] != 1 || turns["q1"].Last != "ann" {
		t.Errorf("turns are %+v", turns)
	}
}
