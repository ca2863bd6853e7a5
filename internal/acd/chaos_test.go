package acd

import (
	"bytes"
	"encoding/json"
	"fmt"
	"reflect"
	"testing"
	"time"

	"parley/internal/owner"
)

// TestChaos plays 500 worlds by chance; after every signal the ledger checks the promises.
func TestChaos(t *testing.T) {
	steps, offers, moved, took, seconds := 0, 0, 0, 0, 0
	for seed := range uint64(chaosSeeds) {
		var m machine = New()
		if seed%50 == 0 {
			m = &twin{d: New(), copy: New()}
		}
		w := newWorld(seed, m)
		if err := w.run(); err != nil {
			t.Fatalf("seed %d: %v", seed, err)
		}
		steps, offers = steps+w.steps, offers+w.l.opened
		moved, took, seconds = moved+w.l.moved, took+w.l.tookOver, seconds+w.l.seconds
	}
	if moved == 0 {
		t.Error("no call that waits ever takes a callback's place over")
	}
	if took == 0 {
		t.Error("no call is ever taken out of order")
	}
	if seconds < chaosSeeds/20 {
		t.Errorf("hardly a call is answered on the other line: %d", seconds)
	}
	t.Logf("%d signals, %d offers, %d calls taken out of order", steps, offers, took)
}

// twin runs a second distributor that goes through JSON before every signal, and so does the signal; both must do the
// same, in words that survive JSON too. A refused signal must leave the state as it was.
type twin struct {
	d, copy *Distributor
}

func (w *twin) Handle(now time.Time, s Signal) (Outcome, error) {
	state, err := json.Marshal(w.copy)
	if err != nil {
		panic(err)
	}
	w.copy = New()
	if err := json.Unmarshal(state, w.copy); err != nil {
		panic(err)
	}
	out, err := w.d.Handle(now, s)
	again, errAgain := w.copy.Handle(now, through(Signals, s))
	if !reflect.DeepEqual(out, again) || fmt.Sprint(err) != fmt.Sprint(errAgain) {
		panic(fmt.Sprintf("after JSON: %+v %v\ninstead of %+v %v", again, errAgain, out, err))
	}
	if after, _ := json.Marshal(w.copy); err != nil && !bytes.Equal(state, after) {
		panic(fmt.Sprintf("%T was refused (%v), yet changed\n%s\nto\n%s", s, err, state, after))
	}
	for i, a := range out.Actions {
		out.Actions[i] = through(Actions, a)
	}
	for i, e := range out.Events {
		out.Events[i] = through(Events, e)
	}
	return out, err
}

// through sends a value through its dictionary and back.
func through[T any](d *owner.Dictionary[T], v T) T {
	word, data, err := d.Encode(v)
	if err != nil {
		panic(err)
	}
	back, err := d.Decode(word, data)
	if err != nil {
		panic(err)
	}
	return back
}
