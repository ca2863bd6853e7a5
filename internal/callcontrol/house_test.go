package callcontrol_test

import (
	"context"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"parley/internal/acd"
	"parley/internal/call"
	"parley/internal/callcontrol"
	"parley/internal/id"
	"parley/internal/owner"
	"parley/internal/station"
	"parley/internal/tel"
)

// house is an exchange whose wires, sound and agents do nothing but note; a test plays them by hand.
type house struct {
	*callcontrol.Exchange
	t       *testing.T
	dir     *owner.Directory
	l       *ledger
	did     []string
	dialled []call.DialTrunk
	heard   []acd.Signal // what the ACD heard
	stood   []acd.Signal // what an ACD would have been rebuilt from when it heard the first signal of which hears is true
	hears   func(acd.Signal) bool
	trip    string // what panics
	folder  string
	now     id.Call // the call that rings or rang last
	planned call.Signal
	next    call.Signal // where a call goes on to; nil: the plan fails
}

func newHouse(t *testing.T) *house {
	h := &house{t: t, dir: owner.NewDirectory(), l: newLedger(), folder: t.TempDir()}
	ctx, cancel := context.WithCancel(context.Background())
	t.Cleanup(func() { cancel(); synctest.Wait() })
	h.Exchange = callcontrol.New(ctx, callcontrol.Config{
		Wires: h, Sound: noSound{h}, Plans: onePlan{h}, Journal: h.l, Screens: h, Directory: h.dir,
		Log: slog.New(slog.DiscardHandler), Transcripts: h.folder,
	})
	h.dir.Enter(owner.At("acd", org), h)
	return h
}

func (h *house) note(what string) {
	h.l.mu.Lock()
	h.did = append(h.did, what)
	trip := h.trip != "" && strings.HasPrefix(what, h.trip)
	if trip {
		h.trip = ""
	}
	h.l.mu.Unlock()
	if trip {
		panic("tripped at " + what)
	}
}

func (h *house) done(what string) bool {
	synctest.Wait()
	h.l.mu.Lock()
	defer h.l.mu.Unlock()
	return slices.Contains(h.did, what)
}

func (h *house) mustDo(what string) {
	h.t.Helper()
	if !h.done(what) {
		h.t.Errorf("not done: %s; but %v", what, h.did)
	}
}

func (h *house) count(what string) (n int) {
	synctest.Wait()
	h.l.mu.Lock()
	defer h.l.mu.Unlock()
	for _, d := range h.did {
		if d == what {
			n++
		}
	}
	return n
}

func (h *house) Ring(leg id.Leg)             { h.note("ring " + string(leg)) }
func (h *house) Early(leg id.Leg)            { h.note("early " + string(leg)) }
func (h *house) Answer(leg id.Leg)           { h.note("answer " + string(leg)) }
func (h *house) End(leg id.Leg, _ tel.Cause) { h.note("end " + string(leg)) }
func (h *house) DialTrunk(_ id.Org, a call.DialTrunk) {
	h.note("dial " + string(a.Leg))
	h.l.mu.Lock()
	h.dialled = append(h.dialled, a)
	h.l.mu.Unlock()
}
func (h *house) DialPhone(_ id.Org, leg id.Leg, _ id.Device, from tel.Number, name string, auto bool) {
	text := "phone " + string(leg) + " " + string(from) + " " + name
	if auto {
		text += " auto"
	}
	h.note(text)
}
func (h *house) Cast(a call.SendMulticast) { h.note("cast " + string(a.Leg) + " " + a.Group.String()) }
func (h *house) CallChanged(_ time.Time, c call.Call, _ []call.Event) {
	h.l.mu.Lock()
	copied := c.Copy()
	h.l.calls[c.ID] = &copied
	h.l.mu.Unlock()
	h.note("shown " + string(c.Stage))
}
func (h *house) StationChanged(_ time.Time, s station.Station) {
	h.l.mu.Lock()
	defer h.l.mu.Unlock()
	copied := s.Copy()
	h.l.stations[s.Agent] = &copied
}
func (h *house) ShowRing(agent id.Agent, _ id.Tab, _ id.Call, offer id.Offer) {
	h.note("show " + string(agent) + " " + string(offer))
}
func (h *house) Probe(id.Agent, id.Tab)     {}
func (h *house) TakenOver(id.Agent, id.Tab) {}
func (h *house) RenewVoice(agent id.Agent, tab id.Tab, leg id.Leg) {
	h.note("renew " + string(agent) + " " + string(tab) + " " + string(leg))
}
func (h *house) Repair(leg id.Leg) { h.note("repair " + string(leg)) }
func (h *house) Refer(leg id.Leg, cause tel.Cause, why string) {
	h.note(fmt.Sprintf("refer %s %d %s", leg, cause, why))
}

