package media

import (
	"regexp"
	"sync"
	"sync/atomic"
	"time"

	"parley/internal/id"
	"parley/internal/quality"
)

// Sampled says how a leg sounded in the last five seconds: here what came from the far side, there what reached it by
// its own reports. A sample without packets says nothing; both are so when only the path is told, for it has changed.
type Sampled struct {
	Leg         id.Leg
	Here, There quality.Sample
	Path        string // the way of the sound that the leg hears, without what changes from moment to moment
}

// OneWay says that the far side of a leg is not heard (Here), that it does not hear (There), or that this is over.
type OneWay struct {
	Leg         id.Leg
	Here, There bool
}

func (Sampled) media() {}
func (OneWay) media()  {}

const (
	surveyTime = time.Second
	perSample  = int(quality.Period / surveyTime) // surveys
)

// survey looks at all legs once a second, beside the workers, and tells their owners how they sound.
type survey struct {
	on    bool // guarded by Engine.mu
	timer *time.Timer

	mu   sync.Mutex // guards a round
	over bool
	legs []*Leg
}

// begin has the survey look from the first leg on. The caller holds Engine.mu.
func (s *survey) begin(e *Engine) {
	if s.on {
		return
	}
	s.on = true
	if s.timer == nil {
		s.timer = time.AfterFunc(surveyTime, func() { s.round(e) })
		return
	}
	s.timer.Reset(surveyTime)
}

// round looks at every leg. Without legs it is the last one.
func (s *survey) round(e *Engine) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.over {
		return
	}
	e.mu.Lock()
	s.legs = s.legs[:0]
	for _, l := range e.legs {
		s.legs = append(s.legs, l)
	}
	s.on = len(s.legs) > 0
	if s.on {
		s.timer.Reset(surveyTime)
	}
	e.mu.Unlock()
	now := time.Now()
	for _, l := range s.legs {
		l.observe(now)
	}
	clear(s.legs)
}

// close ends the survey and waits for the round that runs.
func (s *survey) close() {
	s.mu.Lock()
	s.over = true
	s.mu.Unlock()
}

// gauge is what is known of a leg's quality: figures that its worker writes, and what the survey makes of them.
type gauge struct {
	agreed, sending, receiving, paused atomic.Bool
	codec                              atomic.Int32
	sounding, late                     atomic.Uint64 // packets
	reports, reached                   atomic.Uint64
	farExpected, farGone               atomic.Int64
	farLate                            atomic.Uint64 // packets, as the far side itself tells; so is what follows
	farBuffer                          atomic.Int64
	distant                            distant // the worker's
	buffered                           uint64  // late packets of the present voice; the worker's

	here, there quality.Meter // these and the rest are the survey's
	expected    uint64
	oneWay      quality.OneWay
	surveys     int
	way         way // whose path was told last
}

// agree notes what is to flow.
func (g *gauge) agree(t Terms) {
	g.codec.Store(int32(t.Codec))
	g.sending.Store(t.Send)
	g.receiving.Store(t.Receive)
	g.agreed.Store(true)
}

// arrive looks at one packet: whether it announces silence, and whether it is anything but the codec's exact zero.
func (g *gauge) arrive(c Codec, holds kind, payload []byte) {
	pause := holds == holdsPause || c == Opus && len(payload) <= 2
	if g.paused.Load() != pause {
		g.paused.Store(pause)
	}
	if holds != holdsSound || !silent(c, payload) {
		g.sounding.Add(1)
	}
}

// silent tells whether a packet holds exact zero from end to end (of either sign), as a muted telephone sends it.
func silent(c Codec, payload []byte) bool {
	zero := byte(0xFF)
	switch c {
	case PCMU:
	case PCMA:
		zero = 0xD5
	default:
		return false
	}
	for _, b := range payload {
		if b|0x80 != zero {
			return false
		}
	}
	return true
}

// discard counts the packets that came too late for the jitter buffer, which begins anew with each voice.
func (g *gauge) discard(late uint64) {
	if late < g.buffered {
		g.buffered = 0
	}
	g.late.Add(late - g.buffered)
	g.buffered = late
}

func (g *gauge) told(r Report, sequence uint16, sent uint64) {
	g.distant.take(r, sequence, sent)
	g.farExpected.Store(max(g.farExpected.Load(), g.distant.expected))
	g.farGone.Store(max(0, g.distant.gone))
}

// observe is the survey's look at one leg.
func (l *Leg) observe(now time.Time) {
	g := &l.gauge
	if !g.agreed.Load() || l.closed.Load() || l.hear == nil {
		return
	}
	if g.oneWay.Observe(l.flow(now)) && !l.closed.Load() {
		l.hear(OneWay{Leg: l.name, Here: g.oneWay.Here(), There: g.oneWay.There()})
	}
	if present := l.way(); present != g.way && !l.closed.Load() {
		g.way = present
		l.hear(Sampled{Leg: l.name, Path: l.lasting()})
	}
	if g.surveys++; g.surveys < perSample {
		return
	}
	g.surveys = 0
	s := l.sample(now)
	if s.Here.Packets+s.There.Packets > 0 && !l.closed.Load() {
		l.hear(s)
	}
}

func (l *Leg) flow(now time.Time) quality.Flow {
	g, c := &l.gauge, &l.counted
	return quality.Flow{
		At: now.Sub(l.engine.start), Sending: g.sending.Load(), Receiving: g.receiving.Load(), Paused: g.paused.Load(),
		Sent: c.packetsOut.Load(), Received: c.packetsIn.Load(), Sounding: g.sounding.Load(),
		Reports: g.reports.Load(), Reached: g.reached.Load(),
	}
}

// sample closes a period in both directions.
func (l *Leg) sample(now time.Time) Sampled {
	g, c := &l.gauge, &l.counted
	name := Codec(g.codec.Load()).String()
	trip, lost := time.Duration(c.roundTrip.Load()), c.lost.Load()
	g.expected = max(g.expected, c.packetsIn.Load()+lost)
	g.here.Direction, g.there.Direction = quality.From, quality.To
	return Sampled{
		Leg: l.name,
		Here: g.here.Sample(now, quality.Counters{
			Codec: name, Expected: g.expected, Lost: lost, Discarded: g.late.Load(), RoundTrip: trip,
			Jitter: time.Duration(c.jitter.Load()), Buffer: time.Duration(c.delay.Load()),
		}),
		There: g.there.Sample(now, quality.Counters{
			Codec: name, Expected: uint64(g.farExpected.Load()), Lost: uint64(g.farGone.Load()), RoundTrip: trip,
			Jitter: time.Duration(c.farJitter.Load()), Discarded: g.farLate.Load(), Buffer: time.Duration(g.farBuffer.Load()),
		}),
		Path: l.lasting(),
	}
}

// way is what a path is told from, so far as it changes when the path does; that of a mix also changes with its voices.
type way struct {
	hearing    hearing
	mine, from *chart
}

func (l *Leg) way() way {
	l.engine.mu.Lock()
	w := way{hearing: l.hearing}
	l.engine.mu.Unlock()
	w.mine = l.charted.Load()
	if w.hearing.from != nil {
		w.from = w.hearing.from.charted.Load()
	}
	return w
}

// lasting is the path without what changes from one moment to the next although the way stays.
func (l *Leg) lasting() string { return moment.ReplaceAllString(l.Path(), "jitter buffer") }

// moment is what changes in a path all the time.
var moment = regexp.MustCompile(`jitter \d+ ms`)
