package station

import "parley/internal/id"

// ledger keeps count of the promises.
type ledger struct {
	w       *world
	rings   map[id.Offer]string // open, over
	takes   map[id.Call]string  // open, line, refused
	line    id.Call             // the call that was told it has the line
	other   id.Call             // the one that waits beside it
	dialled map[id.Leg]string   // open, ended
	pages   map[id.Leg]string   // browser legs: open, ended
	health  string              // as the ACD was told
	seen    map[id.Offer]bool   // acknowledged
	cues    map[id.Leg]Cue      // played last
	knocks  map[id.Call]bool    // in which the telephone hears that another call waits
}

func newLedger(w *world) *ledger {
	return &ledger{
		w: w, rings: map[id.Offer]string{}, takes: map[id.Call]string{}, dialled: map[id.Leg]string{}, pages: map[id.Leg]string{},
		seen: map[id.Offer]bool{}, cues: map[id.Leg]Cue{}, knocks: map[id.Call]bool{},
	}
}

// heard notes what a signal makes the station owe.
func (l *ledger) heard(s Signal, err error) {
	switch s := s.(type) {
	case Ring:
		if l.rings[s.Offer] == "" {
			l.rings[s.Offer] = "open"
		}
	case Take:
		if l.takes[s.Call] == "" || l.takes[s.Call] == "refused" || l.takes[s.Call] == "over" {
			l.takes[s.Call] = "open"
		}
	case Start:
		if err == nil && l.pages[s.Leg] == "" {
			l.pages[s.Leg] = "open"
		}
	case Leave:
		l.left(s.Call)
		if l.takes[s.Call] == "line" {
			l.takes[s.Call] = "over"
		}
	case DialledIn:
		if l.dialled[s.Leg] == "" {
			l.dialled[s.Leg] = "open"
		}
	case LegEnded:
		if l.dialled[s.Leg] != "" {
			l.dialled[s.Leg] = "ended"
		}
		if l.pages[s.Leg] != "" {
			l.pages[s.Leg] = "ended"
		}
	}
}

// did checks one action against what is open.
func (l *ledger) did(action Action) {
	switch a := action.(type) {
	case TellRingSeen:
		l.must(l.rings[a.Offer] == "open", "a ring seen that is %q", l.rings[a.Offer])
		l.seen[a.Offer] = true
	case TellRingEnded:
		l.must(l.rings[a.Offer] == "open", "a ring ended that is %q: %s", l.rings[a.Offer], a.Offer)
		l.must(a.Result != NotAcknowledged || !l.seen[a.Offer], "ring %s was acknowledged", a.Offer)
		l.must(a.Result != Missed || l.seen[a.Offer], "ring %s was not acknowledged", a.Offer)
		l.rings[a.Offer] = "over"
		if a.Result == Answered {
			l.must((l.line == "") == (a.Turn == 0) && l.other == "" && a.Leg != "", "two calls on one line: %s and %s", l.line, a.Call)
			l.line, l.other = a.Call, l.line
		}
	case TellTaken:
		l.must(l.takes[a.Call] == "open" && l.line == "", "line taken twice: %s and %s", l.line, a.Call)
		l.takes[a.Call], l.line = "line", a.Call
	case TellNotTaken:
		l.must(l.takes[a.Call] == "open", "take refused that is %q", l.takes[a.Call])
		l.takes[a.Call] = "refused"
	case TellLost:
		l.endLine(a.Call)
	case TellHungUp:
		l.endLine(a.Call)
	case TellMoved:
		l.must(a.Call != "" && (l.line == a.Call || l.other == a.Call), "moved a call that has no line: %s", a.Call)
	case TellKnock:
		l.must(l.line == a.Call, "%s is told of a call that waits, and %s has the line", a.Call, l.line)
		l.knocks[a.Call] = a.On
	case TellAside:
		if l.other == a.For {
			l.line, l.other = l.other, l.line
		}
		l.must(l.line == a.For && l.other == a.Call && a.Call != a.For, "%s goes aside for %s, with %s and %s", a.Call, a.For, l.line, l.other)
		l.must(a.Turn == l.w.s.Turn, "turn %d of %d", a.Turn, l.w.s.Turn)
	case TellHere:
		l.must(l.line == a.Call && l.other == "", "%s is here beside %s", a.Call, l.line)
	default:
		l.didWire(action)
	}
}

func (l *ledger) endLine(which id.Call) {
	l.must(which != "" && (l.line == which || l.other == which), "lost a call that has no line: %s", which)
	l.left(which)
	if l.takes[which] == "line" {
		l.takes[which] = "over"
	}
}

// left takes a call off its line; the other one is alone then.
func (l *ledger) left(which id.Call) {
	switch which {
	case l.line:
		l.line, l.other = l.other, ""
	case l.other:
		l.other = ""
	}
}

