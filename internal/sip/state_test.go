package sip

import (
	"encoding/json"
	"sync"
	"testing"

	"parley/internal/id"
	"parley/internal/tel"
)

// TestLegIsKeptOnceSettled: the state of an answered leg comes to the journal when the leg has settled, and not again
// while it stays the same.
func TestLegIsKeptOnceSettled(t *testing.T) {
	var mu sync.Mutex
	kept := map[id.Leg][]LegState{}
	states := func(leg id.Leg) []LegState {
		mu.Lock()
		defer mu.Unlock()
		return kept[leg]
	}
	far := openHouse(t, withTrunk)
	near := openHouse(t, func(_ *house, c *Config) {
		c.Journal = func(leg id.Leg, data []byte) {
			var state LegState
			if err := json.Unmarshal(data, &state); err != nil {
				t.Error(err)
			}
			mu.Lock()
			defer mu.Unlock()
			kept[leg] = append(kept[leg], state)
		}
	})
	far.on(answering)
	near.Dial("leg", Target{URI: "sip:1@" + far.at(), From: "2"})
	waitFor(t, "the state of the leg", func() bool { return len(states("leg")) == 1 })
	if s := states("leg")[0]; s.Phase != string(up) || !s.Caller || s.CallID != far.call(0).CallID || s.Hop != far.at() {
		t.Errorf("kept %+v", s)
	}
	_ = near.SendDigit("leg", "5")
	_ = near.HangUp("leg", tel.CauseNormal)
	near.endsOnce("leg")
	if n := len(states("leg")); n != 1 {
		t.Errorf("kept %d times", n)
	}
}
