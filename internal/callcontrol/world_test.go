package callcontrol_test

import (
	"context"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"os"
	"sync"
	"testing/synctest"
	"time"

	"parley/internal/acd"
	"parley/internal/callcontrol"
	"parley/internal/dispatch"
	"parley/internal/id"
	"parley/internal/owner"
	"parley/internal/routing"
)

const org id.Org = "acme"

// world is a small contact centre around a real exchange and a real dispatch: callers, agents with pages and desk phones,
// wires, sound. It lives in a synctest bubble, and its times are rounded, so that many things happen in one moment.
type world struct {
	mu       sync.Mutex
	rng      *rand.Rand
	x        *callcontrol.Exchange
	d        *dispatch.Dispatch
	dir      *owner.Directory
	calls    *owner.Directory // as the ACD reaches them: through relays, where faults are planted
	l        *ledger
	fault    fault
	queues   []acd.Queue
	routes   *routing.Plan
	people   []*person
	wires    wires
	sound    sound
	ending   bool
	merging  bool // agents merge their two calls often, and what the calls say to each other may come late
	outside  bool // outside parties may be left to each other
	onTheWay int  // of what was held up
	breaks   bool // wires and screens panic at times
	stopped  chan struct{}
}

// size says how much happens in one world.
type size struct {
	calls, agents int
	lasts         time.Duration
}

func newWorld(seed uint64, s size, f fault) *world {
	w := &world{rng: rand.New(rand.NewPCG(seed, 2)), l: newLedger(), fault: f, dir: owner.NewDirectory(), stopped: make(chan struct{})}
	w.wires.all, w.wires.refers, w.sound.rooms = map[id.Leg]*wire{}, map[id.Leg]bool{}, map[id.Call]*room{}
	w.wires.w, w.sound.w = w, w
	w.l.forget, w.l.stale = f.forget, f.stale
	for n := range s.agents {
		w.people = append(w.people, newPerson(w, n))
	}
	w.routes = newRouting(w.rng, s.agents)
	for n := range 2 {
		q := acd.Queue{
			ID: id.Queue(fmt.Sprintf("q%d", n)), RingSeconds: 10 + 5*w.rng.IntN(3), WrapUpSeconds: 5 * w.rng.IntN(3),
			MaxExtensions: 1, AutoPause: w.rng.IntN(2) == 0, CustomerFirst: w.rng.IntN(2) == 0, CallbackRetrySeconds: 30,
		}
		for _, p := range w.people {
			if w.rng.IntN(100) < 75 {
				q.Members = append(q.Members, p.agent)
			}
		}
		if w.rng.IntN(2) == 0 {
			q.Strategy, q.MemberWeights = acd.Simultaneous, map[id.Agent]int{}
			for _, m := range q.Members {
				q.MemberWeights[m] = 5 + w.rng.IntN(2)
			}
		}
		w.queues = append(w.queues, q)
	}
	return w
}

func (w *world) chance(percent int) bool { return w.pick(100) < percent }

// pick is safe from any goroutine.
func (w *world) pick(n int) int {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.rng.IntN(n)
}

// within gives a time up to so many seconds, in whole seconds, of long ones in fives.
func (w *world) within(seconds int) time.Duration {
	if seconds > 20 {
		return time.Duration(5*w.pick(seconds/5+1)) * time.Second
	}
	return time.Duration(w.pick(seconds+1)) * time.Second
}

// later does something after a while, unless the world has stopped. What comes at once is begun without a timer: two timers of one
// bubble that fire as they are made crash the race detector of Go 1.26 (they share its context).
func (w *world) later(d time.Duration, do func()) {
	unlessStopped := func() {
		select {
		case <-w.stopped:
		default:
			do()
		}
	}
	if d <= 0 {
		go unlessStopped()
		return
	}
	time.AfterFunc(d, unlessStopped)
}

func (w *world) over() bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.ending
}

