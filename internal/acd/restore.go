package acd

import "fmt"

// restore brings a status back from before a rebuild; it takes effect with the agent's first device.
func (t *turn) restore(a *agent, s Restore) error {
	switch s.Status {
	case Available, Unavailable:
		c, err := t.chosenBy(SetStatus{Status: s.Status, Custom: s.Custom, Reason: s.Reason})
		if err != nil { // that custom status is no more
			c, _ = t.chosenBy(SetStatus{Status: s.Status, Reason: s.Reason})
		}
		c.Fresh = false
		a.Choice = c
	case Offline:
		return nil
	default:
		return fmt.Errorf("restore status %q of agent %s: %w", s.Status, a.ID, ErrInvalid)
	}
	a.Stored = s.Since.UTC().Round(0)
	if s.Since.IsZero() {
		a.Stored = t.now
	}
	if a.Up && a.Place == nil && a.Wrap == nil {
		t.settle(a, System)
	}
	return nil
}

// occupy learns from a live call that it holds an agent. The call is the truth: an offer to that agent is taken back, and a
// place that was asked for is another's no more.
func (t *turn) occupy(a *agent, s Occupy) error {
	if s.Call == "" {
		return fmt.Errorf("occupy agent %s: no call: %w", a.ID, ErrInvalid)
	}
	if a.holds(s.Call) && a.Place.Talking {
		a.Place.Asked = false
		return nil
	}
	if t.occupySecond(a, s) {
		return nil
	}
	if a.Place != nil && a.Place.Offer == "" && a.Place.Call != s.Call && !a.Place.Asked {
		return fmt.Errorf("occupy agent %s for call %s: in another call: %w", a.ID, s.Call, ErrNotNow)
	}
	if a.Place != nil && a.Place.Call == s.Call && a.Place.Offer != "" {
		return t.offerEnded(OfferEnded{Call: s.Call, Offer: a.Place.Offer, Result: Answered})
	}
	held := &place{Call: s.Call, Queue: s.Queue}
	if q, known := t.queues[s.Queue]; known {
		held.Terms = q.terms()
	}
	var bumped *waiting
	if a.Place != nil && a.Place.Offer != "" {
		bumped = t.bump(a)
	}
	a.Place = held
	t.talk(a)
	if bumped != nil {
		t.requeue(bumped)
	}
	return nil
}
