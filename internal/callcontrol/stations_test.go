package callcontrol_test

import (
	"context"
	"errors"
	"maps"
	"strings"
	"testing"
	"testing/synctest"

	"parley/internal/acd"
	"parley/internal/call"
	"parley/internal/callcontrol"
	"parley/internal/id"
	"parley/internal/media"
	"parley/internal/owner"
	"parley/internal/rtc"
	"parley/internal/sip"
	"parley/internal/station"
	"parley/internal/tel"
)

// withAnn gives a house in which ann has a page and a desk phone on which she works.
func withAnn(t *testing.T) *house {
	h := newHouse(t)
	h.Registered(sip.Registration{Agent: "ann", Org: org, Device: "desk", Contact: "one"}) // before the seat is known
	h.Seats([]callcontrol.Seat{{Agent: "ann", Org: org, Name: "Ann", Extension: "101", Phone: "desk", Strategy: station.Simultaneous}})
	h.start("ann.b1")
	if err := h.AskStation(context.Background(), "ann", station.DeskWork{On: true}); err != nil {
		t.Fatal(err)
	}
	synctest.Wait()
	return h
}

func (h *house) start(leg id.Leg) {
	h.t.Helper()
	h.EnterBrowser("ann", leg)
	if err := h.AskStation(context.Background(), "ann", station.Start{Tab: "tab", Leg: leg}); err != nil {
		h.t.Fatal(err)
	}
	h.page(leg, rtc.Connected{})
}

func (h *house) page(leg id.Leg, what rtc.Progress) {
	callcontrol.Browsers{Exchange: h.Exchange}.Happened(leg, what)
	synctest.Wait()
}

func (h *house) wire(leg id.Leg, what sip.Progress) {
	h.Happened(leg, what)
	synctest.Wait()
}

// rings lets a call from the queue ring ann.
func (h *house) rings(which id.Call) {
	h.t.Helper()
	h.queues(string(which))
	h.post(h.now, call.Offered{Offer: "o1", Agent: "ann", RingSeconds: 20})
}

func legOf(name string) id.Leg { return id.Leg("leg-" + name) }

// queues lets a call arrive and wait; it is the latest.
func (h *house) queues(name string, behind ...tel.Forwarding) {
	h.t.Helper()
	h.planned = call.Routed{Queue: &call.Queue{ID: "q"}, Caller: call.Caller{Name: "Eve"}}
	before := maps.Clone(h.l.calls)
	h.Arrived(sip.Incoming{Leg: legOf(name), Org: org, Trunk: "t", From: "+32470111222", To: "+12025550100", Behind: behind})
	synctest.Wait()
	for which := range h.l.calls {
		if before[which] == nil {
			h.now = which
		}
	}
	h.wire(legOf(name), sip.Answered{})
}

func TestDeskPhoneEndsOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := withAnn(t)
		h.rings("a")
		h.mustDo("show ann o1")
		h.mustDo("phone ann.s1 +32470111222 Eve")
		which := h.now
		// The phone answers and hangs up before anybody reads of the answer.
		h.Happened("ann.s1", sip.Answered{})
		h.Happened("ann.s1", sip.Ended{Cause: 16, ByPeer: true, Reason: "gone"})
		h.Gone("ann.s1")
		synctest.Wait()
		h.wire(id.Leg("leg-a"), sip.Ended{Cause: 16})
		h.finished(which)
		r := h.l.records[which]
		last := r.Legs[len(r.Legs)-1]
		if last.Leg != "ann.s1" || !last.ByPeer || last.Reason != "gone" {
			t.Errorf("legs %+v", r.Legs)
		}
		if r.Disposition != call.Answered {
			t.Errorf("disposition %s", r.Disposition)
		}
		if _, legs := h.Held(); len(legs) != 1 {
			t.Errorf("legs %v are still known", legs)
		}
		if s := h.l.stations["ann"]; s.Line != nil {
			t.Errorf("line %+v", s.Line)
		}
	})
}

func TestSoundFollowsAReload(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := withAnn(t)
		h.rings("a")
		which := h.now
		if err := h.AskStation(context.Background(), "ann", station.Answer{Offer: "o1", Tab: "tab"}); err != nil {
			t.Fatal(err)
		}
		synctest.Wait()
		silent := func() bool { p := h.l.calls[which].Parties; return p[len(p)-1].Silent }
		h.page("ann.b1", rtc.Sound{Event: media.SoundLost{Leg: "ann.b1"}})
		if !silent() {
			t.Error("the call did not hear that the page went silent")
		}
		h.page("ann.b1", rtc.Sound{Event: media.SoundBack{Leg: "ann.b1"}})
		h.page("ann.b1", rtc.Ended{Reason: rtc.BrowserLeft})
		if !silent() {
			t.Error("the call did not hear that the page left")
		}
		h.start("ann.b2")
		if silent() {
			t.Error("the voice is back, but not in the call")
		}
		h.page("ann.b2", rtc.Sound{Event: media.SoundLost{Leg: "ann.b2"}})
		if !silent() {
			t.Error("the sound of the new leg does not reach the call")
		}
	})
}

