package call

import (
	"fmt"
	"math/rand/v2"
	"net/netip"
	"testing"
	"time"

	"parley/internal/dest"
	"parley/internal/id"
	"parley/internal/owner"
	"parley/internal/prompt"
	"parley/internal/story"
	"parley/internal/treatment"
)

// world is everything around one call: carrier, number plan, ACD, stations, recorder and people, all of them at the
// mercy of chance. Times are whole seconds, so that things coincide.
type world struct {
	t         *testing.T
	seed      uint64
	chance    *rand.Rand
	c         *Call
	now       time.Time
	timers    story.Alarms
	coming    []letter
	ledger    *ledger
	offers    int
	strangers int
	history   []any // told only when something fails
	quiet     bool  // nobody begins anything new
	several   bool  // people bring each other into the call
	gathers   bool  // and stay: the conference grows
	follows   bool  // calls of agents ring elsewhere too
	phones    bool  // and do so by their telephones' keys
	slots     int   // that were given to the call
	playing   string
}

type letter struct {
	at     time.Time
	signal Signal
	twin   bool
}

var epoch = time.Unix(1_000_000_000, 0).UTC()

func newWorld(t *testing.T, seed uint64) *world {
	w := &world{t: t, seed: seed, chance: rand.New(rand.NewPCG(seed, 7)), c: New("c", "acme"), now: epoch}
	w.ledger = newLedger(w)
	return w
}

func (w *world) fail(format string, args ...any) {
	w.t.Helper()
	told := story.Recount[Action, Event](w.history, epoch, show)
	w.t.Fatalf("%s\nafter:\n%s", fmt.Sprintf(format, args...), told)
}

func (w *world) oneIn(n int) bool { return w.chance.IntN(n) == 0 }

// later lets a signal arrive within some seconds, and now and then a twin of it after that.
func (w *world) later(seconds int, s Signal) {
	at := w.now.Add(time.Duration(w.chance.IntN(seconds+1)) * time.Second)
	w.coming = append(w.coming, letter{at: at, signal: s})
	if w.oneIn(6) {
		at = at.Add(time.Duration(w.chance.IntN(10)) * time.Second)
		w.coming = append(w.coming, letter{at: at, signal: s, twin: true})
	}
}

// step lets the next thing happen; false when nothing is to come.
func (w *world) step() bool {
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
		w.until(l.at)
		w.handle(l.signal, l.twin)
	case rings:
		w.until(ring)
		w.timers.Stop(name)
		w.handle(TimeUp{Timer: name}, false)
	default:
		return false
	}
	return true
}

// until lets time pass, never backwards.
func (w *world) until(at time.Time) {
	if at.After(w.now) {
		w.now = at
	}
}

// handle gives the call a signal, and a copy of the call that went through JSON the same one.
func (w *world) handle(s Signal, twin bool) {
	w.history = append(w.history, w.now, s)
	sameWord(w, Signals, s)
	out, _ := story.Twice(w.fail, show, w.c, w.now, s)
	w.ledger.heard(s, twin)
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
		w.ledger.told(e)
		w.ledger.consents(w.c.Consent, e)
	}
	if d, dials := s.(LegDials); dials {
		w.ledger.dialled(d)
	}
	if r, replaces := s.(LegReplaced); replaces {
		w.ledger.replaced(r)
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

// consent is what a customer's number asks for in this world.
func (w *world) consent() *Consent {
	if w.oneIn(2) {
		return nil
	}
	c := &Consent{Rule: RuleNotice, Key: "1", Prompt: prompt.Prompt{Audio: "may we"}}
	if w.oneIn(2) {
		c.Rule = RuleOptIn
	}
	return c
}

func (w *world) queue() *Queue {
	q := &Queue{ID: "sales", Name: "Sales", Record: w.oneIn(2)}
	if w.oneIn(2) {
		q.RecordingNotice = prompt.Prompt{Audio: "recorded"}
	}
	if w.oneIn(2) {
		q.Announcements = []Sound{{Audio: "terms", Name: "Terms"}, {Audio: "hours", Name: "Hours"}}
	}
	if w.oneIn(3) {
		q.Whisper = prompt.Prompt{Audio: "a call from sales"}
	}
	if w.oneIn(2) {
		q.Position, q.Wait, q.Every, q.OptOut = w.oneIn(2), w.oneIn(2), 15, "*"
	}
	if w.oneIn(3) {
		q.Callback = &treatment.CallbackPlan{After: 5, Interval: 30, Most: 2, CallerID: "+32470111222"}
	}
	if !w.oneIn(3) {
		q.Survey = &treatment.SurveyPlan{Questions: []treatment.Question{{Name: "kind", Prompt: prompt.Prompt{Audio: "kind"}}}}
	}
	return q
}

func (w *world) route() Signal {
	switch w.chance.IntN(12) {
	case 0:
		return Unrouted{Cause: 1, Why: "no such number"}
	case 8, 9, 10, 11:
		return w.next(FindNext{})
	case 1:
		return Routed{Destination: dest.Destination{Kind: dest.Hangup}}
	case 2, 3:
		return Routed{Agent: "ann", RingSeconds: 20, FollowMe: w.followMe(), Destination: dest.Destination{Kind: dest.Agent, Target: "ann"}}
	}
	return Routed{Queue: w.queue(), Consent: w.consent(), Destination: dest.Destination{Kind: dest.Queue, Target: "sales"}}
}

func (w *world) plan() Signal {
	if w.c.Attempt.Callback != "" && !w.oneIn(6) { // of a callback most numbers are a customer's
		return Planned{Number: "+3222123456", Trunk: "t1", CallerID: "+12025550100", Consent: w.consent()}
	}
	switch w.chance.IntN(10) {
	case 8:
		return Planned{Number: "*78", Say: []prompt.Prompt{prompt.OfStandard(prompt.CodeQuiet)}}
	case 4, 5:
		return Planned{Number: "*97", Access: &treatment.AccessPlan{Mailbox: "ann", CallBack: w.oneIn(2)}}
	case 0:
		return Unplanned{Cause: 28, Why: "not a number"}
	case 1:
		return Planned{Number: "201", Agent: "ann", RingSeconds: 20}
	case 9:
		p := &PagePlan{Name: "warehouse", Tone: w.oneIn(2), Seconds: 5 + w.chance.IntN(60)}
		for range 1 + w.chance.IntN(4) {
			p.Members = append(p.Members, PageMember{Agent: w.anyAgent()})
		}
		if p.Seconds%3 == 0 {
			p.Members, p.Multicast = nil, &Multicast{Group: netip.MustParseAddrPort("239.255.71.1:20000"), Codec: "G722", TTL: 1}
		}
		return Planned{Number: "300", Page: p}
	case 2, 3:
		return Planned{Number: "202", Agent: "bob", RingSeconds: 20, Diverts: w.oneIn(4), Intercom: w.oneIn(4), FollowMe: w.followMe()}
	}
	p := Planned{Number: "+3222123456", Trunk: "t1", CallerID: "+12025550100", Emergency: w.oneIn(8), Consent: w.consent()}
	for range w.chance.IntN(4) {
		p.Routes = append(p.Routes, Route{Trunk: "t2", Name: "Spare", CallerID: "+12025550101", From: "12025550101", Channels: 2})
	}
	return p
}

var agents = []id.Agent{"ann", "bob", "cas"}

func (w *world) anyAgent() id.Agent { return agents[w.chance.IntN(len(agents))] }
