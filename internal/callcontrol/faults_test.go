package callcontrol_test

import (
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"parley/internal/acd"
	"parley/internal/call"
	"parley/internal/id"
	"parley/internal/owner"
	"parley/internal/station"
)

// fault is a mistake planted around the exchange.
type fault struct {
	hear   func(to owner.Address, signal any) []any // what the exchange delivers
	toCall func(signal any) []any                   // what the ACD tells calls
	deaf   func(asked bool) bool                    // the end of a leg is not told
	keep   func(leg id.Leg) bool                    // a leg is not ended
	run    bool                                     // recordings do not stop
	forget bool                                     // the journal keeps what has ended
	stale  bool                                     // the journal keeps what was first
	loops  bool                                     // the plan counts no destinations
	mute   bool                                     // hold audio is not played
}

// lose delivers all but signals of one kind.
func lose[S any](when func(S) bool) func(owner.Address, any) []any {
	return alter(func(s S) []any {
		if when == nil || when(s) {
			return nil
		}
		return []any{s}
	})
}

// alter delivers something else in place of signals of one kind.
func alter[S any](instead func(S) []any) func(owner.Address, any) []any {
	return func(_ owner.Address, signal any) []any {
		if s, is := signal.(S); is {
			return instead(s)
		}
		return []any{signal}
	}
}

func loseOfACD[S any]() func(any) []any {
	hear := lose[S](nil)
	return func(signal any) []any { return hear("", signal) }
}

// faults are mistakes that the wiring could have.
var faults = map[string]fault{
	"a station does not hear Leave":             {hear: lose[station.Leave](nil)},
	"a missed offer has no result":              {hear: lose(func(s acd.OfferEnded) bool { return s.Result != acd.Answered })},
	"an answered offer has no result":           {hear: lose[acd.OfferEnded](nil)},
	"an agent's place is never given back":      {hear: lose[acd.Release](nil)},
	"a caller who left is kept in the queue":    {hear: lose[acd.Leave](nil)},
	"a caller never gets into the queue":        {hear: lose[acd.Enqueue](nil)},
	"a ring without a result":                   {hear: lose[call.RingEnded](nil)},
	"a reload that the call does not hear of":   {hear: lose[call.Moved](nil)},
	"a line that the call does not hear of":     {hear: lose[call.Taken](nil)},
	"the call does not hear that an agent left": {hear: lose[call.AgentLost](nil)},
	"a hang-up that nobody hears":               {hear: lose(func(s call.LegEnded) bool { return s.ByPeer })},
	"a ring that does not reach the station":    {hear: lose[station.Ring](nil)},
	"a desk phone's end is not told":            {hear: lose[station.LegEnded](nil)},
	"the ACD does not hear of devices":          {hear: lose[acd.DeviceAsleep](nil)},
	"an offer gets lost":                        {toCall: loseOfACD[call.Offered]()},
	"a place that was granted gets lost":        {toCall: loseOfACD[call.Granted]()},
	"an offer taken back gets lost": {toCall: loseOfACD[call.Revoked](), hear: alter(func(s station.Ring) []any {
		s.Seconds += 60
		return []any{s}
	})},
	"a miss is told as an answer": {hear: alter(func(s call.RingEnded) []any {
		if s.Result != call.RingAnswered {
			s.Result, s.Leg, s.Device = call.RingAnswered, id.Leg(s.Agent)+".b1", string(station.Browser)
		}
		return []any{s}
	})},
	"legs are not ended":                 {keep: func(leg id.Leg) bool { return strings.HasPrefix(string(leg), "in") }},
	"the end of a leg is not told":       {deaf: func(asked bool) bool { return !asked }},
	"recordings do not stop":             {run: true},
	"the journal keeps calls that ended": {forget: true},
	"the journal keeps an old state":     {stale: true},
	"the end of a prompt is not told":    {hear: lose[call.PlayEnded](nil)},
	"the plan's answer gets lost":        {hear: lose(func(s call.Routed) bool { return len(s.Hops) > 0 && s.Travel.Hops != 1 })},
	"the plan leads callers in circles":  {loops: true},
	"hold audio is not played":           {mute: true},
	"the exchange forgets no desk phone": {hear: alter(func(s station.LegEnded) []any { s.Leg += "?"; return []any{s} })},
}

// TestPlantedFaults shows that the promises which TestChaos checks catch each of these mistakes. The rarest shows in one seed of three, and not always
// in the same.
func TestPlantedFaults(t *testing.T) {
	s := size{calls: 40, agents: 5, lasts: 10 * time.Minute}
	for name, f := range faults {
		t.Run(name, func(t *testing.T) {
			for seed := range uint64(60) {
				var caught error
				synctest.Test(t, func(*testing.T) { caught = newWorld(seed, s, f).run(s) })
				if caught != nil {
					t.Logf("caught in seed %d: %.200s", seed, caught)
					return
				}
			}
			t.Error("not caught")
		})
	}
}
