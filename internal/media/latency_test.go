package media

import (
	"slices"
	"testing"
	"time"

	"parley/internal/id"
)

// TestConferenceIsQuick has one of ten click, at every phase of the room's clock, and measures when the others hear it.
func TestConferenceIsQuick(t *testing.T) {
	c := newChoir(t, PCMU, PCMU, PCMU, PCMU, PCMU, PCMU, PCMU, PCMU, PCMU, PCMU)
	c.arrange(ten...)
	var took []time.Duration
	for phase := range 20 {
		for _, s := range c.singers {
			s.gain = 0
		}
		took = append(took, c.click("a", "b", time.Duration(phase)*time.Millisecond)...)
	}
	slices.Sort(took)
	median, last := took[len(took)/2], took[len(took)*99/100]
	t.Logf("%d clicks, sound to sound inside: median %v, 99 %% %v", len(took), median, last)
	if median > 14*time.Millisecond || last > 26*time.Millisecond {
		t.Errorf("median %v and 99 %% %v, want 14 and 26 ms", median, last)
	}
}

// click has one leg send packets with a click now and then, so long after the room's tick, and is how long after a
// packet with a click came the one went that carries it to another leg.
func (c *choir) click(from, to id.Leg, phase time.Duration) (took []time.Duration) {
	loud, quiet := sine(1000, frameTime), make([]int16, 160)
	s := c.singers[from]
	start, clicked := c.w.now-c.w.now%int64(frameTime)+int64(phase)+int64(frameTime), int64(0)
	for i := 0; i < 60; {
		if c.w.now >= start+int64(i)*int64(frameTime) {
			pcm := quiet
			if i >= 20 && i%5 == 0 {
				pcm, clicked = loud, c.w.now
			}
			h := header{ssrc: 1, sequence: s.sent, timestamp: uint32(s.sent) * 160}
			s.sent++
			c.w.arrive(s.leg, rtpPacket(h, Compress(PCMU, nil, pcm)), loopbackAt(1))
			i++
		}
		if c.w.now >= c.w.due {
			c.w.sendDue()
		}
		for _, p := range sentTo(c.singers[to].leg) {
			if clicked > 0 && (Ear{}).Level(Expand(PCMU, nil, p.payload)) > 0.01 {
				took = append(took, time.Duration(c.w.now-clicked))
				clicked = 0
			}
		}
		c.w.now += int64(time.Millisecond)
	}
	return took
}
