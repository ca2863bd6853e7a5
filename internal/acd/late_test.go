package acd

import (
	"testing"
	"time"

	"parley/internal/id"
	"parley/internal/skill"
)

// TestLateAnswerThroughAStep: a call whose offer was taken back waits by its step again; the answer that crossed takes it
// out of there, and nobody is offered it any more. The simulator found that somebody was.
func TestLateAnswerThroughAStep(t *testing.T) {
	d, now := New(), time.Unix(0, 0)
	tell := func(s Signal) (offers []Offer) {
		t.Helper()
		now = now.Add(time.Millisecond)
		out, err := d.Handle(now, s)
		if err != nil {
			t.Fatal(err)
		}
		for _, a := range out.Actions {
			if o, is := a.(Offer); is {
				offers = append(offers, o)
			}
		}
		return offers
	}
	french := []skill.Skill{{Name: "french", Level: 3}}
	tell(Configure{
		Queues: []Queue{{ID: "q", RingSeconds: 20, Members: []id.Agent{"ann", "bob"}, Steps: []Step{{Skills: "french"}}}},
		Agents: []Agent{{ID: "ann", DefaultStatus: Available, Skills: french}, {ID: "bob", DefaultStatus: Available, Skills: french}},
	})
	tell(DeviceUp{Agent: "ann"})
	offers := tell(Enqueue{Call: "c", Queue: "q"})
	if len(offers) != 1 {
		t.Fatalf("offered %v", offers)
	}
	tell(TimeUp{Timer: "offer/c/" + string(offers[0].Offer)})
	tell(OfferEnded{Call: "c", Offer: offers[0].Offer, Result: Answered})
	if again := tell(DeviceUp{Agent: "bob"}); len(again) != 0 {
		t.Errorf("bob is offered the call in which ann is: %+v", again)
	}
}
