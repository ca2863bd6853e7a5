package station

import (
	"fmt"
	"testing"

	"parley/internal/id"
)

// BenchmarkRing measures every decision of a station whose desk phone is rung, answers and is left, with as many offers
// behind it as are remembered.
func BenchmarkRing(b *testing.B) {
	s := New("ann", "acme")
	handle := func(all ...Signal) {
		for _, one := range all {
			if _, err := s.Handle(epoch, one); err != nil {
				b.Fatal(err)
			}
		}
	}
	handle(Configure{Preferred: DeskPhone, Strategy: Sequential, Phone: "p1"}, PhoneRegistered{On: true}, DeskWork{On: true})
	for n := range maxPast {
		offer := id.Offer(fmt.Sprint("019f0000-0000-7000-8000-000000000000.o", n))
		handle(Ring{Call: "c", Offer: offer, Seconds: 20}, Leave{Call: "c", Cause: 16})
	}
	rings := make([]Ring, 1000)
	for n := range rings {
		rings[n] = Ring{Call: "c", Offer: id.Offer(fmt.Sprint("019f0000-0000-7000-8000-000000000000.d", n)), Direct: true, Seconds: 20}
	}
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		handle(rings[i%len(rings)])
		leg := s.Ring.Devices[0].Leg
		handle(LegRinging{Leg: leg}, LegUp{Leg: leg}, Leave{Call: "c", Cause: 16}, LegEnded{Leg: leg, Cause: 16})
	}
}
