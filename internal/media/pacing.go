package media

import "time"

const (
	trialTime = int64(2 * time.Second)

	shortTick  = int64(700 * time.Microsecond) // of which 20 ms is no multiple, so that no stream is always the one that waits
	middleTick = int64(1900 * time.Microsecond)
	longTick   = int64(5 * time.Millisecond)
	deskTick   = tick / 2 // where packets wait for the next frame of a desk

	middlePackets = 8_000 // a second, from which the middle tick is for
	longPackets   = 80_000
	fewPackets    = 100 // a second, which are worth no tick at all
)

// pacing decides what a worker looks at its sockets on: each packet, or a tick. To be woken costs as much as to carry two
// to four packets, whether a packet does it or a clock. So a tick pays where packets would wake more often than it does,
// and does not where they come in bunches, as from a carrier's gateway, or while the worker is at it.
type pacing struct {
	tick    int64 // 0 while each packet wakes
	fixed   int64 // the tick whenever packets come, of an engine with a time of its own; 0 for none
	since   int64 // when the counts below began
	rounds  int
	packets int
	urgent  int   // of them that hurry
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
	fitting := tickFor(packets)
	if p.urgent == 0 {
		fitting = deskTick
	}
	switch {
	case p.fixed > 0:
		p.tick = 0
		if packets >= fewPackets {
			p.tick = p.fixed
		}
	case p.tick == 0 && rounds > wakesOf(fitting):
		p.tick, p.trial = fitting, now+trialTime
	case p.tick > 0 && (now >= p.trial || packets < wakesOf(fitting)):
		p.tick = 0
	case p.tick > 0:
		p.tick = fitting
	}
	share = int32(p.busy * 1000 / length)
	p.since, p.rounds, p.packets, p.urgent, p.busy = now, 0, 0, 0, 0
	return share, true
}

// wakesOf is how many wake-ups a second are too many while a tick could do: a few more than its own, as it costs delay.
func wakesOf(every int64) int64 { return int64(time.Second) / every * 5 / 4 }

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
