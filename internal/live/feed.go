package live

import (
	"context"
	"slices"
	"sync"

	"parley/internal/access"
	"parley/internal/id"
)

// Viewer is who looks at the picture.
type Viewer struct {
	Org   id.Org
	Agent id.Agent // empty when the user is no agent
	Role  access.Role
	Tab   id.Tab
	User  id.User
	// People: everybody's presence is on the viewer's screen. Places: so is where a number's calls are.
	People, Places bool
	Lamps          bool // the viewer shows lamps on desk phones; nobody at a page does
}

// feedLimit bounds the messages that wait for a slow socket; past it the viewer gets a new snapshot instead.
const feedLimit = 512

// Feed is one viewer's numbered view of the picture.
type Feed struct {
	viewer  Viewer
	picture *picture

	mu    sync.Mutex // guards what follows
	queue []Message
	seq   int64
	stale bool // messages were dropped: a snapshot is due
	wake  chan struct{}
}

// Next waits for the next message.
func (f *Feed) Next(ctx context.Context) (Message, error) {
	for {
		if m, ok := f.take(); ok {
			return m, nil
		}
		select {
		case <-f.wake:
		case <-ctx.Done():
			return Message{}, ctx.Err()
		}
	}
}

// Resync makes the next message a snapshot: the page has found a gap.
func (f *Feed) Resync() {
	f.mu.Lock()
	f.stale = true
	f.mu.Unlock()
	f.nudge()
}

// Close ends the feed.
func (f *Feed) Close() { f.picture.unsubscribe(f) }

func (f *Feed) take() (Message, bool) {
	f.mu.Lock()
	stale := f.stale
	f.mu.Unlock()
	if stale {
		f.picture.resend(f)
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	if len(f.queue) == 0 {
		return Message{}, false
	}
	m := f.queue[0]
	f.queue = slices.Delete(f.queue, 0, 1) // there are few, and the list is not made anew for the next
	return m, true
}

// put numbers a message and queues it. The picture's lock is held.
func (f *Feed) put(m Message) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.stale && !outlives(m.Kind) {
		return // the snapshot that is due holds it
	}
	if len(f.queue) >= feedLimit {
		f.keepPassing()
		f.stale = true
	}
	f.seq++
	m.Seq = f.seq
	f.queue = append(f.queue, m)
	f.nudge()
}

// outlives tells whether a message says what no snapshot does, so that it must reach the page in any case.
func outlives(kind string) bool {
	return kind == "ring" || kind == "taken_over" || kind == "renew_voice" || kind == "probe"
}

// passingLimit bounds what is kept for a page that does not read: a ring is over long before there are so many.
const passingLimit = 16

// keepPassing drops what waits, but for the latest messages that a snapshot does not replace.
func (f *Feed) keepPassing() {
	f.queue = slices.DeleteFunc(f.queue, func(m Message) bool { return !outlives(m.Kind) })
	f.queue = f.queue[max(0, len(f.queue)-passingLimit):]
}

// reset drops what waits and begins anew with a snapshot. The picture's lock is held.
func (f *Feed) reset(s Snapshot) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.keepPassing()
	f.seq++
	queue := []Message{{Seq: f.seq, Kind: "snapshot", Data: s}}
	for _, m := range f.queue {
		if m.Seq != 0 {
			f.seq++
			m.Seq = f.seq
		}
		queue = append(queue, m)
	}
	f.queue, f.stale = queue, false
	f.nudge()
}

// whisper queues a message outside the count; one of a kind waits at a time.
func (f *Feed) whisper(kind string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if !slices.ContainsFunc(f.queue, func(m Message) bool { return m.Kind == kind }) {
		f.queue = append(f.queue, Message{Kind: kind})
		f.nudge()
	}
}

func (f *Feed) nudge() {
	select {
	case f.wake <- struct{}{}:
	default:
	}
}

// supervises tells whether the viewer sees other agents and waiting callers.
func (v Viewer) supervises() bool { return access.May(v.Role, access.Supervise) }

// everything tells whether the viewer sees every queue (MN-5).
func (v Viewer) everything() bool { return v.Everything() }

// Everything tells whether the viewer sees every agent and queue of the organisation.
func (v Viewer) Everything() bool { return access.May(v.Role, access.Administrate) }
