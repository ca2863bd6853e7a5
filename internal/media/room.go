package media

import (
	"slices"

	"parley/internal/amd"
	"parley/internal/id"
)

// Room decides who hears whom in one call. Its methods may be called from any goroutine and return at once.
type Room struct {
	name   id.Call
	engine *Engine

	// Guarded by Engine.mu.
	worker     *worker // nil before one of its legs has one
	members    []*Leg
	spare      []*Leg     // for the members of the next arrangement
	few        [2][4]*Leg // room for both lists while they are short
	round      uint64     // counts arrangements
	mixes      []*mix     // of the present arrangement
	recordings map[id.Recording]*recorder
	closed     bool
}

// Hearing is what a leg hears: another leg, several at once, a play instead of them, or over them.
type Hearing struct {
	Leg   id.Leg
	From  id.Leg   // whom Leg hears; empty for nobody
	Mix   []Source // whom it hears besides, all at once; Leg itself is passed over
	Play  *Play    // what it hears instead
	Over  bool     // Play sounds together with From and Mix: an announcement, a whisper
	Keyed bool     // the digits of Leg reach no other leg and no recording, not even as sound. Its owner is told of them
	// Detect has the sound of Leg looked at for who took the call: AnswererHeard follows. It begins when an arrangement
	// first says so, which should be at the answer, and goes on as long as the arrangements do.
	Detect *amd.Settings
}

// Source is one leg in a mix.
type Source struct {
	Leg  id.Leg
	Gain float64 // what its samples are multiplied by, up to 8; 0 means 1, as it is
}

// hearing is what a leg was told to hear.
type hearing struct {
	from     *Leg
	mix      *mix
	plays    bool
	tag      string
	rate     int // of the play
	loop     bool
	over     bool
	keyed    bool
	answerer *answerer // what listens to it
}

// OpenRoom opens a room, which lives on the worker of its first leg.
func (e *Engine) OpenRoom(name id.Call) *Room {
	r := &Room{name: name, engine: e}
	r.members, r.spare = r.few[0][:0], r.few[1][:0]
	return r
}

// Arrange replaces the room's whole arrangement. A leg that it does not name any more hears nothing; one that is
// named only as From hears nothing, either. A leg of another room leaves that room and comes to this one. A leg that
// is closed is passed over. Sounds are encoded here, the first time they are played.
func (r *Room) Arrange(hearings []Hearing) {
	for _, h := range hearings {
		h.Play.encode()
	}
	e := r.engine
	e.mu.Lock()
	defer e.mu.Unlock()
	if r.closed {
		return
	}
	before := r.members
	r.members, r.round = r.spare, r.round+1
	for _, h := range hearings {
		r.enter(e.legs[h.Leg])
		if h.Play != nil && !h.Over {
			continue
		}
		if h.From != "" {
			r.enter(e.legs[h.From])
		}
		for _, other := range h.Mix {
			r.enter(e.legs[other.Leg])
		}
	}
	r.dismiss(before)
	parts := r.compose(hearings)
	for i, h := range hearings {
		if l := e.legs[h.Leg]; l != nil {
			l.told = r.round
			wanted := parts.of(r, i, h)
			wanted.answerer = l.detects(h.Detect)
			l.hears(wanted, h.Play)
		}
	}
	r.mixes = parts.used()
	for _, l := range r.members {
		if l.told != r.round {
			l.hears(hearing{}, nil)
		}
	}
	r.tapAll()
}

// enter makes a leg a member of the current round; nil is passed over. The caller holds Engine.mu.
func (r *Room) enter(l *Leg) {
	if l == nil || l.room == r && l.entered == r.round {
		return
	}
	r.members = append(r.members, l)
	if l.room != r {
		if l.room != nil {
			l.room.lose(l)
		}
		l.room, l.told = r, 0
		r.engine.move(l)
	}
	l.entered = r.round
}

// dismiss has those of the last round hear nothing who are not in this one. The caller holds Engine.mu.
func (r *Room) dismiss(before []*Leg) {
	for _, l := range before {
		if l.entered != r.round {
			l.room = nil
			l.hears(hearing{}, nil)
		}
	}
	clear(before)
	r.spare = before[:0]
}

// lose takes a leg out: who heard it hears nothing now. The caller holds Engine.mu.
func (r *Room) lose(l *Leg) {
	r.members = slices.DeleteFunc(r.members, func(other *Leg) bool { return other == l })
	for _, other := range r.members {
		if other.hearing.from == l {
			other.hears(hearing{keyed: other.hearing.keyed, answerer: other.hearing.answerer}, nil)
		} else if m := other.hearing.mix; m != nil && m.has(l) {
			rest := other.hearing
			rest.mix = m.less(l)
			other.takes(rest, nil)
		}
	}
	l.room = nil
	r.tapAll()
}

// hears orders what l hears from now on; what it hears already needs no order. The caller holds Engine.mu.
func (l *Leg) hears(wanted hearing, p *Play) {
	if p != nil {
		wanted.plays, wanted.tag, wanted.rate, wanted.loop = true, p.name(), p.rate(), p.Loop
	}
	l.takes(wanted, p)
}

func (l *Leg) takes(wanted hearing, p *Play) {
	if l.hearing == wanted {
		return
	}
	l.hearing = wanted
	fresh := &order{do: arrangeNow, from: wanted.from, play: newPlay(p)}
	if wanted.mix != nil || wanted.over || wanted.keyed || wanted.answerer != nil {
		fresh.do = func(w *worker, l *Leg, o *order) bool {
			w.perform(l, part{
				from: o.from, mix: wanted.mix, play: o.play, plays: wanted.plays, over: wanted.over, keyed: wanted.keyed,
				answerer: wanted.answerer,
			})
			return true
		}
	}
	l.order(fresh, p != nil)
}

func arrangeNow(w *worker, l *Leg, o *order) bool {
	w.arrange(l, o.from, o.play)
	return true
}

// move takes a leg to the worker of its room. The caller holds e.mu, so that moves and arrangements keep their order.
func (e *Engine) move(l *Leg) {
	r := l.room
	if r.worker == nil {
		r.worker = l.worker
	}
	if l.worker == r.worker || l.worker == nil {
		return
	}
	l.worker.load--
	r.worker.load++
	l.worker = r.worker
	l.order(&order{do: moveNow, to: r.worker}, false)
}

func moveNow(w *worker, l *Leg, o *order) bool {
	w.moveTo(l, o.to)
	return false
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
	for _, l := range r.members {
		l.room = nil
		l.hears(hearing{}, nil)
	}
	r.members, r.spare = nil, nil
	for name := range r.recordings {
		r.end(name)
	}
}
