package live

import (
	"fmt"
	"strings"
	"testing"

	"parley/internal/call"
	"parley/internal/id"
	"parley/internal/station"
)

// TestWatchMarks shows a supervisor whom the line is for, and the agent who is there, unless the organisation hides it (MN-4).
func TestWatchMarks(t *testing.T) {
	w := newWorld(t)
	w.start("ann")
	ann, bob := open(t, w.hub, viewers()["agent"]), open(t, w.hub, viewers()["supervisor"])
	c := w.arrive("sales")
	w.tellStation("ann", station.Answer{Offer: w.stations["ann"].Ring.Offer, Tab: "ann-tab"})
	w.start("bob")
	of := func(l *LineWatch) string {
		if l == nil {
			return "nobody"
		}
		return l.Name + " " + string(l.Mode)
	}
	see := func(what, mine, his, row string) {
		t.Helper()
		for who, p := range map[string]*page{mine: ann, his: bob} {
			p.read()
			var lines []string
			for _, l := range p.see.Me.Lines {
				lines = append(lines, fmt.Sprintf("%s %d %s/%s", l.State, len(l.Parties), of(l.Watches), of(l.WatchedBy)))
			}
			if got := strings.Join(lines, " | "); got != who {
				t.Errorf("%s: %q, want %q", what, got, who)
			}
		}
		for _, a := range bob.see.Agents {
			if a.ID == "ann" && (a.Call == nil || of(a.Call.WatchedBy) != row) || a.ID == "bob" && a.Call != nil {
				t.Errorf("%s: the row of %s is %+v", what, a.ID, a.Call)
			}
		}
	}
	talks := func(on id.Agent, want bool) {
		t.Helper()
		if got, is := w.hub.TalksIn(org, on); is != want || is && got != c {
			t.Errorf("%s talks in %q", on, got)
		}
	}
	talks("ann", true)
	w.tellCall(c, call.Watch{Agent: "bob", On: "ann", Mode: call.Listen})
	see("rings", "active 2 nobody/nobody", "incoming 0 Ann Ash listen/nobody", "nobody")
	w.tellStation("bob", station.Answer{Offer: w.stations["bob"].Ring.Offer, Tab: "bob-tab"})
	see("listens", "active 2 nobody/Bob Birch listen", "active 0 Ann Ash listen/nobody", "Bob Birch listen")
	talks("bob", false)
	w.tellCall(c, call.SetWatch{Agent: "bob", Mode: call.Coach})
	see("coaches", "active 2 nobody/Bob Birch coach", "active 0 Ann Ash coach/nobody", "Bob Birch coach")
	hidden := site()
	hidden.HideSupervision = true
	w.hub.Configure(org, hidden)
	see("hidden at once", "active 2 nobody/nobody", "active 0 Ann Ash coach/nobody", "Bob Birch coach")
	w.tellCall(c, call.SetWatch{Agent: "bob", Mode: call.Barge})
	see("hidden", "active 2 nobody/nobody", "active 0 Ann Ash barge/nobody", "Bob Birch barge")
	w.tellCall(c, call.StopWatch{Agent: "bob"})
	see("over", "active 2 nobody/nobody", "ended 0 Ann Ash barge/nobody", "nobody")
	w.tellCall(c, call.Watch{Agent: "bob", On: "ann", Mode: call.Listen})
	w.tellStation("bob", station.Reject{Offer: w.stations["bob"].Ring.Offer})
	see("rejected", "active 2 nobody/nobody", "", "nobody")
}