// onePlan answers every call with what the test has planned.
type onePlan struct{ h *house }

func (p onePlan) Route(context.Context, id.Org, call.FindRoute) call.Signal {
	p.h.note("route")
	return p.h.planned
}
func (p onePlan) Next(_ context.Context, _ id.Org, a call.FindNext) call.Signal {
	p.h.note("next " + string(a.To.Kind) + string(a.Leaving.Kind))
	return p.h.next
}
func (p onePlan) Dial(context.Context, id.Org, call.FindPlan) call.Signal { return p.h.planned }

func (p onePlan) CallbackNumber(_ id.Org, _ id.Queue, typed tel.Number) (tel.Number, error) {
	return typed, nil
}

// PostAny makes the house its own ACD.
func (h *house) PostAny(signal any) error {
	s := signal.(acd.Signal)
	h.l.mu.Lock()
	h.heard = append(h.heard, s)
	hears := h.hears != nil && h.hears(s)
	if hears {
		h.hears = nil
	}
	h.l.mu.Unlock()
	if hears {
		h.stood = h.Standing(org)
	}
	return nil
}
func (h *house) AskAny(context.Context, any) error { return nil }

func (h *house) told(s acd.Signal) bool {
	synctest.Wait()
	h.l.mu.Lock()
	defer h.l.mu.Unlock()
	return slices.Contains(h.heard, s)
}

type noSound struct{ h *house }

func (s noSound) Arrange(_ id.Call, all []call.Hearing) {
	s.h.note("arrange")
	for _, h := range all {
		if h.Tag != "" {
			s.h.note("play " + h.Tag)
		}
		if h.Hold != "" {
			s.h.note("loop")
		}
	}
}
func (s noSound) Record(_ time.Time, _ id.Call, _ id.Org, a call.Record) {
	s.h.note("record " + string(a.Recording))
}
func (s noSound) ChangeRecording(id.Call, call.ChangeRecording) {}
func (s noSound) EndRecording(_ id.Call, a call.EndRecording) {
	s.h.note("stop " + string(a.Recording))
}
func (s noSound) Close(which id.Call) { s.h.note("close " + string(which)) }
func (s noSound) TakeUp(_ id.Call, _ id.Org, all []id.Recording, _, _ time.Time) {
	for _, r := range all {
		s.h.note("take up " + string(r))
	}
}

// begin opens a call that arrived on a leg.
func (h *house) begin(which id.Call, leg id.Leg) {
	h.t.Helper()
	if err := h.Open(org, which, call.Arrived{Leg: leg, Trunk: "t", From: "+1", To: "+2"}); err != nil {
		h.t.Fatal(err)
	}
	synctest.Wait()
}

func (h *house) post(which id.Call, s call.Signal) {
	h.t.Helper()
	if err := h.dir.Post(owner.At("call", which), s); err != nil {
		h.t.Fatal(err)
	}
	synctest.Wait()
}

// settle lets virtual time pass until what happened is stored.
func (h *house) settle() {
	<-time.After(time.Second)
	synctest.Wait()
}

// finished gives the record of a call that must have ended once.
func (h *house) finished(which id.Call) (reason string) {
	h.t.Helper()
	synctest.Wait()
	h.l.mu.Lock()
	defer h.l.mu.Unlock()
	if n := h.l.finished[which]; n != 1 {
		h.t.Fatalf("call %s finished %d times", which, n)
	}
	if h.l.journal[owner.At("call", which)] != nil {
		h.t.Errorf("call %s is still in the journal", which)
	}
	return h.l.records[which].Reason
}
