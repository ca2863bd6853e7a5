package callcontrol_test

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"parley/internal/acd"
	"parley/internal/call"
	"parley/internal/callcontrol"
	"parley/internal/owner"
	"parley/internal/station"
)

func TestPanicWhileCarryingEndsOneCall(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := newHouse(t)
		h.planned = call.Routed{Queue: &call.Queue{ID: "q"}}
		h.begin("a", "leg-a")
		h.begin("b", "leg-b")
		h.l.mu.Lock()
		h.trip = "arrange"
		h.l.mu.Unlock()
		h.post("a", call.LegAnswered{Leg: "leg-a"})
		if got := h.finished("a"); got != "the system failed in this call" {
			t.Errorf("reason %q", got)
		}
		h.mustDo("end leg-a")
		if !h.told(acd.Leave{Call: "a", Result: acd.LeftNoAgent}) {
			t.Errorf("the ACD still has the call: %v", h.heard)
		}
		h.post("b", call.LegAnswered{Leg: "leg-b"})
		if live, begun, ended, broken := h.Counts(); live != 1 || begun != 2 || ended != 1 || broken != 1 {
			t.Errorf("live %d, begun %d, ended %d, broken %d", live, begun, ended, broken)
		}
		story, err := h.replay("call-a")
		if !errors.Is(err, callcontrol.ErrBroke) || !strings.Contains(story, "tripped at arrange") || !strings.Contains(story, "do   enqueue") {
			t.Errorf("replay: %v\n%s", err, story)
		}
	})
}

func replay(text string, w io.Writer) error {
	t, err := owner.ReadTranscript(strings.NewReader(text))
	if err != nil {
		return err
	}
	return callcontrol.Replay(t, w)
}

func (h *house) replay(name string) (string, error) {
	h.t.Helper()
	synctest.Wait() // who asked hears of the break before the transcript is written
	text, err := os.ReadFile(filepath.Join(h.folder, name+".jsonl"))
	if err != nil {
		h.t.Fatal(err)
	}
	var b strings.Builder
	err = replay(string(text), &b)
	return b.String(), err
}

// TestBrokenStandsForNothing: an ACD that is rebuilt from what stands, just when it hears the last word of a call or a
// station that broke, does not take either up again.
func TestBrokenStandsForNothing(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := withAnn(t)
		h.rings("a")
		h.hears = func(s acd.Signal) bool { _, is := s.(acd.DeviceDown); return is }
		h.trip = "end ann.s1"
		_ = h.AskStation(context.Background(), "ann", station.Answer{Offer: "o1", Tab: "tab"})
		synctest.Wait()
		if len(h.stood) != 1 { // the call waits again
			t.Errorf("a station that broke still stands for %v", h.stood)
		}
		h.hears = func(s acd.Signal) bool { _, is := s.(acd.Leave); return is }
		h.trip = "shown"
		h.post(h.now, call.Offered{Offer: "o2", Agent: "ann", RingSeconds: 20})
		if h.finished(h.now); len(h.stood) != 0 {
			t.Errorf("a call that broke still stands for %v", h.stood)
		}
	})
}

// TestGoneBetweenStations ends a leg of an agent whose station broke when none stands for it: what it heard ends too.
func TestGoneBetweenStations(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := newHouse(t)
		h.EnterBrowser("ann", "ann.b1")
		h.Gone("ann.b1")
		h.mustDo("close voice/ann.b1")
	})
}

// TestLegsOfAFreshStation numbers on: a leg of the station that broke may not have ended yet.
func TestLegsOfAFreshStation(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := withAnn(t)
		h.rings("a")
		h.trip = "end ann.s1"
		_ = h.AskStation(context.Background(), "ann", station.Answer{Offer: "o1", Tab: "tab"})
		synctest.Wait()
		h.start("ann.b2")
		if err := h.AskStation(context.Background(), "ann", station.DeskWork{On: true}); err != nil {
			t.Fatal(err)
		}
		h.rings("b")
		if !h.done("phone ann.s2 +32470111222 Eve") {
			t.Errorf("the second ring has another leg than ann.s2: %v", h.did)
		}
	})
}

