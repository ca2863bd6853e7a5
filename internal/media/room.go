package media

import (
	"parley/internal/id"
)

// Room decides who hears whom in one call. Its methods may be called from any goroutine and return at once.
type Room struct {
	name   id.Call
	engine *Engine
	worker *worker

	// Guarded by Engine.mu.
	members    map[*Leg]Hearing
	recordings map[id.Recording]*recorder
	closed     bool
}

// Hearing gives a leg its one source: a play, another leg, or nothing.
type Hearing struct {
	Leg  id.Leg
	From id.Leg // whom Leg hears when Play is nil; empty for nobody
	Play *Play  // what Leg hears
}

// OpenRoom opens a room, which lives on the worker that has the least to do.
func (e *Engine) OpenRoom(name id.Call) *Room {
	e.mu.Lock()
	defer e.mu.Unlock()
	return &Room{
		name: name, engine: e, worker: e.idlest(),
		members: map[*Leg]Hearing{}, recordings: map[id.Recording]*recorder{},
	}
}

// Arrange replaces the room's whole arrangement. A leg that it does not name any more hears nothing; one that is
// named only as From hears nothing, either. A leg of another room leaves that room and comes to this one. A leg that
// is closed is passed over. Sounds are encoded here, the first time they are played.
func (r *Room) Arrange(hearings []Hearing) {
	plays := make([]*play, len(hearings))
	for i, h := range hearings {
		plays[i] = newPlay(h.Play)
	}
	e := r.engine
	e.mu.Lock()
	defer e.mu.Unlock()
	if r.closed {
		return
	}
	before := r.members
	r.members = make(map[*Leg]Hearing, len(hearings))
	for _, h := range hearings {
		r.enter(h.Leg, h)
		if h.Play == nil && h.From != "" {
			r.enter(h.From, Hearing{Leg: h.From})
		}
	}
	for l := range before {
		if _, stays := r.members[l]; !stays {
			l.room = nil
			l.hears(nil, nil)
		}
	}
	for i, h := range hearings {
		if l := e.legs[h.Leg]; l != nil {
			l.hears(r.source(h), plays[i])
		}
	}
	for l, h := range r.members {
		if h.From == "" && h.Play == nil {
			l.hears(nil, nil)
		}
	}
	r.tapAll()
}

// enter makes a leg a member; a Hearing of its own counts before one it has as somebody's From. The caller holds Engine.mu.
func (r *Room) enter(name id.Leg, h Hearing) {
	l := r.engine.legs[name]
	if l == nil {
		return
	}
	if old, named := r.members[l]; named && (old.From != "" || old.Play != nil) {
		return
	}
	r.members[l] = h
	if l.room == r {
		return
	}
	if l.room != nil {
		l.room.lose(l)
	}
	l.room = r
	r.engine.move(l, r.worker)
}

func (r *Room) source(h Hearing) *Leg {
	if h.Play != nil || h.From == "" || h.From == h.Leg {
		return nil
	}
	return r.engine.legs[h.From]
}

// lose takes a leg out: who heard it hears nothing now. The caller holds Engine.mu.
func (r *Room) lose(l *Leg) {
	delete(r.members, l)
	for other, h := range r.members {
		if h.Play == nil && h.From == l.name {
			r.members[other] = Hearing{Leg: other.name}
			other.hears(nil, nil)
		}
	}
	l.room = nil
	r.tapAll()
}

// hears orders what l hears from now on.
func (l *Leg) hears(from *Leg, p *play) {
	l.order(func(w *worker, l *Leg) bool {
		w.arrange(l, from, p)
		return true
	})
}

// move takes a leg to another worker. The caller holds e.mu, so that moves and arrangements keep their order.
func (e *Engine) move(l *Leg, to *worker) {
	if l.worker == to {
		return
	}
	l.worker.load--
	to.load++
	l.worker = to
	l.order(func(w *worker, l *Leg) bool {
		w.moveTo(l, to)
		return false
	})
}

// leave is the outside half of closing a leg.
func (e *Engine) leave(l *Leg) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.legs[l.name] == l {
		delete(e.legs, l.name)
	}
	l.worker.load--
	if l.room != nil {
		l.room.lose(l)
	}
}

// Close ends the room: its recordings end, and its legs hear nothing until another room arranges them.
func (r *Room) Close() {
	e := r.engine
	e.mu.Lock()
	defer e.mu.Unlock()
	if r.closed {
		return
	}
	r.closed = true
	for l := range r.members {
		l.room = nil
		l.hears(nil, nil)
	}
	clear(r.members)
	for name := range r.recordings {
		r.end(name)
	}
}
