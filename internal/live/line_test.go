package live

import (
	"testing"
	"time"

	"parley/internal/acd"
	"parley/internal/call"
	"parley/internal/dest"
	"parley/internal/station"
)

// TestLines follows one agent's line through calls of every kind.
func TestLines(t *testing.T) {
	answer := func(w *world) {
		w.wait(3 * time.Second)
		w.tellStation("ann", station.Answer{Offer: w.stations["ann"].Ring.Offer, Tab: "ann-tab"})
	}
	out := func(w *world) {
		w.place("ann", call.Planned{Number: "+3222123456", Trunk: "t1", CallerID: "+12025550100"})
	}
	tests := []struct {
		name   string
		happen func(w *world)
		want   string // state, number, name and reason; empty: no line
		since  time.Duration
	}{
		{"rings", func(w *world) { w.arrive("sales") }, "incoming +32470111222 Elena Petrova ", 0},
		{"answered", func(w *world) { w.arrive("sales"); answer(w) }, "active +32470111222 Elena Petrova ", 3 * time.Second},
		{"held since the hold", func(w *world) {
			c := w.arrive("sales")
			answer(w)
			w.wait(7 * time.Second)
			w.tellCall(c, call.Hold{Agent: "ann"})
			w.wait(time.Second)
		}, "held +32470111222 Elena Petrova ", 10 * time.Second},
		{"resumed", func(w *world) {
			c := w.arrive("sales")
			answer(w)
			w.tellCall(c, call.Hold{Agent: "ann"})
			w.wait(4 * time.Second)
			w.tellCall(c, call.Resume{Agent: "ann"})
			w.tellCall(c, call.Mute{Agent: "ann", On: true})
		}, "active +32470111222 Elena Petrova ", 7 * time.Second},
		{"ended", func(w *world) { c := w.arrive("sales"); answer(w); w.hangUp(c) }, "ended +32470111222 Elena Petrova ", 3 * time.Second},
		{"ended and gone from the screen", func(w *world) { c := w.arrive("sales"); answer(w); w.hangUp(c); w.wait(endedLine) }, "", 0},
		{"rejected", func(w *world) {
			w.tellACD(acd.SetStatus{Agent: "bob", Status: acd.Unavailable})
			w.arrive("sales")
			w.tellStation("ann", station.Reject{Offer: w.stations["ann"].Ring.Offer})
		}, "", 0},
		{"another agent answered", func(w *world) {
			c := w.ringBoth()
			w.tellStation("bob", station.Answer{Offer: w.calls[c].RingAt("bob").Offer, Tab: "bob-tab"})
		}, "", 0},
		{"another agent answered a moment before", func(w *world) {
			c := w.ringBoth()
			late := w.calls[c].RingAt("ann").Offer
			w.tellStation("bob", station.Answer{Offer: w.calls[c].RingAt("bob").Offer, Tab: "bob-tab"})
			w.tellCall(c, call.RingEnded{Agent: "ann", Offer: late, Result: call.RingAnswered, Leg: "ann-page", Device: "browser"})
		}, "ended +32470111222 Elena Petrova another agent has answered", 0},
		{"the caller gave up", func(w *world) { w.hangUp(w.arrive("sales")) }, "", 0},
		{"dials", out, "dialling +3222123456  ", 0},
		{"busy", func(w *world) {
			out(w)
			w.wait(2 * time.Second)
			w.tellCall("c1", call.LegEnded{Leg: "c1.l1", Cause: 17, Code: 486, ByPeer: true})
		}, "ended +3222123456  busy", 2 * time.Second},
		{"taken", func(w *world) {
			out(w)
			w.wait(5 * time.Second)
			w.tellCall("c1", call.LegAnswered{Leg: "c1.l1"})
		}, "active +3222123456  ", 5 * time.Second},
		{"calls Bob", func(w *world) {
			w.start("bob")
			w.place("ann", call.Planned{Number: "202", Agent: "bob", AgentName: "Bob Birch"})
		}, "dialling 202 Bob Birch ", 0},
		{"calls Bob, who is offline", func(w *world) {
			c := w.place("ann", call.Planned{Number: "202", Agent: "bob", AgentName: "Bob Birch"})
			w.tellCall(c, call.Routed{Destination: dest.Destination{Kind: dest.Hangup}}) // the plan has nothing to say instead
		}, "ended 202 Bob Birch the agent is offline", 0},
		{"lost while another took over", func(w *world) {
			c := w.arrive("sales")
			answer(w)
			w.tellCall(c, call.AgentLost{Agent: "ann"})
		}, "ended +32470111222 Elena Petrova ", 3 * time.Second},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			w := newWorld(t)
			w.start("ann")
			p := open(t, w.hub, viewers()["agent"])
			test.happen(w)
			p.read()
			got := ""
			for _, l := range p.see.Me.Lines {
				got += l.State + " " + l.Number + " " + l.Name + " " + l.Reason
				if since := l.Since.Sub(morning); since != test.since {
					t.Errorf("since %v, want %v", since, test.since)
				}
				if l.Tab != "ann-tab" || l.CanRecord != (l.State == "active" || l.State == "held") {
					t.Errorf("%+v", l)
				}
			}
			if got != test.want {
				t.Errorf("line %q, want %q", got, test.want)
			}
		})
	}
}

