package media

import (
	"testing"
	"time"
)

func TestPacing(t *testing.T) {
	for _, c := range []struct {
		name            string
		rounds, packets int // a second
		want            int64
	}{
		{"silence", 3, 0, 0},
		{"one call", 100, 100, 0},
		{"fifty calls of a gateway, in bunches", 630, 5100, 0},
		{"fifty calls of as many phones", 5100, 5100, shortTick},
		{"a hundred calls of as many phones", 8000, 10000, middleTick},
		{"four hundred calls", 9000, 40000, middleTick},
		{"a thousand calls", 9000, 100000, longTick},
	} {
		t.Run(c.name, func(t *testing.T) {
			var p pacing
			for at := int64(0); at < houseTime; at += houseTime / 10 {
				if _, ok := p.choose(at); ok {
					t.Fatal("chose before it had counted for long")
				}
				for range c.rounds / 100 {
					p.ran(houseTime / 10 / int64(c.rounds/100) / 4)
				}
				p.packets += c.packets / 100
				p.urgent++
			}
			p.rounds = c.rounds / 10
			share, ok := p.choose(houseTime)
			if !ok || p.tick != c.want || c.rounds >= 100 && (share < 240 || share > 250) {
				t.Errorf("tick %v at %d thousandths of the time, want %v at 250", time.Duration(p.tick), share, time.Duration(c.want))
			}
		})
	}
}

func TestPacingTriesEachPacketAgain(t *testing.T) {
	p := pacing{}
	now := int64(0)
	count := func(rounds, packets int) int64 {
		now += houseTime
		p.rounds, p.packets, p.urgent = rounds, packets, packets
		p.choose(now)
		return p.tick
	}
	if count(500, 500) != shortTick || count(118, 500) != shortTick {
		t.Error("many wake-ups do not bring a tick that stays")
	}
	for range trialTime/houseTime - 1 {
		count(118, 500)
	}
	if p.tick != 0 {
		t.Error("after a while it is not tried whether packets come in bunches")
	}
	if count(500, 500) != shortTick || count(118, 10) != 0 {
		t.Error("a tick is kept although little comes")
	}
}

func TestPacketsThatWaitForAFrameAnywayBringALongTick(t *testing.T) {
	p := pacing{rounds: 80, packets: 80}
	if p.choose(houseTime); p.tick != deskTick {
		t.Errorf("packets that nobody is sent at once are looked at each %v", time.Duration(p.tick))
	}
	p.rounds, p.packets, p.urgent = 40, 60, 10
	if p.choose(2 * houseTime); p.tick != 0 {
		t.Errorf("where some are sent on, all are looked at each %v", time.Duration(p.tick))
	}
}

func TestFirstWorkerIsFilledFirst(t *testing.T) {
	e := &Engine{full: fullShare, workers: []*worker{{}, {}}}
	first, second := e.workers[0], e.workers[1]
	if e.roomiest() != first {
		t.Error("an idle engine begins with another worker")
	}
	first.share.Store(fullShare - 10)
	second.share.Store(50)
	if e.roomiest() != first {
		t.Error("a worker with room is passed over")
	}
	first.fresh.Store(10 / legShare)
	if e.roomiest() != second {
		t.Error("legs that came just now are not counted")
	}
	second.share.Store(900)
	if e.roomiest() != first {
		t.Error("where none has room, the one with most is not taken")
	}
}
