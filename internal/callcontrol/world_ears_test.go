package callcontrol_test

import (
	"encoding/json"
	"time"

	"parley/internal/call"
	"parley/internal/id"
)

// ears is what a caller with nobody on the line has heard lately.
type ears struct {
	tag   string
	since time.Time // when this began: a prompt, or silence
}

// The longest silence that a caller of this world hears: a message of fifteen seconds is recorded; and the longest prompt.
const (
	longestSilence = 20 * time.Second
	longestPrompt  = 10 * time.Second
	pageReturns    = 50 * time.Second // or the call hears that its agent is lost (BX-51)
	mostHops       = 3 * 21           // twenty, and twenty again from the fallback on (IV-5), some of them told twice as they are left
)

// nobodyIsLeftAlone checks that every caller with nobody on the line hears something that ends, and does not go in circles.
func (w *world) nobodyIsLeftAlone() {
	for which, c := range w.l.calls {
		if c.Hops > mostHops {
			w.l.failed("call %s: %d destinations, and still nobody", which, c.Hops)
		}
		p := alone(c)
		if p == nil {
			delete(w.l.ears, which)
			continue
		}
		now := w.sound.heardBy(which, p.Leg)
		before, known := w.l.ears[which]
		if !known || before.tag != now {
			w.l.ears[which] = ears{tag: now, since: time.Now()}
			continue
		}
		lasts := time.Since(before.since)
		if p.Agent != "" {
			lasts -= pageReturns
		}
		switch {
		case now == "" && lasts > longestSilence:
			w.l.failed("call %s: the caller hears nothing for %s\n%s", which, lasts, w.picture(c))
		case now != "" && now != loops && lasts > longestPrompt:
			w.l.failed("call %s: the caller hears %s, which does not end", which, now)
		}
	}
}

// picture is a call as the ledger and the sound have it, for whoever has to find what went wrong. The ledger is locked.
func (w *world) picture(c *call.Call) string {
	w.sound.mu.Lock()
	defer w.sound.mu.Unlock()
	var hearings []call.Hearing
	if k := w.sound.rooms[c.ID]; k != nil {
		hearings = k.hearings
	}
	all, err := json.Marshal(map[string]any{"now": time.Now(), "call": c, "record": w.l.records[c.ID], "hearings": hearings})
	if err != nil {
		return err.Error()
	}
	return string(all)
}

// alone is the caller of a call in which nobody else is.
func alone(c *call.Call) *call.Party {
	var caller *call.Party
	for i := range c.Parties {
		p := &c.Parties[i]
		switch {
		case p.State != call.Joined || !p.Up || p.Closed:
		case p.Silent, p.Aside: // a page that is being loaded anew hears nothing, and an agent on the other line hears that
			return nil
		case p.Kind == call.Customer:
			caller = p
		case c.Whispering != p.Agent || p.Agent == "":
			return nil
		}
	}
	if c.Stage == call.Ended || c.Direction == call.Outbound {
		return nil
	}
	return caller
}

// loops stands for what a caller hears over and over.
const loops = "over and over"

// heardBy is what a leg hears: "" is silence.
func (s *sound) heardBy(which id.Call, leg id.Leg) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	k := s.rooms[which]
	if k == nil {
		return ""
	}
	for _, h := range k.hearings {
		switch {
		case h.Leg != leg:
		case h.Tag != "":
			return h.Tag
		case h.Hold != "" || h.Tone != "" || h.From != "":
			return loops
		}
	}
	return ""
}
