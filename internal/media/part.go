package media

import "bytes"

// feed is one other leg that a leg hears.
type feed struct {
	leg    *Leg
	linked bool // the leg has it among its listeners
}

// part is what one leg is to hear: others, a play, or a play over others.
type part struct {
	from  *Leg // the only source, as it is
	mix   *mix // or several, or one of another loudness
	play  *play
	plays bool // what it plays already goes on, where play is nil
	over  bool // the play sounds together with the others
	keyed bool // nothing of the digits of the leg itself may be heard by anyone
	// answerer listens to the leg itself; nil for nothing
	answerer *answerer
}

// arrange gives l its one source.
func (w *worker) arrange(l, from *Leg, p *play) { w.perform(l, part{from: from, play: p}) }

// perform gives l its part. The play it has already goes on when the tag is the same.
func (w *worker) perform(l *Leg, p part) {
	before := append(w.studio.before[:0], l.feeds...)
	w.studio.before = before
	w.unlink(l)
	l.feeds, l.mix, l.over = l.only[:0], nil, p.over
	switch {
	case p.mix != nil && p.mix.mine(w):
		l.mix = p.mix
		for _, other := range p.mix.voices {
			if other != l {
				l.feeds = append(l.feeds, feed{leg: other})
			}
		}
	case p.from != nil:
		l.feeds = append(l.feeds, feed{leg: p.from})
	}
	l.soften = l.mixed
	w.link(l)
	if p.play == nil && !p.plays {
		l.play = nil
	} else if p.play != nil && (l.play == nil || !bytes.Equal(l.play.tag, p.play.tag)) {
		w.serial++
		p.play.source = w.serial
		l.play = p.play
	}
	w.tune(l)
	for _, f := range before {
		w.hearken(f.leg)
	}
	clear(before)
	if l.keyed != p.keyed || l.answerer != p.answerer {
		l.keyed, l.answerer = p.keyed, p.answerer
		w.retune(l)
	}
	w.schedule(l)
}

// retune has all who hear l look again at how they do, since its codec or its digits have changed.
func (w *worker) retune(l *Leg) {
	w.tune(l)
	w.hearken(l)
	for _, other := range l.listeners {
		w.tune(other)
	}
}
