package lab

import "time"

// pace has a packet sent every 20 ms until send says no or stop is closed. As a telephone's own clock does, it makes up for
// ticks that a busy machine leaves out: a sender that falls behind for good is another fault than those that are tested.
func pace(stop <-chan struct{}, send func(n int) bool) {
	tick := time.NewTicker(packetTime)
	defer tick.Stop()
	start := time.Now()
	for n := 0; ; {
		for ; time.Since(start) >= time.Duration(n)*packetTime; n++ {
			if !send(n) {
				return
			}
		}
		select {
		case <-stop:
			return
		case <-tick.C:
		}
	}
}
