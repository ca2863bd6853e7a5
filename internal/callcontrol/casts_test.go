package callcontrol_test

import (
	"fmt"
	"log/slog"
	"net/netip"
	"slices"
	"testing"

	"parley/internal/call"
	"parley/internal/callcontrol"
	"parley/internal/id"
	"parley/internal/sip"
	"parley/internal/tel"
)

// TestCasts: one page at a time goes to a group, and the next one when that has ended; one that cannot be sent ends at once, with the reason, and of a leg that
// is none of them nothing is ended (BX-28).
func TestCasts(t *testing.T) {
	var told []string
	k := &callcontrol.Casts{
		Engine: newHall(t, t.TempDir()).engine, Log: slog.New(slog.DiscardHandler),
		Happened: func(leg id.Leg, what sip.Progress) { told = append(told, fmt.Sprintf("%s %T%v", leg, what, what)) },
	}
	send := func(leg id.Leg, group string) {
		k.Open(call.SendMulticast{Leg: leg, Name: "Yard", Multicast: call.Multicast{Group: netip.MustParseAddrPort(group), Codec: "PCMA", TTL: 1}})
	}
	send("a", "239.255.73.1:20000")
	send("b", "239.255.73.1:20000")
	send("c", "239.255.73.1:20002")
	send("d", "192.0.2.1:20000")
	if k.Close("b", tel.CauseNormal) || k.Close("d", tel.CauseNormal) || !k.Close("a", tel.CauseNormal) || k.Close("a", tel.CauseNormal) {
		t.Error("other legs are ended than those that send")
	}
	send("e", "239.255.73.1:20000")
	busy := sip.Ended{Cause: tel.CauseBusy, Reason: "somebody speaks to the telephones of Yard now: try again in a minute"}
	failed := sip.Ended{Cause: tel.CauseTemporaryFailure, Reason: "the system could not speak to the telephones of Yard"}
	want := []string{
		"a sip.Answered{}", fmt.Sprintf("b sip.Ended%v", busy), "c sip.Answered{}", fmt.Sprintf("d sip.Ended%v", failed),
		fmt.Sprintf("a sip.Ended%v", sip.Ended{Cause: tel.CauseNormal}), "e sip.Answered{}",
	}
	if !slices.Equal(told, want) {
		t.Errorf("told\n%q\nwant\n%q", told, want)
	}
}
