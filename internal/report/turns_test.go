package report

import (
	"reflect"
	"testing"
	"time"

	"parley/internal/call"
	"parley/internal/id"
)

// TestCountTurns finds in records whom a queue has given its calls to since midnight.
func TestCountTurns(t *testing.T) {
	at := func(minutes int) time.Time { return epoch.Add(time.Duration(minutes) * time.Minute) }
	offer := func(agent id.Agent, sent int, result call.RingResult) Offer {
		return Offer{Agent: agent, SentAt: at(sent), EndedAt: at(sent + 1), Result: result}
	}
	direct := offer("ann", 50, call.RingAnswered)
	direct.Direct = true
	records := []*Record{
		{ // from sales to support
			Queues: []QueueVisit{{Queue: "sales", EnteredAt: at(10)}, {Queue: "support", EnteredAt: at(20)}},
			Offers: []Offer{offer("ann", 11, call.RingMissed), offer("bob", 13, call.RingAnswered), offer("ann", 21, call.RingAnswered), direct},
		},
		{Queues: []QueueVisit{{Queue: "sales", EnteredAt: at(2)}}, Offers: []Offer{offer("bob", 3, call.RingAnswered)}},
		{Queues: []QueueVisit{{Queue: "sales", EnteredAt: at(-9)}}, Offers: []Offer{offer("ann", -8, call.RingAnswered), offer("cem", -1, call.RingAnswered)}},
		{Callback: &CallbackAttempt{Queue: "sales"}, Offers: []Offer{offer("cem", 30, call.RingAnswered)}},
		{Queues: []QueueVisit{{Queue: "sales", EnteredAt: at(60)}}, Offers: []Offer{offer("dan", 61, call.RingAnswered)}}, // after the end
	}
	all := map[id.Queue]Turns{}
	for _, r := range records {
		CountTurns(all, r, Span{From: at(0), To: at(60)})
	}
	want := map[id.Queue]Turns{
		"sales":   {Answered: map[id.Agent]int{"bob": 2, "cem": 2}, Last: "cem", LastAt: at(30)},
		"support": {Answered: map[id.Agent]int{"ann": 1}, Last: "ann", LastAt: at(21)},
	}
	if !reflect.DeepEqual(all, want) {
		t.Errorf("got  %+v\nwant %+v", all, want)
	}
}
