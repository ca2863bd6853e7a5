package callcontrol_test

import (
	"context"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"parley/internal/id"
	"parley/internal/media"
	"parley/internal/rtc"
	"parley/internal/sip"
	"parley/internal/station"
)

// TestRepairGoesToTheRightWire breaks the sound of each kind of leg in turn: a trunk's and a desk phone's get a re-INVITE, a
// page is asked to renew; what comes of it is in the timeline.
func TestRepairGoesToTheRightWire(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := withAnn(t)
		h.rings("a")
		if err := h.AskStation(context.Background(), "ann", station.Answer{Offer: "o1", Tab: "tab"}); err != nil {
			t.Fatal(err)
		}
		synctest.Wait()
		which := h.now
		deaf := func(leg id.Leg) media.OneWay { return media.OneWay{Leg: leg, There: true} }
		h.wire("leg-a", sip.Sound{Event: deaf("leg-a")})
		h.mustDo("repair leg-a")
		h.wire("leg-a", sip.Repaired{Code: 200})
		h.wire("leg-a", sip.Sound{Event: media.OneWay{Leg: "leg-a"}})
		h.wire("leg-a", sip.Sound{Event: deaf("leg-a")})
		<-time.After(15 * time.Second)
		if n := h.count("repair leg-a"); n != 2 {
			t.Errorf("%d tries", n)
		}
		h.wire("leg-a", sip.Repaired{Code: 488})
		h.page("ann.b1", rtc.Sound{Event: deaf("ann.b1")})
		h.mustDo("renew ann tab ann.b1")
		h.wire("leg-a", sip.Ended{Cause: 16, ByPeer: true})
		h.finished(which)
		var told []string
		for _, e := range h.l.records[which].Timeline {
			if e.Kind == "repair-began" || e.Kind == "repair-over" {
				told = append(told, e.Kind+" "+string(e.Agent)+e.Text+e.Result)
			}
		}
		want := []string{
			"repair-began 1", "repair-over back", "repair-began 2", "repair-over 488refused", "repair-began ann1", "repair-over anndropped",
		}
		if !slices.Equal(told, want) {
			t.Errorf("told %q", told)
		}
	})
}

func TestRepairOfADeskPhone(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := withAnn(t)
		h.rings("a")
		h.wire("ann.s1", sip.Answered{})
		h.wire("ann.s1", sip.Sound{Event: media.OneWay{Leg: "ann.s1", Here: true}})
		h.mustDo("repair ann.s1")
	})
}
