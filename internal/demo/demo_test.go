package demo

import (
	"errors"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"parley/internal/call"
	"parley/internal/carrier"
	"parley/internal/id"
	"parley/internal/live"
	"parley/internal/media"
	"parley/internal/store"
	"parley/internal/tel"
)

// stage is a demo whose calls reach another carrier in Parley's place.
type stage struct {
	*testing.T
	*Demo
	seeded *Seeded

	mu      sync.Mutex
	arrived []*carrier.Call
}

func openStage(t *testing.T, hub *live.Hub, house carrier.Behaviour) *stage {
	t.Helper()
	s := &stage{T: t}
	db := openStore(t)
	s.seeded = seed(t, db, "x")
	parley := openCarrier(t, carrier.Config{
		First: 28000, Last: 28499,
		Answer: func(string, string) carrier.Behaviour { return house },
		Arrived: func(k *carrier.Call) {
			s.mu.Lock()
			defer s.mu.Unlock()
			s.arrived = append(s.arrived, k)
		},
	})
	box := openCarrier(t, carrier.Config{First: 28500, Last: 28999})
	s.Demo = New(Config{DB: db, Carrier: box, SIP: parley.Addr().String(), Live: hub})
	s.timing = timing{between: time.Millisecond, patience: time.Minute, stay: time.Millisecond, ring: time.Minute}
	t.Cleanup(s.Demo.Close)
	return s
}

func openCarrier(t *testing.T, config carrier.Config) *carrier.Carrier {
	t.Helper()
	c, err := carrier.Open(config)
	check(t, err)
	t.Cleanup(c.Close)
	return c
}

func (s *stage) calls() []*carrier.Call {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.arrived)
}

func (s *stage) until(what string, holds func() bool) {
	s.Helper()
	clock := time.NewTicker(2 * time.Millisecond)
	defer clock.Stop()
	deadline := time.After(10 * time.Second)
	for !holds() {
		select {
		case <-clock.C:
		case <-deadline:
			s.Fatalf("waited in vain for: %s", what)
		}
	}
}

func (s *stage) over(k *carrier.Call) {
	s.Helper()
	s.until("the end of a call", func() bool { return k.State() == carrier.Ended })
}

func (s *stage) agent(email string) id.Agent {
	s.Helper()
	user, _, err := s.DB.FindUser(s.Context(), email)
	check(s.T, err)
	agent, err := s.DB.AgentOf(store.WithOrg(s.Context(), s.seeded.Org), user)
	check(s.T, err)
	return agent.ID
}

// briefSpeeches gives every voice a short tone.
func (s *stage) briefSpeeches() {
	s.Demo.mu.Lock()
	defer s.Demo.mu.Unlock()
	for _, c := range append([]caller{friend}, callers...) {
		s.voices[c.speech] = media.NewSound(slices.Repeat([]int16{8000, 8000, -8000, -8000}, 500))
	}
}

func refused(t *testing.T, err error, words string) {
	t.Helper()
	if !errors.Is(err, call.ErrNotNow) || !strings.Contains(err.Error(), words) {
		t.Errorf("refused with %v, not with %q", err, words)
	}
}

func TestRingMe(t *testing.T) {
	s := openStage(t, nil, carrier.Behaviour{RingFor: carrier.Forever, Listen: true})
	ann := s.agent("ann@demo.parley")
	check(t, s.RingMe(t.Context(), s.seeded.Org, ann))
	k := s.calls()[0]
	if k.Called() != "+12025550112" || k.Caller() != string(friend.number) {
		t.Errorf("%s called %s", k.Caller(), k.Called())
	}
	refused(t, s.RingMe(t.Context(), s.seeded.Org, ann), "still there")
	check(t, s.RingMe(t.Context(), s.seeded.Org, s.agent("bob@demo.parley")))
	check(t, k.Answer())
	err := k.Listen(t.Context(), 100*time.Millisecond, func(pcm []int16) bool { return media.Ear{}.Level(pcm) > 0.01 })
	check(t, err)
	k.HangUp()
	s.until("the next call", func() bool { return s.RingMe(t.Context(), s.seeded.Org, ann) == nil })
}

