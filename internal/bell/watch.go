package bell

import (
	"time"

	"parley/internal/id"
	"parley/internal/owner"
	"parley/internal/report"
	"parley/internal/store"
)

// Queue is one whose service level is watched, and who is told besides the bells.
type Queue struct {
	report.WatchedQueue
	Emails  []string
	Webhook string // empty: none
}

// desk is one organisation's watch with its owner.
type desk struct {
	b      *Bell
	org    id.Org
	owner  *owner.Owner[report.WatchSignal]
	queues map[id.Queue]Queue
}

// mailbox bounds the results that may wait for one watch.
const mailbox = 100_000

// Watch sets the queues of an organisation. The first time it begins to watch them.
func (b *Bell) Watch(org id.Org, queues []Queue) {
	s := report.WatchQueues{}
	byID := map[id.Queue]Queue{}
	for _, q := range queues {
		s.Queues = append(s.Queues, q.WatchedQueue)
		byID[q.Queue] = q
	}
	b.mu.Lock()
	k := b.desks[org]
	if k == nil {
		k = &desk{b: b, org: org}
		b.desks[org] = k
	}
	k.queues = byID
	if k.owner == nil {
		k.start()
	}
	b.mu.Unlock()
	b.post(org, s)
}

// Past tells of the stays in queues that ended before the program started.
func (b *Bell) Past(org id.Org, stays []report.Stay) { b.post(org, report.WatchPast{Stays: stays}) }

func (b *Bell) stayOver(org id.Org, s report.StayOver) { b.post(org, s) }

func (b *Bell) post(org id.Org, s report.WatchSignal) {
	b.mu.Lock()
	k := b.desks[org]
	var box *owner.Owner[report.WatchSignal]
	if k != nil {
		box = k.owner
	}
	b.mu.Unlock()
	if box == nil {
		return
	}
	if err := box.Post(s); err != nil && b.ctx.Err() == nil {
		b.Log.Error("watch over service levels did not hear", "org", org, "signal", owner.Word(s), "err", err)
	}
}

// start begins a watch; the bell's lock is held. One whose machine panicked is begun afresh: it forgets the last half-hour.
func (k *desk) start() {
	k.owner = owner.Start(k.b.ctx, report.NewWatch(), owner.Wiring[report.WatchSignal, report.WatchOutcome]{
		Carry:  func(now time.Time, _ report.WatchSignal, o report.WatchOutcome) { k.carry(now, o) },
		Broken: k.broke,
		Limit:  mailbox,
	})
}

func (k *desk) broke(p owner.Panic[report.WatchSignal]) {
	k.b.Log.Error("watch over service levels broke and was started afresh", "org", k.org, "err", p.Error(), "stack", string(p.Stack))
	s := report.WatchQueues{}
	k.b.mu.Lock()
	for _, q := range k.queues {
		s.Queues = append(s.Queues, q.WatchedQueue)
	}
	k.start()
	k.b.mu.Unlock()
	k.b.post(k.org, s)
}

func (k *desk) carry(now time.Time, o report.WatchOutcome) {
	if o.Look != nil {
		k.b.mu.Lock()
		box := k.owner
		k.b.mu.Unlock()
		box.SetTimer("look", o.Look.After, report.WatchTime{})
	}
	for _, e := range o.Events {
		switch e := e.(type) {
		case report.Fell:
			k.fell(now, e.Level)
		case report.Recovered:
			k.b.Log.Info("service level of a queue recovered", "org", k.org, "queue", e.Queue, "percent", e.Percent, "calls", e.Calls)
		}
	}
}

// fell tells everybody who is told of a queue that fell below its level.
func (k *desk) fell(now time.Time, l report.Level) {
	k.b.Log.Warn("service level of a queue fell", "org", k.org, "queue", l.Queue, "percent", l.Percent, "goal", l.Goal, "calls", l.Calls)
	_, name := k.b.People.Names(k.org, "", l.Queue)
	k.b.Tell(k.org, store.Notice{
		Kind: store.NoticeLevelFell, LinkKind: linkQueue, LinkID: string(l.Queue),
		Data: store.NoticeData{Queue: name, Percent: l.Percent, Goal: l.Goal, Calls: l.Calls},
	}, k.b.People.Over(k.org, "", l.Queue)...)
	k.b.mu.Lock()
	q := k.queues[l.Queue]
	k.b.mu.Unlock()
	k.b.alert(k.org, q, Alert{ID: id.New[string](), At: now.UTC(), Level: l, Name: name})
}
