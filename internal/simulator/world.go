package simulator

import (
	"context"
	"math"
	"math/rand/v2"
	"sync/atomic"
	"time"

	"parley/internal/acd"
	"parley/internal/id"
	"parley/internal/owner"
)

// beginning is when every simulation begins.
var beginning = time.Date(2026, 1, 5, 6, 0, 0, 0, time.UTC)

// world plays callers, agents and their devices around an ACD, by chance. Its times are rounded to half a second, so that
// many things happen in the same moment, in an order left to chance.
type world struct {
	rng     *rand.Rand
	clock   *owner.Virtual
	machine Machine
	acd     *owner.Owner[acd.Signal]
	feed    *feed
	company company
	queues  map[id.Agent][]id.Queue
	calls   map[id.Call]*caller
	left    int // interactions that are still to come
	came    int
	made    int       // numbers calls
	rate    float64   // calls a second, in the middle of the day
	arrival time.Time // of the last caller, before rounding
}

// rounded is what the times of a world are multiples of.
const rounded = 500 * time.Millisecond

func newWorld(o Options) *world {
	w := &world{
		rng: rand.New(rand.NewPCG(o.Seed, 1)), machine: o.machine(), feed: newFeed(o.marks), calls: map[id.Call]*caller{}, left: o.Interactions,
		arrival: beginning, rate: float64(o.Agents) / secondsPerCall,
	}
	w.clock = owner.NewVirtual(beginning, rand.New(rand.NewPCG(o.Seed, 2)).Uint64)
	w.company = newCompany(w.rng, o.Agents, o.Queues)
	w.queues = w.company.queuesOf()
	w.acd = owner.Drive(w.clock, owner.Machine[acd.Signal, acd.Outcome](w.machine), owner.Wiring[acd.Signal, acd.Outcome]{
		Carry: w.carry, Refused: w.refused, Broken: w.broken, Limit: math.MaxInt,
	})
	return w
}

// run lets the world go on until nothing more is planned, or stop says that a promise is broken.
func (w *world) run(ctx context.Context, stop *atomic.Bool) error {
	w.tell(w.company.configure())
	for _, a := range w.company.agents {
		w.later(w.within(60), func() { w.tell(acd.DeviceUp{Agent: a.ID}) })
		w.later(w.within(120), func() { w.act(a.ID) })
	}
	w.later(w.within(600), w.reconfigure)
	w.nextCaller()
	for n := 0; !stop.Load() && w.clock.Step(); n++ {
		if n%1000 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
	}
	return nil
}

func (w *world) chance(percent int) bool { return w.rng.IntN(100) < percent }

// within gives a time up to a number of seconds, rounded.
func (w *world) within(seconds int) time.Duration {
	return time.Duration(w.rng.Int64N(int64(time.Duration(seconds)*time.Second/rounded)+1)) * rounded
}

// about gives an exponential time with this mean, rounded and never 0.
func (w *world) about(mean time.Duration) time.Duration {
	return time.Duration(w.rng.ExpFloat64()*float64(mean)).Truncate(rounded) + rounded
}

func (w *world) later(d time.Duration, do func()) { w.clock.After(d, do) }

// tell hands the ACD a signal. What comes of it is heard in carry and refused. Gone means that the ACD has broken.
func (w *world) tell(s acd.Signal) { _ = w.acd.Post(s) }

func (w *world) note(s step) {
	s.came = w.came
	w.feed.note(s, w.machine)
}

// carry takes up what the ACD does, as dispatch would.
func (w *world) carry(now time.Time, s acd.Signal, out acd.Outcome) {
	w.note(step{now: now, signal: s, out: out})
	for _, a := range out.Actions {
		switch a := a.(type) {
		case acd.SetTimer:
			w.acd.SetTimer(a.Timer, a.After, acd.TimeUp{Timer: a.Timer})
		case acd.StopTimer:
			w.acd.StopTimer(a.Timer)
		default:
			w.react(a)
		}
	}
	for _, e := range out.Events {
		if t, is := e.(acd.Toggled); is {
			w.company.toggled(t)
		}
	}
	w.repeat(s)
}

func (w *world) refused(s acd.Signal, why error) {
	w.note(step{now: w.clock.Now(), signal: s, refused: why})
	switch s := s.(type) {
	case acd.Enqueue: // its queue was removed on the way
		w.gone(s.Call)
	case acd.OfferEnded: // an answer that was too late
		if c := w.calls[s.Call]; c != nil && s.Result == acd.Answered {
			c.waits = true
			w.giveUp(c, acd.LeftAbandoned)
		}
	}
}

func (w *world) broken(p owner.Panic[acd.Signal]) {
	last := p.Transcript[len(p.Transcript)-1]
	w.note(step{now: last.At, signal: last.Signal, broke: p.Error()})
}

// repeat tells some signals twice, now or later: they must do no harm.
func (w *world) repeat(s acd.Signal) {
	switch s := s.(type) {
	case acd.OfferEnded, acd.Release, acd.TimeUp, acd.DeviceUp, acd.DeviceAwake:
		if w.rng.IntN(200) == 0 {
			w.later(w.within(3), func() { w.tell(s) })
		}
	}
}
