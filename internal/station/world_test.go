package station

import (
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"parley/internal/id"
	"parley/internal/owner"
	"parley/internal/story"
	"parley/internal/tel"
)

// world is everything around one station: calls, the page and its tabs, the desk phone and the wires, all of them at the
// mercy of chance. Times are half seconds, so that things coincide.
type world struct {
	t       *testing.T
	seed    uint64
	chance  *rand.Rand
	s       *Station
	now     time.Time
	timers  story.Alarms
	coming  []letter
	ledger  *ledger
	count   int
	history []any // told only when something fails
}

type letter struct {
	at     time.Time
	signal Signal
}

var epoch = time.Unix(1_000_000_000, 0).UTC()

func newWorld(t *testing.T, seed uint64) *world {
	w := &world{t: t, seed: seed, chance: rand.New(rand.NewPCG(seed, 11)), s: New("ann", "acme"), now: epoch}
	w.ledger = newLedger(w)
	return w
}

func (w *world) fail(format string, args ...any) {
	w.t.Helper()
	told := story.Recount[Action, Event](w.history, epoch, show)
	w.t.Fatalf("%s\nafter:\n%s", fmt.Sprintf(format, args...), told)
}

func (w *world) oneIn(n int) bool { return w.chance.IntN(n) == 0 }

// later lets a signal arrive within some half seconds, and now and then a twin of it after that.
func (w *world) later(halves int, s Signal) {
	at := w.now.Add(time.Duration(w.chance.IntN(halves+1)) * 500 * time.Millisecond)
	w.coming = append(w.coming, letter{at, s})
	if w.oneIn(6) {
		w.coming = append(w.coming, letter{at.Add(time.Duration(w.chance.IntN(20)) * 500 * time.Millisecond), s})
	}
}

// step lets the next thing happen; false when nothing is to come before the end.
func (w *world) step(end time.Time) bool {
	name, ring, rings := w.timers.Next()
	next := -1
	for i, l := range w.coming {
		if (!rings || !l.at.After(ring)) && (next < 0 || l.at.Before(w.coming[next].at)) {
			next = i
		}
	}
	switch {
	case next >= 0:
		l := w.coming[next]
		w.coming = append(w.coming[:next], w.coming[next+1:]...)
		w.now = l.at
		w.handle(l.signal)
	case rings && !ring.After(end):
		w.now = ring
		w.timers.Stop(name)
		w.handle(TimeUp{Timer: name})
	default:
		return false
	}
	return true
}

// handle gives the station a signal, and a copy of it that went through JSON the same one.
func (w *world) handle(s Signal) {
	w.history = append(w.history, w.now, s)
	sameWord(w, Signals, s)
	out, err := story.Twice(w.fail, show, w.s, w.now, s)
	w.ledger.heard(s, err)
	for _, a := range out.Actions {
		w.history = append(w.history, a)
		sameWord(w, Actions, a)
		heed(&w.timers, w.now, a)
		w.ledger.did(a)
		w.react(a)
	}
	for _, e := range out.Events {
		w.history = append(w.history, e)
		sameWord(w, Events, e)
	}
	w.ledger.between()
}

// sameWord tells whether a value comes back from its word and JSON as it was.
func sameWord[T any](w *world, words *owner.Dictionary[T], v T) {
	if w.seed%20 != 0 {
		return // costly, and each word comes often
	}
	story.SameWord(w.fail, words, v)
}

// begins hands over a signal that nobody asked for: what a page starts comes once and at once, all else as it may.
func (w *world) begins(s Signal) {
	switch s.(type) {
	case Start, DialledIn:
		w.handle(s)
		return
	}
	w.later(2, s)
}

// react is what the world does about an action.
func (w *world) react(action Action) {
	switch a := action.(type) {
	case ShowRing:
		if a.Tab == "" { // on every page, since the telephone has another call
			w.later(2, RingSeen{Offer: a.Offer, Tab: "t7"})
			w.later(8, Answer{Offer: a.Offer, Tab: "t7"})
		}
		if !w.oneIn(6) {
			w.later(4, RingSeen{Offer: a.Offer, Tab: a.Tab})
		}
		w.agentActs(a)
	case DialPhone:
		w.later(3, LegRinging{Leg: a.Leg})
		switch w.chance.IntN(4) {
		case 0:
			w.later(20, LegEnded{Leg: a.Leg, Cause: 17})
		case 1, 2:
			w.later(30, LegUp{Leg: a.Leg})
			w.later(90, LegEnded{Leg: a.Leg, Cause: 16})
		}
	case DialNumber:
		w.dialled(a.Leg)
	case Play:
		if a.Cue == Beep || a.Cue == Accept {
			w.later(8, CueEnded{Leg: a.Leg})
		}
		if a.Cue == Accept && w.oneIn(2) {
			w.later(12, KeyPressed{Leg: a.Leg, Key: []tel.Digit{"1", "1", "5"}[w.chance.IntN(3)]})
		}
	case EndLeg:
		w.later(2, LegEnded{Leg: a.Leg, Cause: a.Cause})
	case TellRingEnded:
		if a.Result == Answered {
			w.later(60, Leave{Call: a.Call, Cause: 16})
		} else {
			w.later(2, Leave{Call: a.Call, Cause: 16})
		}
	case TellTaken:
		w.later(60, Leave{Call: a.Call, Cause: 16})
	case TellLost:
		w.later(2, Leave{Call: a.Call, Cause: 41})
	case Probe:
		if w.oneIn(2) {
			w.later(2, TabSeen{Tab: a.Tab})
		}
	}
}

func (w *world) agentActs(a ShowRing) {
	switch w.chance.IntN(6) {
	case 0:
		w.later(30, Reject{Offer: a.Offer})
	case 1, 2, 3:
		w.later(30, Answer{Offer: a.Offer, Tab: a.Tab})
	}
}

