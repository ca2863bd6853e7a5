package routing_test

import (
	"fmt"
	"strings"
	"testing"

	"parley/internal/dest"
	"parley/internal/id"
	"parley/internal/routing"
	"parley/internal/treatment"
)

// TestPlaceInQueue: the place that a trial tells counts the priority and the age that the way gives (BX-2, BX-9).
func TestPlaceInQueue(t *testing.T) {
	for _, c := range []struct {
		name     string
		priority int // 0: the queue's, which is 5
		age      int
		waits    []int
		want     int
	}{
		{"as everybody", 0, 0, nil, 4},
		{"the queue's own priority said", 5, 0, nil, 4},
		{"served first", 1, 0, []int{500, 400, 300}, 1},
		{"served last, though of age", 9, 1000, nil, 4},
		{"younger than everybody", 0, -60, nil, 4},
		{"older than those who have just come", 0, 60, nil, 1},
		{"between those who have waited", 0, 60, []int{90, 60, 59}, 3},
		{"more waits than callers", 0, 60, []int{90, 90, 90, 90, 90}, 4},
	} {
		t.Run(c.name, func(t *testing.T) {
			p := company(t)
			n := p.Numbers["+3225550100"]
			n.Destination, n.Precedence = to(dest.Queue, "sales"), treatment.Precedence{Priority: c.priority, AgeSeconds: c.age}
			p.Numbers["+3225550100"] = n
			q := p.Queues["sales"]
			q.Priority, q.Schedule, q.MaxWaiting = 5, "", 0
			p.Queues["sales"] = q
			account := p.Simulate(routing.Trial{
				To: "+3225550100", At: at(t, p, workingHour),
				Queues: map[id.Queue]routing.QueueState{"sales": {Waiting: 3, Waits: c.waits, Online: 2, Available: 1}},
			})
			words := fmt.Sprint(account.Scenes)
			if want := fmt.Sprintf("at place %d;", c.want); !strings.Contains(words, want) {
				t.Errorf("want %q in %s", want, words)
			}
		})
	}
}
