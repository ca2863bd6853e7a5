package live

import (
	"fmt"
	"strings"
	"testing"

	"parley/internal/call"
	"parley/internal/station"
)

// TestLineTellsOfItsSound shows the banner of SP-12 and the one of BX-57 on the line of the agent who talks.
func TestLineTellsOfItsSound(t *testing.T) {
	w := newWorld(t)
	w.start("ann")
	p := open(t, w.hub, viewers()["agent"])
	c := w.arrive("sales")
	w.tellStation("ann", station.Answer{Offer: w.stations["ann"].Ring.Offer, Tab: "ann-tab"})
	var mine, theirs call.Party
	for _, party := range w.calls[c].Parties {
		if party.Kind == call.Customer {
			theirs = party
		} else {
			mine = party
		}
	}
	line := func() Line {
		p.read()
		if len(p.see.Me.Lines) != 1 {
			t.Fatalf("lines %+v", p.see.Me.Lines)
		}
		return p.see.Me.Lines[0]
	}
	good := call.Sample{Packets: 250, MOS: 4.4}
	poor := call.Sample{Packets: 250, MOS: 3, Loss: 10, Jitter: 50}
	three := func(s call.LegSampled) {
		for range 3 {
			w.tellCall(c, s)
		}
	}
	tests := []struct {
		name   string
		happen func()
		want   string
	}{
		{"nothing is known", func() {}, ""},
		{"two poor samples", func() {
			w.tellCall(c, call.LegSampled{Leg: theirs.Leg, Here: poor})
			w.tellCall(c, call.LegSampled{Leg: theirs.Leg, Here: poor})
		}, ""},
		{"the third", func() { w.tellCall(c, call.LegSampled{Leg: theirs.Leg, Here: poor}) }, "you hear Elena Petrova badly: them loss+jitter"},
		{"cleared", func() { three(call.LegSampled{Leg: theirs.Leg, Here: good}) }, ""},
		{"my own way down", func() { three(call.LegSampled{Leg: mine.Leg, There: poor}) }, "you hear Elena Petrova badly: you loss+jitter"},
		{"and up", func() { three(call.LegSampled{Leg: mine.Leg, There: good, Here: poor}) }, "them hear Elena Petrova badly: you loss+jitter"},
		{"all well", func() { three(call.LegSampled{Leg: mine.Leg, Here: good}) }, ""},
		{"nothing comes from them", func() { w.tellCall(c, call.LegOneWay{Leg: theirs.Leg, Here: true}) }, "you: You cannot hear Elena Petrova (trying)"},
		{"nor to them", func() { w.tellCall(c, call.LegOneWay{Leg: theirs.Leg, Here: true, There: true}) }, "both: You and Elena Petrova cannot hear each other (trying)"},
		{"only my own uplink", func() {
			w.tellCall(c, call.LegOneWay{Leg: theirs.Leg})
			w.tellCall(c, call.LegOneWay{Leg: mine.Leg, Here: true})
		}, "them: Elena Petrova cannot hear you (trying)"},
		{"over", func() { w.tellCall(c, call.LegOneWay{Leg: mine.Leg}) }, " (back)"},
		{"their own leg again, which was tried a moment ago", func() { w.tellCall(c, call.LegOneWay{Leg: theirs.Leg, There: true}) },
			"them: Elena Petrova cannot hear you"},
		{"that is refused", func() { w.tellCall(c, call.LegRepairFailed{Leg: theirs.Leg, Code: 488}) }, "them: Elena Petrova cannot hear you"},
		{"well again", func() { w.tellCall(c, call.LegOneWay{Leg: theirs.Leg}) }, " (back)"},
	}
	for _, test := range tests {
		test.happen()
		l, got := line(), ""
		if q := l.Quality; q != nil && q.Bad {
			got += fmt.Sprintf("%s hear %s badly: %s %s", q.Heard, q.Party, q.Side, strings.Join(q.Causes, "+"))
		}
		if o := l.OneWay; o != nil {
			got += o.Deaf + ": " + o.Text
		}
		if l.Repair != "" {
			got += fmt.Sprintf(" (%s)", l.Repair)
		}
		if got != test.want {
			t.Errorf("%s: %q, want %q", test.name, got, test.want)
		}
	}
	three(call.LegSampled{Leg: theirs.Leg, Here: poor})
	line()
	told := p.heard["me"]
	w.tellCall(c, call.LegSampled{Leg: theirs.Leg, Here: poor})
	p.read()
	if p.heard["me"] != told {
		t.Error("a sample that changes nothing is told")
	}
	before := p.heard["call.updated"]
	w.tellCall(c, call.LegSampled{Leg: theirs.Leg, Path: "another way"})
	p.read()
	if p.heard["call.updated"] != before+1 {
		t.Error("an open detail does not hear that the sound goes another way")
	}
	w.hangUp(c)
	if l := line(); l.Quality != nil || l.Repair != "" || l.State != "ended" {
		t.Errorf("after the end the line says %+v", l)
	}
}
