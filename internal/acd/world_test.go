package acd

import (
	"cmp"
	"fmt"
	"math/rand/v2"
	"slices"
	"time"

	"parley/internal/id"
	"parley/internal/skill"
	"parley/internal/story"
)

// machine is what the world talks to: the distributor, or one with a fault.
type machine interface {
	Handle(now time.Time, s Signal) (Outcome, error)
}

// world plays callers, agents and their devices around a machine, by chance. Its times are rounded to half a second, so
// that many things happen in the same moment, in an order left to chance.
type world struct {
	rng    *rand.Rand
	m      machine
	l      *ledger
	now    time.Time
	timers story.Alarms
	plans  []plan
	calls  map[id.Call]*caller
	conf   Configure
	agents []id.Agent
	made   int
	steps  int
	ending bool
	home   bool // no agent does anything
	lately bool // the audit before left something out
}

type plan struct {
	at time.Time
	do func()
}

// caller is a call as the call's own machine would see it.
type caller struct {
	offers  map[id.Offer]bool // ring now
	attempt bool              // of a callback
	queue   id.Queue
	waits   bool
	talking bool
}

func newWorld(seed uint64, m machine) *world {
	w := &world{
		rng: rand.New(rand.NewPCG(seed, 1)), m: m, l: newLedger(), now: time.UnixMilli(0).UTC(), calls: map[id.Call]*caller{},
	}
	queues := []id.Queue{"sales", "support", "billing"}
	for n := range 6 {
		w.agents = append(w.agents, id.Agent(fmt.Sprintf("a%d", n)))
	}
	for _, q := range queues {
		conf := Queue{ID: q, RingSeconds: 5 + w.rng.IntN(3)*5, WrapUpSeconds: w.rng.IntN(3) * 5, MaxExtensions: w.rng.IntN(3), AutoPause: w.chance(50)}
		if w.chance(30) {
			conf.ExtendSeconds = 3
		}
		w.vary(&conf)
		for _, a := range w.agents {
			if w.chance(70) {
				conf.Members = append(conf.Members, a)
			}
		}
		w.conf.Queues = append(w.conf.Queues, conf)
	}
	for _, a := range w.agents {
		conf := Agent{ID: a, DefaultStatus: Available, DirectWhenUnavailable: w.chance(50), CallWaiting: w.chance(60)}
		if w.chance(20) {
			conf.DefaultStatus = Unavailable
		}
		for i, name := range []string{"french", "billing", "sales", "Dutch"} {
			if n := w.rng.IntN(100); n < 60-15*i {
				conf.Skills = append(conf.Skills, skill.Skill{Name: name, Level: 1 + float64(n%9)/2})
			}
		}
		w.conf.Agents = append(w.conf.Agents, conf)
	}
	w.conf.Statuses = []CustomStatus{
		{ID: "tea", Name: "Tea", Effect: EffectBusy}, {ID: "desk", Name: "Front desk", Effect: EffectAvailable},
		{ID: "coach", Name: "Coaching", Effect: EffectUnavailable},
	}
	return w
}

func (w *world) chance(percent int) bool { return w.rng.IntN(100) < percent }

// within gives a time up to a number of seconds, rounded to halves.
func (w *world) within(seconds int) time.Duration {
	return time.Duration(w.rng.IntN(2*seconds+1)) * 500 * time.Millisecond
}

func (w *world) later(d time.Duration, do func()) {
	w.plans = append(w.plans, plan{at: w.now.Add(d), do: do})
}

// run lets the world go on until nothing more is planned, or a promise is broken.
func (w *world) run() error {
	_ = w.send(w.conf)
	w.rebuild()
	for _, a := range w.agents {
		w.later(w.within(20), func() { _ = w.send(DeviceUp{Agent: a}) })
		w.later(w.within(20), func() { w.act(a) })
	}
	for n := range 40 {
		w.later(w.within(240), func() { w.arrive(id.Call(fmt.Sprintf("c%d", n))) })
	}
	for range 4 {
		w.later(w.within(240), w.reconfigure)
	}
	w.later(10*time.Second, w.audit)
	if w.chance(30) {
		w.later(w.within(200), w.goHome)
	}
	w.later(300*time.Second, func() { w.ending = true })
	for w.l.broken == nil && w.next() {
	}
	return cmp.Or(w.l.broken, w.rest())
}

// rest checks that all pairs are closed at the end.
func (w *world) rest() error {
	if n := len(w.l.offers) + len(w.l.calls); n > 0 {
		return fmt.Errorf("%d offers and calls never ended", n)
	}
	for which, a := range w.l.agents {
		if a.held != nil || a.status == OnCall || a.status == WrapUp {
			return fmt.Errorf("%s is stuck: %s %+v", which, a.status, a.held)
		}
	}
	if w.l.opened == 0 {
		return fmt.Errorf("nothing was ever offered")
	}
	return nil
}

// next does what comes next: of several things in one moment, any.
func (w *world) next() bool {
	name, at, ringing := w.timers.Next()
	var due []int
	for i, p := range w.plans {
		switch {
		case len(due) == 0 || p.at.Before(w.plans[due[0]].at):
			due = append(due[:0], i)
		case p.at.Equal(w.plans[due[0]].at):
			due = append(due, i)
		}
	}
	if len(due) == 0 && !ringing {
		return false
	}
	if ringing && (len(due) == 0 || at.Before(w.plans[due[0]].at) || at.Equal(w.plans[due[0]].at) && w.chance(50)) {
		w.now = at
		w.timers.Stop(name)
		_ = w.send(TimeUp{Timer: name})
		return true
	}
	i := due[w.rng.IntN(len(due))]
	p := w.plans[i]
	w.plans = slices.Delete(w.plans, i, i+1)
	w.now = p.at
	p.do()
	return true
}

// send gives the machine a signal, at times once more, and takes up what it does.
func (w *world) send(s Signal) error {
	if w.l.broken != nil {
		return w.l.broken
	}
	w.steps++
	out, err := w.m.Handle(w.now, s)
	w.l.step(w.now, s, out, err)
	if d, plain := w.m.(*Distributor); plain {
		if broken := d.Check(w.now); len(broken) > 0 {
			w.l.fail("%+v", broken)
		}
	}
	if w.l.broken != nil {
		w.l.broken = fmt.Errorf("step %d, at %s, after %T%+v: %w", w.steps, w.now.Sub(time.UnixMilli(0)), s, s, w.l.broken)
		return err
	}
	for _, a := range out.Actions {
		heed(&w.timers, w.now, a)
		w.react(a)
	}
	for _, e := range out.Events {
		switch e := e.(type) {
		case Toggled:
			w.noteToggle(e)
		case StatusChanged:
			w.wrapUp(e)
		}
	}
	w.repeat(s)
	return err
}

// repeat sends some signals twice, now or later: they must do no harm.
func (w *world) repeat(s Signal) {
	switch s.(type) {
	case OfferEnded, Leave, Release, TimeUp, DeviceUp, DeviceAwake, CallbackEnded, Hours:
		if w.chance(4) {
			w.later(w.within(3), func() {
				// A second Leave or Release may hit a call that waits or talks again: then it is no late one.
				if x, leave := s.(Leave); leave && w.calls[x.Call] != nil && (w.calls[x.Call].waits || w.calls[x.Call].attempt) {
					return
				}
				_ = w.send(s)
			})
		}
	}
}