// TestCalledAgent shows what the other side of a call between agents sees.
func TestCalledAgent(t *testing.T) {
	w := newWorld(t)
	w.start("ann", "bob")
	bob := open(t, w.hub, viewers()["supervisor"])
	w.place("ann", call.Planned{Number: "202", Agent: "bob", AgentName: "Bob Birch"})
	bob.read()
	if l := bob.see.Me.Lines; len(l) != 1 || l[0].Number != "201" || l[0].Name != "Ann Ash" || l[0].State != "incoming" {
		t.Errorf("Bob sees %+v", l)
	}
}

// TestRingReachesTheRightTab rings the tab that is the phone and no other, once.
func TestRingReachesTheRightTab(t *testing.T) {
	w := newWorld(t)
	w.start("ann")
	pages := map[string]*page{}
	for name, v := range viewers() {
		pages[name] = open(t, w.hub, v)
	}
	which := w.arrive("sales")
	for name, p := range pages {
		p.read()
		want := 0
		if name == "agent" {
			want = 1
		}
		if len(p.rings) != want {
			t.Errorf("the %s hears %v", name, p.rings)
		}
	}
	if got := pages["agent"].rings; len(got) == 1 && (got[0].Call != which || got[0].Offer != w.stations["ann"].Ring.Offer) {
		t.Errorf("it rings for %+v", got)
	}
	w.hub.Probe("ann", "ann-tab")
	w.hub.TakenOver("ann", "ann-other")
	w.hub.RenewVoice("ann", "ann-tab", "ann.b1")
	pages["agent"].read()
	pages["other tab"].read()
	if pages["agent"].heard["probe"] != 1 || pages["other tab"].heard["probe"] != 0 || pages["other tab"].heard["taken_over"] != 1 {
		t.Errorf("heard %v and %v", pages["agent"].heard, pages["other tab"].heard)
	}
	if pages["agent"].heard["renew_voice"] != 1 || pages["other tab"].heard["renew_voice"] != 0 {
		t.Errorf("asked to renew: %v and %v", pages["agent"].heard, pages["other tab"].heard)
	}
}

// TestLights says in words whether calls reach the agent (SP-3).
func TestLights(t *testing.T) {
	w := newWorld(t)
	p := open(t, w.hub, viewers()["agent"])
	light := func(want string) {
		t.Helper()
		p.read()
		if got := p.see.Me.Lights; got.CallRouting != want || got.Detail == "" {
			t.Errorf("%+v, want %s", got, want)
		}
	}
	light("red")
	w.start("ann")
	light("green")
	w.tellACD(acd.DeviceAsleep{Agent: "ann"})
	light("amber")
	w.tellACD(acd.DeviceAwake{Agent: "ann"})
	light("green")
	w.tellStation("ann", station.Stop{Tab: "ann-tab"})
	light("red")
}

// TestWrapUp counts down since its own beginning; an extension does not begin the status anew.
func TestWrapUp(t *testing.T) {
	w := newWorld(t)
	w.start("ann")
	p := open(t, w.hub, viewers()["agent"])
	c := w.arrive("sales")
	w.tellStation("ann", station.Answer{Offer: w.stations["ann"].Ring.Offer, Tab: "ann-tab"})
	w.wait(time.Minute)
	w.hangUp(c)
	w.wait(10 * time.Second)
	w.tellACD(acd.ExtendWrap{Agent: "ann"})
	p.read()
	me := p.see.Me
	if me.Status != acd.WrapUp || !me.Since.Equal(morning.Add(time.Minute)) {
		t.Fatalf("%s since %v", me.Status, me.Since)
	}
	want := Wrap{Until: w.now.Add(30 * time.Second), StartedAt: w.now, ExtensionsLeft: 1, Call: c, Queue: "sales", QueueName: "Sales"}
	if me.Wrap == nil || *me.Wrap != want {
		t.Errorf("wrap-up %+v, want %+v", me.Wrap, want)
	}
	w.tellACD(acd.EndWrap{Agent: "ann"})
	p.read()
	if p.see.Me.Wrap != nil || p.see.Me.Status != acd.Available {
		t.Errorf("%+v", p.see.Me)
	}
}

// TestLineShowsWhatTheNumberPasses has its parameter and text on the line from the ring on (IV-7), and in the call's record.
func TestLineShowsWhatTheNumberPasses(t *testing.T) {
	w := newWorld(t)
	w.start("ann")
	p := open(t, w.hub, viewers()["agent"])
	w.arrive("sales")
	p.read()
	if len(p.see.Me.Lines) != 1 {
		t.Fatalf("lines %+v", p.see.Me.Lines)
	}
	if l := p.see.Me.Lines[0]; l.State != "incoming" || l.MenuData != "spring" || l.MenuText != "Flyer" {
		t.Errorf("line %+v", l)
	}
}

// TestConvertedLine: the line says for which lead the call counts (OB-14).
func TestConvertedLine(t *testing.T) {
	w := newWorld(t)
	w.start("ann")
	ann := open(t, w.hub, viewers()["agent"])
	c := w.arrive("sales")
	w.tellStation("ann", station.Answer{Offer: w.stations["ann"].Ring.Offer, Tab: "ann-tab"})
	ann.read()
	if l := ann.see.Me.Lines[0].Lead; l != nil {
		t.Errorf("before, the call counts for %+v", l)
	}
	w.tellCall(c, call.Convert{Agent: "ann", Lead: call.Lead{ID: "l1", Name: "Eve", Campaign: "c1", CampaignName: "Spring"}})
	ann.read()
	if l := ann.see.Me.Lines[0].Lead; l == nil || *l != (LineLead{ID: "l1", Name: "Eve", CampaignName: "Spring"}) {
		t.Errorf("the call counts for %+v", l)
	}
}