func TestRingMeSaysWhyNot(t *testing.T) {
	tests := []struct {
		name  string
		house carrier.Behaviour
		words string
	}{
		{"not started", carrier.Behaviour{Refuse: tel.CauseNoAnswer}, "press Start, set"},
		{"in a call", carrier.Behaviour{Refuse: tel.CauseBusy}, "in a call"},
		{"number unknown", carrier.Behaviour{Refuse: tel.CauseUnallocated}, "could not be rung, the number does not exist"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			s := openStage(t, nil, test.house)
			refused(t, s.RingMe(t.Context(), s.seeded.Org, s.agent("ann@demo.parley")), test.words)
			refused(t, s.RingMe(t.Context(), s.seeded.Org, "nobody"), "no number of your own")
		})
	}
}

func TestCallersSpreadOverQueues(t *testing.T) {
	s := openStage(t, nil, carrier.Behaviour{RingFor: carrier.Forever})
	check(t, s.Callers(t.Context(), s.seeded.Org, 12))
	s.until("twelve calls", func() bool { return len(s.calls()) == 12 })
	queues, from := map[string]int{}, map[string]bool{}
	for _, k := range s.calls() {
		queues[k.Called()]++
		from[k.Caller()] = true
	}
	if queues[string(NumberSales)] != 6 || queues[string(NumberSupport)] != 6 || len(from) != 12 {
		t.Errorf("%d people called %v", len(from), queues)
	}
	refused(t, s.Callers(t.Context(), s.seeded.Org, 9), "only 8 more")
	refused(t, s.Callers(t.Context(), s.seeded.Org, 21), "1 to 20")
	s.calls()[0].HangUp()
	s.until("room for nine", func() bool { return s.Callers(t.Context(), s.seeded.Org, 9) == nil })
}

func TestCallerSpeaksToTheAgentAndHangsUp(t *testing.T) {
	hub := live.New()
	s := openStage(t, hub, carrier.Behaviour{Listen: true})
	s.briefSpeeches()
	ann := s.agent("ann@demo.parley")
	hub.Configure(s.seeded.Org, live.Site{Agents: []live.SiteAgent{{ID: ann, Name: "Ann Archer"}}})
	check(t, s.Callers(t.Context(), s.seeded.Org, 1))
	s.until("the call", func() bool { return len(s.calls()) == 1 && s.calls()[0].State() == carrier.Talking })
	k := s.calls()[0]
	check(t, k.Listen(t.Context(), 300*time.Millisecond, func([]int16) bool { return k.Stats().PacketsIn > 20 }))
	if level := (media.Ear{}).Level(k.Heard(300 * time.Millisecond)); level > 0.001 {
		t.Errorf("the caller speaks to the queue, at %.3f", level)
	}
	hub.CallChanged(time.Now(), call.Call{
		ID: "call", Org: s.seeded.Org, Direction: call.Inbound, Stage: call.Active, From: tel.Number(k.Caller()),
		Parties: []call.Party{{Kind: call.Customer, State: call.Joined}, {Kind: call.Agent, Agent: ann, State: call.Joined}},
	}, nil)
	check(t, k.Listen(t.Context(), 100*time.Millisecond, func(pcm []int16) bool { return media.Ear{}.Level(pcm) > 0.1 }))
	s.over(k)
	if end, _ := k.End(); !end.ByPeer {
		t.Errorf("the caller did not hang up: %+v", end)
	}
}

func TestCallerLosesPatience(t *testing.T) {
	s := openStage(t, live.New(), carrier.Behaviour{})
	s.timing.patience = 50 * time.Millisecond
	check(t, s.Callers(t.Context(), s.seeded.Org, 1))
	s.until("the call", func() bool { return len(s.calls()) == 1 })
	s.over(s.calls()[0])
	s.until("the caller to be free again", func() bool {
		s.Demo.mu.Lock()
		defer s.Demo.mu.Unlock()
		return len(s.visits) == 0
	})
}

func TestCloseSendsCallersAway(t *testing.T) {
	s := openStage(t, live.New(), carrier.Behaviour{})
	check(t, s.Callers(t.Context(), s.seeded.Org, 3))
	s.until("three calls", func() bool { return len(s.calls()) == 3 })
	s.Demo.Close()
	for _, k := range s.calls() {
		s.over(k)
	}
}

func TestCastIsReserved(t *testing.T) {
	seen := map[tel.Number]bool{NumberSales: true, NumberSupport: true}
	numbers := []tel.Number{friend.number}
	for _, p := range people {
		numbers = append(numbers, p.direct)
	}
	for _, c := range callers {
		numbers = append(numbers, c.number)
	}
	for _, n := range numbers {
		if seen[n] || !strings.HasPrefix(string(n), "+120255501") || len(n) != 12 {
			t.Errorf("%s is used twice or could be somebody's", n)
		}
		seen[n] = true
	}
}