// dialled is what becomes of a number or phone that was called.
func (w *world) dialled(leg id.Leg) {
	if w.oneIn(2) {
		w.later(3, LegRinging{Leg: leg})
	}
	switch w.chance.IntN(5) {
	case 0:
		w.later(20, LegEnded{Leg: leg, Cause: []tel.Cause{16, 17, 19, 38}[w.chance.IntN(4)]})
	case 1, 2, 3:
		w.later(20, LegUp{Leg: leg})
		w.later(120, LegEnded{Leg: leg, Cause: 16})
	}
}

// telephones begins a session by telephone.
func (w *world) telephones() Signal {
	switch w.chance.IntN(4) {
	case 0:
		return ConnectVoice{Voice: Voice{Mode: ByCallIn, Persistent: true}}
	case 1:
		return ConnectVoice{Voice: Voice{Mode: ByCallMe, Persistent: true, Number: "+32470333444"}}
	case 2:
		return ConnectVoice{Voice: Voice{Mode: ByCallMe, Phone: "p2", Persistent: w.oneIn(2)}}
	}
	return ConnectVoice{Voice: Voice{Mode: ByCallMe, Number: "+32470333444"}}
}

// waits is a call that comes for an agent who is in one already, or the agent's change from one to the other.
func (w *world) waits() Signal {
	switch {
	case w.s.Other != nil && w.s.Line.Device == DeskPhone:
		return Speaks{Call: w.s.Other.Call}
	case w.s.Other != nil:
		return Switch{Call: w.s.Other.Call}
	case w.s.Line == nil || w.s.Line.Device == Number || w.s.Ring != nil && w.s.talksByVoice():
		return nil
	}
	w.count++
	fresh := id.Call(fmt.Sprint("c", w.count))
	return Ring{Call: fresh, Offer: id.Offer(fresh + ".o1"), Direct: true, Seconds: 20}
}

// acts is something that people, calls or wires do of their own accord.
func (w *world) acts() Signal {
	w.count++
	fresh := id.Call(fmt.Sprint("c", w.count))
	tab := id.Tab(fmt.Sprint("t", w.chance.IntN(2)))
	if w.oneIn(2) && w.s.Browser.Tab != "" {
		tab = w.s.Browser.Tab
	}
	leg := id.Leg(fmt.Sprint("page-", w.count))
	switch w.chance.IntN(35) {
	case 0, 1, 2, 3, 4, 5:
		return Ring{Call: fresh, Offer: id.Offer(fresh + ".o1"), Direct: w.oneIn(2), Auto: w.oneIn(4), Seconds: []int{0, 5, 15, 20, 30}[w.chance.IntN(5)]}
	case 6, 7:
		return Take{Call: fresh}
	case 8:
		return Take{Call: fresh, Leg: id.Leg(fresh + "-phone")}
	case 9, 10, 11:
		w.later(3, LegUp{Leg: leg})
		return Start{Tab: tab, Leg: leg, Takeover: w.oneIn(2), Persistent: w.oneIn(4)}
	case 12:
		return Stop{Tab: tab, Sure: w.oneIn(2)}
	case 13:
		return TabLost{Tab: tab}
	case 14, 15, 16:
		return TabSeen{Tab: tab}
	case 17:
		w.later(20, LegUp{Leg: w.s.Browser.Leg})
		return LegDown{Leg: w.s.Browser.Leg}
	case 18:
		return LegEnded{Leg: w.s.Browser.Leg, Cause: 41}
	case 19:
		return PhoneRegistered{On: !w.oneIn(3)}
	case 20, 21:
		return DeskWork{On: !w.oneIn(3)}
	case 22:
		return Configure{
			Preferred: []Device{Browser, DeskPhone, Number, ""}[w.chance.IntN(4)], Phone: "p1",
			Strategy: []Strategy{PreferredOnly, Sequential, Simultaneous}[w.chance.IntN(3)],
			Number:   []tel.Number{"", "+32470111222"}[w.chance.IntN(2)],
			Direct:   [][]Device{nil, {DeskPhone}, {Number, Browser}}[w.chance.IntN(3)],
		}
	case 23:
		if w.s.Ring != nil {
			return Leave{Call: w.s.Ring.Call, Cause: 16}
		}
		return Leave{Call: id.Call(fmt.Sprint("c", w.chance.IntN(w.count))), Cause: 16}
	case 24:
		return Reject{Offer: "c1.o1"}
	case 25, 26, 27:
		return w.telephones()
	case 28, 29:
		if w.s.Path.Leg == "" && w.s.Voice.Mode != ByCallIn {
			return ConnectVoice{Voice: w.s.Voice}
		}
		w.later(60, LegEnded{Leg: leg + "-in", Cause: 16})
		return DialledIn{Leg: leg + "-in"}
	case 31:
		return SignOut{Tab: tab, Sure: w.oneIn(2)}
	case 32:
		if w.s.Other != nil {
			return Switch{Call: w.s.Other.Call}
		}
		return Switch{Call: fresh}
	case 33:
		if w.s.Line != nil && w.oneIn(2) {
			return Speaks{Call: w.s.Line.Call}
		}
		if w.s.Line != nil {
			return UseLines{Call: w.s.Line.Call, Both: w.oneIn(4)}
		}
		return UseLines{Call: fresh, Both: true}
	case 30:
		return DisconnectVoice{Sure: w.oneIn(2)}
	}
	timers := []string{"unknown", ringTimer, ackTimer, nextTimer, returnTimer, aliveTimer, probeTimer, againTimer, takeTimer}
	return TimeUp{Timer: timers[w.chance.IntN(len(timers))]}
}