// TestNotWatched tells a supervisor why a call cannot be heard, and what stands in the way before that is asked (MN-4).
func TestNotWatched(t *testing.T) {
	w := newWorld(t)
	w.start("ann", "bob")
	bob := open(t, w.hub, viewers()["supervisor"])
	ready := func(want string) {
		t.Helper()
		if why := w.hub.Ready(org, "bob"); !strings.Contains(why, want) || want == "" && why != "" {
			t.Errorf("ready: %q, want %q", why, want)
		}
	}
	if why := w.hub.Ready(org, "cleo"); !strings.Contains(why, "Press Start") {
		t.Errorf("offline: %q", why)
	}
	ready("")
	c := w.arrive("sales")
	w.tellStation("ann", station.Answer{Offer: w.stations["ann"].Ring.Offer, Tab: "ann-tab"})
	own := w.arrive("support")
	ready("A call rings for you")
	w.tellStation("bob", station.Answer{Offer: w.stations["bob"].Ring.Offer, Tab: "bob-tab"})
	ready("You are in a call")
	w.tellCall(c, call.Watch{Agent: "bob", On: "ann", Mode: call.Listen})
	bob.read()
	if len(bob.notices) != 1 || bob.notices[0].Text != "Ann Ash cannot be listened to: you are in another call." {
		t.Errorf("told %+v", bob.notices)
	}
	w.hangUp(own)
	ready("wrap-up")
}

// TestHelpOnLines shows an agent's wish for help on the own line and to supervisors, who came, and that nobody did (AS-1).
func TestHelpOnLines(t *testing.T) {
	w := newWorld(t)
	w.start("ann")
	ann, bob := open(t, w.hub, viewers()["agent"]), open(t, w.hub, viewers()["supervisor"])
	others := []*page{open(t, w.hub, viewers()["of support"]), open(t, w.hub, viewers()["stranger"]), ann}
	c := w.arrive("sales")
	w.tellStation("ann", station.Answer{Offer: w.stations["ann"].Ring.Offer, Tab: "ann-tab"})
	w.start("bob")
	see := func(what string, asks, helped bool) {
		t.Helper()
		ann.read()
		bob.read()
		l := ann.see.Me.Lines[0]
		if (l.Help != nil) != asks || l.Helped != helped || asks && l.Help.Note != "angry" {
			t.Errorf("%s: Ann sees %+v, helped %v", what, l.Help, l.Helped)
		}
		for _, a := range bob.see.Agents {
			if a.ID == "ann" && (a.Call == nil || (a.Call.Help != nil) != asks) {
				t.Errorf("%s: Bob sees %+v", what, a.Call)
			}
		}
		h := bob.see.Helps
		if asks != (len(h) == 1) || asks && (h[0].Call != c || h[0].AgentName != "Ann Ash" || h[0].QueueName != "sales" || h[0].Note != "angry") {
			t.Errorf("%s: Bob is asked by %+v", what, h)
		}
		if w.hub.AsksFor(viewers()["supervisor"], "ann") != asks || w.hub.AsksFor(viewers()["of support"], "ann") {
			t.Errorf("%s: somebody else may come, or Bob may not", what)
		}
		for _, o := range others {
			if o.read(); len(o.see.Helps) > 0 {
				t.Errorf("%s: who is not of the queue is asked by %+v", what, o.see.Helps)
			}
		}
	}
	if see("before", false, false); ann.see.Me.Lines[0].CanAskHelp {
		t.Error("help can be asked for where it is switched off")
	}
	on := site()
	on.AgentAssist, on.HideSupervision = true, true
	w.hub.Configure(org, on)
	w.tellCall(c, call.AskHelp{Agent: "ann", Note: "angry"})
	if see("asked", true, false); !ann.see.Me.Lines[0].CanAskHelp {
		t.Error("help cannot be asked for")
	}
	w.tellCall(c, call.TimeUp{Timer: "help"})
	see("unanswered", false, false)
	if len(ann.notices) != 1 || !strings.Contains(ann.notices[0].Text, "No supervisor has answered") {
		t.Errorf("Ann is told %+v", ann.notices)
	}
	w.tellCall(c, call.AskHelp{Agent: "ann", Note: "angry"})
	w.tellCall(c, call.Watch{Agent: "bob", On: "ann", Mode: call.Coach})
	w.tellStation("bob", station.Answer{Offer: w.stations["bob"].Ring.Offer, Tab: "bob-tab"})
	see("accepted", false, true)
	if by := ann.see.Me.Lines[0].WatchedBy; by == nil || by.Name != "Bob Birch" {
		t.Errorf("who was asked for is hidden: %+v", by)
	}
	w.tellCall(c, call.EndHelp{Agent: "ann"})
	see("closed", false, false)
}
