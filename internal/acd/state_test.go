package acd

import (
	"encoding/json"
	"errors"
	"fmt"
	"testing"
	"time"

	"parley/internal/id"
)

func TestBrokenStatesAreRefused(t *testing.T) {
	for name, text := range map[string]string{
		"no JSON":               `{`,
		"offer to nobody":       `{"calls":[{"call":"c1","queue":"q","offers":[{"offer":"c1.o1","agent":"ann"}]}]}`,
		"offer of another call": `{"agents":[{"id":"ann","place":{"call":"c1","offer":"c1.o1"}}]}`,
		"offer without a place": `{"agents":[{"id":"ann"}],"calls":[{"call":"c1","offers":[{"offer":"c1.o1","agent":"ann"}]}]}`,
		"steps not understood":  `{"calls":[{"call":"c1","queue":"q","steps":[{"skills":"french AND"}]}]}`,
	} {
		if err := json.Unmarshal([]byte(text), New()); err == nil {
			t.Errorf("%s: taken", name)
		}
	}
}

// A rebuilt ACD names its offers unlike those before, or a late result would end the wrong one.
func TestOffersAreNamedAnewAfterARebuild(t *testing.T) {
	seen := map[id.Offer]bool{}
	for life := range 3 {
		d, now := New(), time.UnixMilli(0).Add(time.Duration(life)*time.Minute)
		for _, s := range []Signal{
			Configure{Queues: []Queue{{ID: "q", Members: []id.Agent{"ann"}}}, Agents: []Agent{{ID: "ann", DefaultStatus: Available}}},
			DeviceUp{Agent: "ann"},
			Enqueue{Call: "c1", Queue: "q"},
		} {
			out, err := d.Handle(now, s)
			if err != nil {
				t.Fatal(err)
			}
			for _, a := range out.Actions {
				if o, is := a.(Offer); is && seen[o.Offer] {
					t.Errorf("offer %s twice", o.Offer)
				} else if is {
					seen[o.Offer] = true
				}
			}
		}
	}
	if len(seen) != 3 {
		t.Errorf("%d offers", len(seen))
	}
}

// In a very large queue the members whose reason surprises are listed; those who are simply away are counted.
func TestSkippedMembersAreCapped(t *testing.T) {
	d, now := New(), time.UnixMilli(0)
	c := Configure{Queues: []Queue{{ID: "q", Members: []id.Agent{"ann"}}}, Agents: []Agent{{ID: "ann", DefaultStatus: Available}}}
	for n := range 500 {
		a := id.Agent(fmt.Sprint("away", n))
		c.Queues[0].Members = append(c.Queues[0].Members, a)
		c.Agents = append(c.Agents, Agent{ID: a})
	}
	c.Queues[0].Members = append(c.Queues[0].Members, "asleep")
	c.Agents = append(c.Agents, Agent{ID: "asleep", DefaultStatus: Available})
	var out Outcome
	for _, s := range []Signal{c, DeviceUp{Agent: "ann"}, DeviceUp{Agent: "asleep"}, DeviceAsleep{Agent: "asleep"}, Enqueue{Call: "c1", Queue: "q"}} {
		var err error
		if out, err = d.Handle(now, s); err != nil {
			t.Fatal(err)
		}
	}
	o := out.Actions[0].(Offer)
	if len(o.Skipped) != maxSkips || o.SkippedMore != 501-maxSkips || o.Skipped[0] != (Skip{Agent: "asleep", Why: WhyAsleep}) {
		t.Errorf("%d listed, %d more, first %v", len(o.Skipped), o.SkippedMore, o.Skipped[0])
	}
}

func TestRefusalsNameTheirKind(t *testing.T) {
	d := New()
	if d.Ended() {
		t.Error("the ACD ended")
	}
	for _, c := range []struct {
		in   Signal
		want error
	}{
		{nil, ErrInvalid},
		{DeviceUp{Agent: "nobody"}, ErrUnknown},
		{Enqueue{Call: "c1", Queue: "nowhere"}, ErrUnknown},
		{Leave{Call: "c1"}, ErrInvalid},
		{Reserve{Call: "c1", Agent: "ann", Purpose: "tea"}, ErrInvalid},
		{OfferEnded{Call: "c1", Offer: "c1.o1", Result: "tea"}, ErrInvalid},
		{Configure{Queues: []Queue{{}}}, ErrInvalid},
		{Configure{Agents: []Agent{{}}}, ErrInvalid},
	} {
		if _, err := d.Handle(time.UnixMilli(0), c.in); !errors.Is(err, c.want) {
			t.Errorf("%T: %v, want %v", c.in, err, c.want)
		}
	}
}

// A timer that comes early, because the clock was set back, is set again for what is left.
func TestEarlyTimersAreSetAgain(t *testing.T) {
	d, now := New(), time.UnixMilli(0)
	for _, s := range []Signal{
		Configure{
			Queues: []Queue{{ID: "q", Members: []id.Agent{"ann"}, WrapUpSeconds: 30}},
			Agents: []Agent{{ID: "ann", DefaultStatus: Available}},
		},
		DeviceUp{Agent: "ann"}, Occupy{Call: "c1", Agent: "ann", Queue: "q"}, Release{Call: "c1", Agent: "ann"},
	} {
		if _, err := d.Handle(now, s); err != nil {
			t.Fatal(err)
		}
	}
	out, err := d.Handle(now.Add(20*time.Second), TimeUp{Timer: "wrap/ann"})
	if err != nil || len(out.Events) != 0 || len(out.Actions) != 1 || out.Actions[0] != (SetTimer{Timer: "wrap/ann", After: 10 * time.Second}) {
		t.Errorf("early: %+v, %v", out, err)
	}
	out, err = d.Handle(now.Add(30*time.Second), TimeUp{Timer: "wrap/ann"})
	if err != nil || len(out.Events) != 1 {
		t.Errorf("in time: %+v, %v", out, err)
	}
}
