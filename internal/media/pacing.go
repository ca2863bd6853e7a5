package media

import "time"

const (
	maxWakes  = 2500 // a second; where packets wake more often than that, the worker looks by the clock
	trialTime = int64(2 * time.Second)

	shortTick  = int64(850 * time.Microsecond) // of which 20 ms is no multiple, so that no stream is always the one that waits
	middleTick = int64(1900 * time.Microsecond)
	longTick   = int64(5 * time.Millisecond)

	middlePackets = 30_000 // a second, from which the middle tick is for
	longPackets   = 80_000
)

// pacing decides what a worker looks at its sockets on: each packet, or a tick. Measured, to be woken by a packet costs as
// much as to carry one and a half, by a clock three. So it pays to let packets gather, except where they come in bunches,
// as from a carrier's gateway, or while the worker is at it: there they gather by themselves.
type pacing struct {
	tick    int64 // 0 while each packet wakes
	since   int64 // when the counts below began
	rounds  int
	packets int
	busy    int64 // time spent in rounds
	trial   int64 // when waking for each packet is tried again
}

// ran counts a round.
func (p *pacing) ran(took int64) {
	p.rounds++
	p.busy += took
}

// choose decides anew when it has counted for long enough, and reports the share of time, in thousandths, that the
// rounds took; ok is false before.
func (p *pacing) choose(now int64) (share int32, ok bool) {
	length := now - p.since
	if length < houseTime {
		return 0, false
	}
	rounds, packets := int64(p.rounds)*int64(time.Second)/length, int64(p.packets)*int64(time.Second)/length
	switch {
	case p.tick == 0 && rounds > maxWakes:
		p.tick, p.trial = tickFor(packets), now+trialTime
	case p.tick > 0 && (now >= p.trial || packets < maxWakes):
		p.tick = 0
	case p.tick > 0:
		p.tick = tickFor(packets)
	}
	share = int32(p.busy * 1000 / length)
	p.since, p.rounds, p.packets, p.busy = now, 0, 0, 0
	return share, true
}

func tickFor(packets int64) int64 {
	switch {
	case packets >= longPackets:
		return longTick
	case packets >= middlePackets:
		return middleTick
	default:
		return shortTick
	}
}