// TestBrowserGoneBeforeTheCallKnew has the page's leg end between the answer and the call's reading of it.
func TestBrowserGoneBeforeTheCallKnew(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := withAnn(t)
		h.rings("a")
		which := h.now
		h.Tamper(func(_ owner.Address, s any) []any {
			if _, answered := s.(call.RingEnded); answered {
				callcontrol.Browsers{Exchange: h.Exchange}.Happened("ann.b1", rtc.Ended{})
			}
			return []any{s}
		})
		if err := h.AskStation(context.Background(), "ann", station.Answer{Offer: "o1", Tab: "tab"}); err != nil {
			t.Fatal(err)
		}
		synctest.Wait()
		if p := h.l.calls[which].Parties; !p[len(p)-1].Silent {
			t.Error("the caller hears nothing, not even hold audio")
		}
	})
}

func TestStationBreaks(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := withAnn(t)
		h.rings("a")
		which := h.now
		h.l.mu.Lock()
		h.trip = "end ann.s1" // the answer ends the phone's ring, and breaks there
		h.l.mu.Unlock()
		err := h.AskStation(context.Background(), "ann", station.Answer{Offer: "o1", Tab: "tab"})
		var broke owner.Panic[station.Signal]
		if !errors.As(err, &broke) {
			t.Errorf("asked: %v", err)
		}
		if h.count("end ann.s1") != 2 {
			t.Errorf("what broke was not tried again: %v", h.did)
		}
		h.mustDo("end ann.b1")
		if c := h.l.calls[which]; c.Stage != call.Queued {
			t.Errorf("the caller is %s", c.Stage)
		}
		if s := h.l.stations["ann"]; s.Browser.Tab != "" || s.Line != nil || s.Ring != nil || !s.Phone.Registered || s.Phone.ID != "desk" {
			t.Errorf("fresh station %+v", s)
		}
		if !h.told(acd.DeviceDown{Agent: "ann", Trigger: acd.AutoDisconnect}) {
			t.Error("the ACD thinks that ann can be rung")
		}
		story, err := h.replay("station-ann")
		if !errors.Is(err, callcontrol.ErrBroke) || !strings.Contains(story, "tripped") || !strings.Contains(story, "< answer") {
			t.Errorf("replay: %v\n%s", err, story)
		}
		h.start("ann.b2") // and work goes on
	})
}

// TestLongTranscript breaks a station that has lived for long: the story begins where the transcript does.
func TestLongTranscript(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := withAnn(t)
		for range 5000 {
			h.TellStation("ann", station.TabSeen{Tab: "tab"})
		}
		h.rings("a")
		h.l.mu.Lock()
		h.trip = "end ann.s1"
		h.l.mu.Unlock()
		_ = h.AskStation(context.Background(), "ann", station.Answer{Offer: "o1", Tab: "tab"})
		story, err := h.replay("station-ann")
		if !errors.Is(err, callcontrol.ErrBroke) || !strings.HasSuffix(story[:strings.LastIndex(story, "# broke")], "\"device\":\"browser\"}\n") {
			t.Errorf("replay: %v\n%s", err, story[max(0, len(story)-2000):])
		}
		if strings.Contains(story, "  no ") {
			t.Error("the replay begins from another state")
		}
	})
}

func TestUnknownStation(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := newHouse(t)
		h.rings("a") // ann has no station at all
		if c := h.l.calls[h.now]; c.Stage != call.Queued || len(c.Rings) > 0 {
			t.Errorf("the call rings nobody: %+v", c)
		}
		if !h.told(acd.OfferEnded{Call: h.now, Offer: "o1", Result: acd.Failed}) {
			t.Error("the offer has no result")
		}
	})
}

func TestTwoContacts(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := withAnn(t)
		r := sip.Registration{Agent: "ann", Org: org, Device: "desk", Contact: "two"}
		h.Registered(r)
		h.Unregistered(r)
		synctest.Wait()
		if !h.l.stations["ann"].Phone.Registered {
			t.Error("one of two contacts went, and the phone counts as gone")
		}
		r.Contact = "one"
		h.Unregistered(r)
		synctest.Wait()
		if h.l.stations["ann"].Phone.Registered {
			t.Error("the phone counts as there")
		}
	})
}

// TestInternalCaller shows who calls at the other one's desk phone.
func TestInternalCaller(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := withAnn(t)
		h.Seats([]callcontrol.Seat{{Agent: "bob", Org: org, Name: "Bob", Extension: "102"}})
		h.planned = call.Planned{Number: "101", Agent: "ann"}
		h.Arrived(sip.Incoming{Leg: "bob-1", Org: org, Device: "bobs", Agent: "bob", To: "101"})
		synctest.Wait()
		for which := range h.l.calls {
			h.post(which, call.Granted{Agent: "bob"})
			h.post(which, call.Granted{Agent: "ann"})
		}
		h.mustDo("phone ann.s1 102 Bob")
	})
}
