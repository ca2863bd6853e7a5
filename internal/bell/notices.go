package bell

import (
	"cmp"
	"fmt"
	"time"

	"parley/internal/acd"
	"parley/internal/call"
	"parley/internal/dialing"
	"parley/internal/id"
	"parley/internal/report"
	"parley/internal/store"
	"parley/internal/tel"
)

// CallChanged takes in what has happened in a call. It never waits, and keeps nothing of c and events.
func (b *Bell) CallChanged(now time.Time, c *call.Call, events []call.Event) {
	for _, e := range events {
		switch e := e.(type) {
		case call.RingBegan:
			b.ringBegan(e)
		case call.RingOver:
			if b.missed(e) {
				b.missedCall(c, e)
			}
		case call.Directed:
			if e.Emergency {
				b.emergency(now, c, e.From, e.Location, "")
			}
		case call.Finished:
			if c.Emergency && c.Trunk == "" { // it went nowhere, which those who can help must know all the more
				b.emergency(now, c, "", tel.Location{}, e.Reason)
			}
		case call.DropOver:
			if e.Failure != "" {
				b.Tell(c.Org, store.Notice{
					Kind: store.NoticeDropFailed, Data: store.NoticeData{Number: string(c.To), Greeting: e.Greeting, Why: e.Failure},
					LinkKind: linkCall, LinkID: string(c.ID),
				}, b.People.UserOf(c.Org, e.Agent))
			}
		case call.QueueLeft:
			b.stayOver(c.Org, report.StayOver{Queue: e.Queue, Entered: now.Add(-e.Waited), Left: now, Result: e.Result})
		}
	}
}

// What a notice leads to.
const (
	linkCall    = "call"
	linkMailbox = "mailbox"
	linkQueue   = "queue"
	linkBlocked = "blocked" // the page of locks and overrides
)

func (b *Bell) ringBegan(e call.RingBegan) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.rings[e.Offer] = e.Direct
}

// missed tells whether a ring that is over is a call that the agent has missed: a queue's offer that rang out, or a direct call that
// was neither answered nor rejected. A queue's caller who gives up meanwhile has not been missed by this agent.
func (b *Bell) missed(e call.RingOver) bool {
	b.mu.Lock()
	direct := b.rings[e.Offer]
	delete(b.rings, e.Offer)
	b.mu.Unlock()
	if direct {
		return e.Result != call.RingAnswered && e.Result != call.RingIgnored
	}
	return e.Result == call.RingMissed
}

func (b *Bell) missedCall(c *call.Call, e call.RingOver) {
	data := store.NoticeData{Number: string(c.From), Name: cmp.Or(c.Caller.Name, c.Name)}
	if c.Direction == call.Outbound { // a customer who is called back
		data.Number = string(c.To)
	}
	if c.Queue != nil {
		data.Queue = c.Queue.Name
	}
	b.Tell(c.Org, store.Notice{
		Kind: store.NoticeMissedCall, About: string(e.Offer), Data: data, LinkKind: linkCall, LinkID: string(c.ID),
	}, b.People.UserOf(c.Org, e.Agent))
}

// ACDChanged takes in what the ACD has done. Supervisors and administrators are told of stuck work that was put right (BX-8) and of
// customers whom the system calls back no more, and with the agent of devices that fell asleep (NT-5).
func (b *Bell) ACDChanged(now time.Time, org id.Org, events []acd.Event) {
	for _, e := range events {
		switch e := e.(type) {
		case acd.Repaired:
			n := store.Notice{Kind: store.NoticeRepaired, Data: store.NoticeData{What: e.What}, LinkKind: linkCall, LinkID: string(e.Call)}
			n.Data.Agent, n.Data.Queue = b.People.Names(org, e.Agent, e.Queue)
			b.Tell(org, n, b.People.Over(org, e.Agent, e.Queue)...)
		case acd.CallbackKept:
			b.mu.Lock()
			b.callbacks[e.Callback] = e.Number
			b.mu.Unlock()
		case acd.Left:
			if e.Callback {
				b.callbackOver(org, e)
			}
		case acd.Health:
			if e.State == "asleep" {
				b.deviceAsleep(now, org, e.Agent)
			}
		}
	}
}

// callbackOver tells of a callback that has ended without the customer having been reached or having given it up: its attempts are used
// up, or its queue was removed.
func (b *Bell) callbackOver(org id.Org, e acd.Left) {
	which := id.Callback(e.Call)
	b.mu.Lock()
	number := b.callbacks[which]
	delete(b.callbacks, which)
	b.mu.Unlock()
	if e.Result != acd.LeftTimeout && e.Result != acd.LeftNoAgent {
		return
	}
	n := store.Notice{
		Kind: store.NoticeCallback, About: string(which), Data: store.NoticeData{Number: string(number)},
		LinkKind: linkQueue, LinkID: string(e.Queue),
	}
	_, n.Data.Queue = b.People.Names(org, "", e.Queue)
	b.Tell(org, n, b.People.Over(org, "", e.Queue)...)
}

// deviceAsleep tells an agent, and those who watch over the agent, that calls pass by: once an hour, however often the device falls asleep.
func (b *Bell) deviceAsleep(now time.Time, org id.Org, agent id.Agent) {
	n := store.Notice{Kind: store.NoticeAsleep, About: fmt.Sprintf("%s@%s", agent, now.UTC().Format("2006-01-02T15"))}
	own := b.People.UserOf(org, agent)
	b.Tell(org, n, own)
	n.Data.Agent, _ = b.People.Names(org, agent, "")
	for _, user := range b.People.Over(org, agent, "") {
		if user != own {
			b.Tell(org, n, user)
		}
	}
}

// DialingLocked tells supervisors and administrators that an agent's outbound calls are locked (BX-15). It is told again of a lock at
// each start of the program, and rings once.
func (b *Bell) DialingLocked(org id.Org, l dialing.Lock) {
	n := store.Notice{
		Kind: store.NoticeLocked, About: fmt.Sprintf("%s@%d", l.Agent, l.At.Unix()), Data: store.NoticeData{Why: l.Why},
		LinkKind: linkBlocked, LinkID: string(l.Agent),
	}
	n.Data.Agent, _ = b.People.Names(org, l.Agent, "")
	b.Tell(org, n, b.People.Over(org, l.Agent, "")...)
}

// Overridden tells those who may answer that an agent asks to call a number that the class of service does not allow (CS-5).
func (b *Bell) Overridden(org id.Org, o dialing.Override) {
	if o.State != dialing.OverrideRequested {
		return
	}
	n := store.Notice{
		Kind: store.NoticeOverride, About: o.ID, Data: store.NoticeData{Number: string(o.Number), Why: o.Rule.Words(o.Class.Name)},
		LinkKind: linkBlocked, LinkID: string(o.Agent),
	}
	n.Data.Agent, _ = b.People.Names(org, o.Agent, "")
	b.Tell(org, n, b.People.Over(org, o.Agent, "")...)
}

// MessageLeft tells those whose mailbox it is of a message (VM-11).
func (b *Bell) MessageLeft(org id.Org, m *store.Message, mailbox string, users []id.User) {
	b.Tell(org, store.Notice{
		Kind: store.NoticeMessage, About: string(m.ID), LinkKind: linkMailbox, LinkID: string(m.Mailbox),
		Data: store.NoticeData{
			Number: string(m.From), Name: cmp.Or(m.CustomerName, m.FromName), Mailbox: mailbox, Seconds: m.DurationSeconds,
		},
	}, users...)
}