// run lets the world live, end, and come to rest; the error is the first broken promise.
func (w *world) run(s size) error {
	ctx, cancel := context.WithCancel(context.Background())
	defer synctest.Wait()
	defer cancel()
	defer close(w.stopped)
	w.open(ctx)
	for n := range s.calls {
		w.later(w.within(int(s.lasts/time.Second)), func() { w.caller(n) })
	}
	for _, p := range w.people {
		w.later(w.within(10), p.live)
	}
	if !w.watch(s.lasts) {
		return w.l.broken()
	}
	w.mu.Lock()
	w.ending = true
	w.mu.Unlock()
	w.cancelAll()
	w.wires.hangUpAll()
	if !w.watch(3 * time.Minute) {
		return w.l.broken()
	}
	w.rest()
	return w.l.broken()
}

func (w *world) open(ctx context.Context) {
	log := slog.New(slog.DiscardHandler)
	if os.Getenv("CHAOS_LOG") != "" {
		log = slog.New(slog.NewTextHandler(os.Stderr, &slog.HandlerOptions{Level: slog.LevelDebug}))
	}
	w.x = callcontrol.New(ctx, callcontrol.Config{
		Wires: &w.wires, Sound: &w.sound, Plans: plans{w}, Journal: w.l, Screens: w, Directory: w.dir, Log: log,
		LeaveOutside: func(id.Org, id.Agent) bool { return w.outside },
	})
	if w.fault.hear != nil {
		w.x.Tamper(w.fault.hear)
	}
	if w.merging {
		w.x.Tamper(w.slowly)
	}
	w.calls = owner.NewDirectory()
	w.d = dispatch.New(ctx, dispatch.Config{
		Directory: w.calls, Screens: w, CallBack: w.callBack, Statuses: statuses{}, Log: log, Rebuild: w.rebuild, Stand: w.x.Stand,
		Hours: func(id.Org, time.Time) ([]acd.Hours, time.Time) { return nil, time.Time{} },
	})
	w.dir.Enter(owner.At("acd", org), &relay{to: w.calls, at: owner.At("acd", org), first: func(s any) {
		if which := callOf(s); which != "" {
			w.enterCall(which)
		}
	}})
	var seats []callcontrol.Seat
	for n, p := range w.people {
		seat := callcontrol.Seat{Agent: p.agent, Org: org, Name: string(p.agent), Extension: fmt.Sprint(100 + n), Strategy: p.strategy, Preferred: p.prefers, Number: p.number}
		if p.phone {
			seat.Phone = id.Device("phone-" + string(p.agent))
		}
		seats = append(seats, seat)
	}
	w.x.Seats(seats)
	w.d.Open(org)
	synctest.Wait()
}

func (w *world) rebuild(id.Org) []acd.Signal {
	conf := acd.Configure{Queues: w.queues}
	for _, p := range w.people {
		conf.Agents = append(conf.Agents, acd.Agent{ID: p.agent, DefaultStatus: acd.Available, DirectWhenUnavailable: true, CallWaiting: p.waits})
	}
	return append([]acd.Signal{conf}, w.x.Standing(org)...)
}

// relay stands between the ACD and the calls.
type relay struct {
	to    *owner.Directory
	at    owner.Address
	first func(signal any)
	hear  func(signal any) []any
}

func (r *relay) PostAny(signal any) (err error) {
	if r.first != nil {
		r.first(signal)
	}
	all := []any{signal}
	if r.hear != nil {
		all = r.hear(signal)
	}
	for _, s := range all {
		err = r.to.Post(r.at, s)
	}
	return err
}

func (r *relay) AskAny(ctx context.Context, signal any) error { return r.to.Ask(ctx, r.at, signal) }

func callOf(signal any) id.Call {
	switch s := signal.(type) {
	case acd.Enqueue:
		return s.Call
	case acd.Reserve:
		return s.Call
	}
	return ""
}

type statuses struct{}

func (statuses) StatusChanged(time.Time, id.Org, acd.StatusChanged) {}
func (statuses) OutcomeChosen(time.Time, id.Org, acd.OutcomeChosen) {}

// caller rings a queue, an agent, or a number that does not exist.
func (w *world) caller(n int) {
	to := fmt.Sprintf("q%d", w.pick(2))
	switch k := w.pick(100); {
	case k < 15 || k < 60 && w.merging:
		to = string(w.people[w.pick(len(w.people))].agent)
	case k < 18:
		to = "nowhere"
	case k < 45:
		to = fmt.Sprintf("m%d", w.pick(3))
	}
	w.wires.arrive(id.Leg(fmt.Sprintf("in%d", n)), to)
}