// TestPanicInTheMachine takes up a call whose state cannot be: it waits in no queue.
func TestPanicInTheMachine(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := newHouse(t)
		h.begin("other", "leg-o")
		c := call.New("a", org)
		c.Stage, c.Waiting, c.Started = call.Queued, true, time.Now()
		c.Parties = []call.Party{{ID: "a.p1", Kind: call.Customer, State: call.Joined, Leg: "leg-a", Own: true, Up: true}}
		c.Seats = []call.Seat{{Agent: "ann", Place: true, Station: true}}
		if err := h.TakeUp(c); err != nil {
			t.Fatal(err)
		}
		if got := h.finished("a"); got != "the system failed in this call" {
			t.Errorf("reason %q", got)
		}
		h.mustDo("end leg-a")
		if !h.told(acd.Release{Call: "a", Agent: "ann"}) {
			t.Error("the agent's place was not given back")
		}
		story, err := h.replay("call-a")
		if !errors.Is(err, callcontrol.ErrBroke) || !strings.Contains(story, "< close") || !strings.Contains(story, "  broke ") {
			t.Errorf("replay: %v\n%s", err, story)
		}
		if live, _, _, _ := h.Counts(); live != 1 {
			t.Errorf("%d calls live", live)
		}
	})
}

func TestPanicAtTheFirstSignal(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := newHouse(t)
		h.trip = "shown routing"
		h.begin("a", "leg-a")
		h.finished("a")
		h.mustDo("end leg-a")
		if r := h.l.records["a"]; r.From != "+1" || r.CreatedAt.IsZero() {
			t.Errorf("record %+v", r)
		}
	})
}

func TestPanicInTheNumberPlan(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := newHouse(t)
		h.trip = "route"
		h.begin("a", "leg-a")
		if h.l.calls["a"].Stage != call.Ended {
			t.Error("the call waits for the number plan for ever")
		}
		h.begin("b", "leg-b") // planned is nil: no answer at all
		if h.l.calls["b"].Stage != call.Ended {
			t.Error("the call waits for the number plan for ever")
		}
	})
}

func TestHealthyTranscript(t *testing.T) {
	var b strings.Builder
	enc := json.NewEncoder(&b)
	_ = enc.Encode(map[string]string{"machine": "call", "id": "a", "org": "acme"})
	for _, s := range []call.Signal{call.Arrived{Leg: "l", From: "+1", To: "+2"}, call.Hold{Agent: "ann"}, call.LegEnded{Leg: "l", ByPeer: true}} {
		word, data, _ := call.Signals.Encode(s)
		_ = enc.Encode(map[string]any{"at": time.Unix(0, 0), "signal": word, "data": json.RawMessage(data)})
	}
	var story strings.Builder
	if err := replay(b.String(), &story); err != nil {
		t.Fatal(err)
	}
	for _, line := range []string{"# call a", "00:00:00.000 < arrived", "  do   find-route", "  no   hold: you are not in this call", "  tell finished"} {
		if !strings.Contains(story.String(), line) {
			t.Errorf("no %q in\n%s", line, story.String())
		}
	}
}

func FuzzReplay(f *testing.F) {
	f.Add("")
	f.Add(`{"machine":"call","id":"a"}` + "\n" + `{"signal":"arrived","data":{"leg":"l"}}`)
	f.Add(`{"machine":"call","state":{"call":{"stage":"queued","waiting":true}}}` + "\n" + `{"signal":"close","data":{}}`)
	f.Add(`{"machine":"call","state":{"call":null}}` + "\n" + `{"signal":"close","data":{}}`)
	f.Add(`{"machine":"station","id":"a"}` + "\n" + `{"signal":"ring","data":null}`)
	f.Add(`{"machine":"clock"}`)
	f.Add("{\n{")
	f.Fuzz(func(t *testing.T, text string) {
		var b strings.Builder
		if err := replay(text, &b); err == nil && !strings.HasPrefix(b.String(), "# ") {
			t.Errorf("no error and no story: %q", b.String())
		}
	})
}
