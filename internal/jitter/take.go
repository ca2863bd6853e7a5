package jitter

import "time"

// Take gives the next piece, of at most want clock units; now is the time at which the tick was due, in nanoseconds
// of Put's clock. The caller goes on until its tick is full.
func (b *Buffer) Take(now int64, want int) Piece {
	d := &b.desk
	rest := int64(max(want, 1))
	if now != d.tick || d.want == 0 {
		d.tick, d.given, d.want = now, 0, rest
	}
	at := b.units(time.Duration(now))
	p := b.next(at, rest)
	d.given += int64(p.Units)
	if d.talking {
		d.level = at + d.given - d.play - b.network.base()
	}
	return p
}

// next finds the piece. Every round that gives none takes a packet off the shelf or changes between pause and talk,
// so the bound is never met by an honest stream.
func (b *Buffer) next(now, want int64) Piece {
	d := &b.desk
	for range 2 * places {
		if d.talking && d.end > d.play {
			return b.rest(want)
		}
		s := b.shelf.first(b.from())
		switch {
		case s == nil && d.talking:
			return b.starve(now, want)
		case s == nil:
			return b.quiet(want)
		case d.talking:
			if p, found := b.talk(now, want, s); found {
				return p
			}
		case s.pass:
			b.leave(s)
		case !b.due(now, s):
			return b.quiet(want)
		default:
			b.begin(s)
		}
	}
	return b.quiet(want)
}

// from is the sequence number from which a packet can be waiting.
func (b *Buffer) from() int64 {
	oldest := b.intake.sequence - places + 1
	if !b.desk.begun {
		return oldest
	}
	return max(b.desk.next, oldest)
}

// leave takes a packet off the shelf.
func (b *Buffer) leave(s *slot) {
	s.taken = false
	if b.desk.begun {
		b.desk.next = s.sequence + 1
	}
}

// quiet passes time in which nothing is expected.
func (b *Buffer) quiet(want int64) Piece {
	d := &b.desk
	d.pause()
	if !d.begun {
		return Piece{Kind: Waiting, Fresh: true, Whole: int(want), Units: int(want)}
	}
	return Piece{Kind: Empty, Fresh: true, Whole: int(want), Units: int(want)}
}

// due says whether the first packet after a pause may be played. Packets shorter than a tick are fetched before they
// sound, so their first one waits longer.
func (b *Buffer) due(now int64, s *slot) bool {
	d := &b.desk
	if d.given > 0 && d.given%d.grain(b.clock) != 0 {
		return false
	}
	need := min(b.network.target+max(0, d.want-s.units), b.max)
	return now-b.network.base()-s.timestamp >= need-b.slack()
}

// slack is what a margin may be off its target: 2 ms.
func (b *Buffer) slack() int64 { return b.clock / 500 }

// begin ends a pause with its first packet.
func (b *Buffer) begin(s *slot) {
	d := &b.desk
	if d.begun {
		b.stats.Lost += uint64(max(0, s.sequence-d.next))
	} else {
		d.played = s.timestamp
	}
	d.begun, d.talking, d.next = true, true, s.sequence
	d.play = max(s.timestamp, d.played)
	d.end = d.play
	d.length = s.units
	d.margins, d.silent = 0, 0
}

// talk plays on towards the first waiting packet; found is false when only the state changed.
func (b *Buffer) talk(now, want int64, s *slot) (p Piece, found bool) {
	d := &b.desk
	margin := now - b.network.base() - d.play
	grain := d.grain(b.clock)
	switch {
	case margin > b.max+max(grain, d.want):
		b.jump(margin - max(b.network.target, grain))
	case s.pass && s.timestamp <= d.play, s.timestamp > d.play && s.sequence == d.next:
		d.talking = false
	case s.end() <= d.play:
		b.stats.Crowded++
		b.leave(s)
	case s.sequence > d.next:
		return b.miss(want, s)
	default:
		d.note(margin)
		if n := min(want, d.stretch(b.network.target, grain, b.slack())); n > 0 {
			d.lowest += n
			b.grown += n
			return Piece{Kind: Missing, Fresh: true, Whole: int(n), Units: int(n)}, true
		}
		return b.fetch(want, s), true
	}
	return Piece{}, false
}

// jump throws time away, so that the delay stays within bounds.
func (b *Buffer) jump(units int64) {
	b.desk.play += units
	b.desk.end = b.desk.play
	b.desk.margins = 0
	b.desk.held = 0
	b.shrunk += units
}

// miss lets the time of the packet expected pass without it. What was concealed while waiting for it counts.
func (b *Buffer) miss(want int64, s *slot) (p Piece, found bool) {
	d := &b.desk
	d.next++
	b.stats.Lost++
	whole := max(0, min(d.length, s.timestamp-d.play))
	done := min(d.held, whole)
	d.held -= done
	d.play += done
	if whole -= done; whole == 0 {
		return Piece{}, false
	}
	d.part, d.start, d.end = Missing, d.play, d.play+whole
	p = b.rest(want)
	p.Fresh = true
	if whole == d.length && s.timestamp == d.end && s.sequence == d.next && !s.pass {
		p.Next = b.shelf.payload(s)
	}
	return p, true
}

// starve plays when nothing is there. Whether the next packet is lost or late shows only afterwards: time stands
// still, so that a late one is still heard, until the delay may grow no more.
func (b *Buffer) starve(now, want int64) Piece {
	d := &b.desk
	if d.starved += want; d.small || d.starved > b.clock/5 {
		return b.quiet(want)
	}
	if now-b.network.base()-d.play+want <= b.max {
		d.held += want
	} else {
		d.play += want
		d.end = d.play
	}
	return Piece{Kind: Missing, Fresh: true, Whole: int(want), Units: int(want)}
}

// fetch hands a packet out, or what is still to be played of it.
func (b *Buffer) fetch(want int64, s *slot) Piece {
	d := &b.desk
	b.settle(s)
	cut := min(d.shorten(b.network.target, d.grain(b.clock), b.slack(), b.clock), s.end()-d.play)
	d.cut = cut > 0
	d.lowest -= cut
	d.play += cut
	b.shrunk += cut
	d.part, d.start, d.end = Frame, s.timestamp, s.end()
	d.played = d.end
	p := b.rest(want)
	p.Fresh, p.Payload = true, b.shelf.payload(s)
	b.leave(s)
	b.stats.Played++
	return p
}

// settle ends what waiting there was for a packet that came.
func (b *Buffer) settle(s *slot) {
	d := &b.desk
	b.grown += d.held
	if d.held > 0 {
		d.margins = 0
		d.note(b.units(time.Duration(d.tick)) - b.network.base() - d.play)
	}
	d.held, d.starved = 0, 0
	d.length, d.small = s.units, s.size <= hint
	if d.voiced++; d.calm() {
		d.voiced = 0
	}
}

// rest goes on within what was last made.
func (b *Buffer) rest(want int64) Piece {
	d := &b.desk
	p := Piece{Kind: d.part, Whole: int(d.end - d.start), Offset: int(d.play - d.start), Units: int(min(want, d.end-d.play))}
	d.play += int64(p.Units)
	return p
}
