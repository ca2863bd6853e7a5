package report

import (
	"encoding/json"
	"math/rand/v2"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"parley/internal/call"
)

// happened is an event of a story with its moment.
type happened struct {
	at    time.Time
	event call.Event
}

// all collects the events of every story, so that chance has real ones to play with.
func all(t *testing.T) []happened {
	files, err := filepath.Glob("testdata/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatal("no stories:", err)
	}
	var events []happened
	for _, file := range files {
		events = append(events, eventsOf(t, strings.TrimSuffix(filepath.Base(file), ".txt"))...)
	}
	return events
}

// TestAnyOrder folds events of many calls in any order, with clocks that jump: nothing panics, no time is negative,
// and what is stored is what is read.
func TestAnyOrder(t *testing.T) {
	events := all(t)
	for seed := range uint64(500) {
		chance := rand.New(rand.NewPCG(seed, 1))
		r := &Record{ID: "c"}
		for range chance.IntN(80) {
			h := events[chance.IntN(len(events))]
			r.Apply(h.at.Add(time.Duration(chance.IntN(240)-120)*time.Second), h.event)
		}
		for name, n := range figuresIn(r) {
			if n < 0 {
				t.Fatalf("seed %d: %s is %d", seed, name, n)
			}
		}
		stored, err := json.Marshal(r)
		if err != nil {
			t.Fatal(err)
		}
		var read Record
		if err := json.Unmarshal(stored, &read); err != nil {
			t.Fatalf("seed %d: %v", seed, err)
		}
		again, _ := json.Marshal(read)
		if string(again) != string(stored) {
			t.Fatalf("seed %d: the record was\n%s\nand is read as\n%s", seed, stored, again)
		}
	}
}

func figuresIn(r *Record) map[string]int {
	n := map[string]int{"talk": r.TalkTimeSeconds, "wait": r.QueueWaitSeconds, "total": r.TotalDurationSeconds}
	for _, q := range r.Queues {
		n["wait of a visit"] = min(n["wait of a visit"], q.WaitSeconds)
	}
	for _, h := range r.Holds {
		n["hold"] = min(n["hold"], h.Seconds)
	}
	for _, k := range r.Recordings {
		n["recording"] = min(n["recording"], int(k.DurationSeconds))
	}
	return n
}

// TestResumed folds events that were stored and read again, as after a restart: the record is the same.
func TestResumed(t *testing.T) {
	want := recordOf(t, "agent_lost")
	var got Record
	got.ID = "c"
	for _, h := range eventsOf(t, "agent_lost") {
		word, content, err := call.Events.Encode(h.event)
		if err != nil {
			t.Fatal(err)
		}
		e, err := call.Events.Decode(word, content)
		if err != nil {
			t.Fatal(err)
		}
		got.Apply(h.at, e)
	}
	if !reflect.DeepEqual(&got, want) {
		t.Errorf("from stored events:\n%+v\nwant\n%+v", got, want)
	}
}

// TestFlapping bounds what a peer that flaps adds to a record, and never loses the end.
func TestFlapping(t *testing.T) {
	r := Record{ID: "c"}
	r.Apply(epoch, call.Began{Direction: call.Inbound})
	for i := range 5000 {
		r.Apply(epoch, call.PeerHeld{Leg: "trunk", Held: i%2 == 0})
		r.Apply(epoch, call.DigitHeard{Leg: "trunk"})
	}
	r.Apply(epoch, call.Finished{Disposition: call.Answered})
	if n := len(r.Timeline); n > maxTimeline+1 {
		t.Errorf("the timeline has %d lines", n)
	}
	if last := r.Timeline[len(r.Timeline)-1]; last.Kind != "finished" {
		t.Errorf("the timeline ends with %s", last.Kind)
	}
}
