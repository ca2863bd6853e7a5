package lab

import (
	"slices"
	"strings"
	"testing"

	"parley/internal/carrier"
)

// light is a key of a phone that has subscribed to a name.
type light struct {
	phone *keyPhone
	name  string
	id    string
}

// watches subscribes to the light of a name (RFC 4235).
func (p *keyPhone) watches(name string) *light {
	p.t.Helper()
	c := p.call("sip:"+name+"@"+p.w.SIP, name)
	if got := c.asks("SUBSCRIBE", "", "Event: dialog", "Expires: 600"); code(got) != 200 {
		p.t.Fatalf("%s cannot be watched: %s", name, got)
	}
	return &light{phone: p, name: name, id: c.id}
}

func (l *light) shown() []string {
	l.phone.mu.Lock()
	defer l.phone.mu.Unlock()
	return slices.Compact(slices.Clone(l.phone.glows[l.id]))
}

// went waits until the light has gone through these states and no others.
func (l *light) went(states string) {
	l.phone.t.Helper()
	Eventually(l.phone.t, l.name+" went "+states, func() bool { return strings.Join(l.shown(), " ") == states })
}

// TestBusyLamps: keys of Bob's desk phone show that Ann is rung, talks and is free again, that a call is parked and taken, and that she is
// not to be disturbed (BX-27, BX-32).
func TestBusyLamps(t *testing.T) {
	t.Parallel()
	w := Start(t, Setup{})
	n := network(t, carrier.Config{})
	ann := atWork(t, w, w.Person("agent", 0), agentVoice)
	phone := plugIn(t, w, w.Person("agent", 1), nil)
	busy, slot, quiet := phone.watches(ann.User.Extension), phone.watches("701"), phone.watches("*78"+ann.User.Extension)
	busy.went("terminated")
	slot.went("terminated")
	quiet.went("terminated")
	if got := phone.call("sip:999@"+w.SIP, "999").asks("SUBSCRIBE", "", "Event: dialog"); code(got) != 404 {
		t.Errorf("a light that does not exist: %s", got)
	}
	k := caller(t, n, w, sales, "+32470111222", callerVoice)
	ring := ann.rung()
	busy.went("terminated early")
	ann.answer(ring)
	busy.went("terminated early confirmed")
	ann.park(ring.Call)
	busy.went("terminated early confirmed terminated")
	slot.went("terminated confirmed")
	ann.Must("POST", "/parked/701/take", nil, nil)
	slot.went("terminated confirmed terminated")
	busy.went("terminated early confirmed terminated confirmed")
	ann.do(ring.Call, "hangup")
	ended(t, k)
	busy.went("terminated early confirmed terminated confirmed terminated")
	ann.Must("PUT", "/presence", map[string]any{"presence": "available", "do_not_disturb": "on"}, nil)
	quiet.went("terminated confirmed")
}
