package sip

import (
	"fmt"
	"syscall"
	"testing"
	"time"

	"parley/internal/id"
	"parley/internal/tel"
)

// BenchmarkCall measures what one call costs with a leg on either side, as a back-to-back user agent has it: INVITE, 180,
// 200, ACK, BYE, 200, twice parsed and twice written. The target is 0.5 ms of CPU.
func BenchmarkCall(b *testing.B) {
	far, near := openHouse(b, withTrunk), openHouse(b)
	far.on(answering)
	before := cpuTime()
	b.ResetTimer()
	for i := range b.N {
		leg := id.Leg(fmt.Sprint("leg", i))
		near.Dial(leg, Target{URI: "sip:1@" + far.at(), From: "2"})
		near.hears(leg, "Answered")
		_ = near.HangUp(leg, tel.CauseNormal)
		near.hears(leg, "Ended")
	}
	b.ReportMetric(float64((cpuTime()-before).Microseconds())/float64(b.N)/1000, "cpu-ms/call")
}

func cpuTime() time.Duration {
	var usage syscall.Rusage
	_ = syscall.Getrusage(syscall.RUSAGE_SELF, &usage)
	return time.Duration(usage.Utime.Nano() + usage.Stime.Nano())
}