func (l *ledger) didWire(action Action) {
	switch a := action.(type) {
	case DialPhone:
		l.dials(a.Leg)
	case DialNumber:
		l.must(a.Number != "", "nothing dialled on %s", a.Leg)
		l.dials(a.Leg)
	case Play:
		l.must(l.dialled[a.Leg] == "open" || l.pages[a.Leg] == "open", "%s played to a leg that is %q", a.Cue, l.dialled[a.Leg])
		l.cues[a.Leg] = a.Cue
	case EndLeg:
		open := l.dialled[a.Leg] == "open" || l.pages[a.Leg] == "open"
		l.must(open, "EndLeg of a leg that is %q %q: %s", l.dialled[a.Leg], l.pages[a.Leg], a.Leg)
		if l.pages[a.Leg] != "" {
			l.pages[a.Leg] = "ended"
		} else {
			l.dialled[a.Leg] = "ended"
		}
	case DeviceUp:
		l.turns("", "up")
	case DeviceAsleep:
		l.turns("up", "asleep")
	case DeviceAwake:
		l.turns("asleep", "up")
	case DeviceDown:
		l.must(l.health != "", "down twice")
		l.health = ""
	}
}

func (l *ledger) dials(leg id.Leg) {
	l.must(l.dialled[leg] == "", "dialled twice: %s", leg)
	l.dialled[leg] = "open"
}

func (l *ledger) turns(from, to string) {
	l.must(l.health == from, "health turns from %q to %q", l.health, to)
	l.health = to
}

func (l *ledger) must(holds bool, format string, args ...any) {
	l.w.t.Helper()
	if !holds {
		l.w.fail(format, args...)
	}
}

// between holds after every signal.
func (l *ledger) between() {
	s := l.w.s
	for offer, state := range l.rings {
		l.must(state == "over" || s.Ring != nil && s.Ring.Offer == offer, "ring %s hangs", offer)
	}
	for call, state := range l.takes {
		l.must(state != "open" || s.Taking != nil && s.Taking.Call == call, "take of %s hangs", call)
	}
	for leg, state := range l.dialled {
		rings := s.Ring != nil && s.ringsOn(leg) || s.Taking != nil && s.Taking.Leg == leg || s.Path.Leg == leg
		l.must(state == "ended" || rings || s.telephoneHas(leg), "leg %s hangs", leg)
	}
	if s.Line != nil {
		cue := l.cues[s.Line.Leg]
		l.must(cue == "" || cue == Quiet, "%s hears %q in a call", s.Line.Leg, cue)
	} else if s.Path.Up {
		l.must(l.cues[s.Path.Leg] == Waiting || s.Ring != nil && l.cues[s.Path.Leg] == Beep, "the path waits with %q", l.cues[s.Path.Leg])
	}
	for call, on := range l.knocks {
		waits := s.Ring != nil && s.Ring.Waits && s.Line != nil && s.Line.Call == call && l.seen[s.Ring.Offer]
		l.must(!on || waits || l.line != call, "%s hears that a call waits, and none does", call)
	}
	l.must(s.Voice.telephone() || s.Path == Path{} && s.Taking == nil, "a path without a session: %+v", s.Path)
	l.must(!s.Voice.telephone() || s.Browser.Tab == "", "a softphone beside a session by telephone")
	for leg, state := range l.pages {
		l.must(state == "ended" || s.Browser.Leg == leg, "browser leg %s hangs", leg)
	}
	l.must(s.Ring == nil || s.Line == nil || s.Ring.Waits && s.Ring.Direct && s.Other == nil, "rung in a call")
	l.must((s.Other == nil) == (l.other == "") && (s.Other == nil || s.Other.Call == l.other), "the other line is %v, and %q was told so", s.Other, l.other)
	l.must(s.Other == nil || s.Other.Device == s.Line.Device && (s.Other.Leg == s.Line.Leg) == (s.Line.Device != DeskPhone),
		"two calls by %v and %v", s.Line, s.Other)
	l.must((s.Line == nil) == (l.line == "") && (s.Line == nil || s.Line.Call == l.line), "the line is %v, and %q was told so", s.Line, l.line)
	l.must(string(s.Health) == l.health, "health is %q, and the ACD was told %q", s.Health, l.health)
	reachable := len(s.reachable()) > 0
	l.must(reachable == (l.health == "up"), "reachable %v, and the ACD was told %q", reachable, l.health)
}

// telephoneHas tells whether a leg is one of those through which the agent is in a call.
func (s *Station) telephoneHas(leg id.Leg) bool {
	for _, l := range s.lines() {
		if l.Leg == leg {
			return true
		}
	}
	return false
}

func (s *Station) ringsOn(leg id.Leg) bool {
	for _, a := range s.Ring.Devices {
		if a.Leg == leg && !a.Over {
			return true
		}
	}
	return false
}
