package station

import (
	"slices"
	"time"
)

// leastShare is the time that a device rings at least, one after the other (AG-5).
const leastShare = 8 * time.Second

// ringOrder says which of the reachable devices ring, and in which order: the preferred one first. One after the other,
// only as many ring as get at least leastShare each; one always does.
func ringOrder(preferred Device, strategy Strategy, reachable []Device, ring time.Duration) []Device {
	var order []Device
	for _, d := range reachable {
		switch {
		case d == preferred:
			order = append([]Device{d}, order...)
		case strategy != PreferredOnly:
			order = append(order, d)
		}
	}
	if strategy != Sequential {
		return order
	}
	fit := max(1, int(ring/leastShare))
	return order[:min(fit, len(order))]
}

// reachable lists the devices that can ring now. In a persistent session it is the path alone (VC-10), a lost one too: the
// next delivery finds it (VC-8).
func (s *Station) reachable() []Device {
	var all []Device
	switch {
	case s.Browser.rings():
		all = append(all, Browser)
	case s.Voice.telephone() && (!s.Voice.Persistent || s.Path.Worked):
		all = append(all, s.Voice.device())
	}
	if s.persistent() {
		return all
	}
	if s.Phone.rings() {
		all = append(all, DeskPhone)
	}
	if s.numberRings() {
		all = append(all, Number)
	}
	return all
}

// works tells whether the agent has started work anywhere.
func (s *Station) works() bool {
	return s.Browser.Tab != "" || s.Phone.rings() || s.Voice.telephone() && (!s.Voice.Persistent || s.Path.Worked)
}

// numberRings tells whether the receiving number may ring: it needs no start of its own, but work started somewhere.
func (s *Station) numberRings() bool {
	return s.Number != "" && s.works() && (s.Strategy != PreferredOnly || s.Preferred == Number)
}

// preferred is the device that rings first; the session's own number stands where the softphone would.
func (s *Station) preferred() Device {
	if s.Preferred == Browser || s.persistent() {
		return s.Voice.device()
	}
	return s.Preferred
}

// rings tells whether the page can ring: it is there, awake, and its voice connection is up.
func (p Page) rings() bool { return p.Tab != "" && p.Socket && p.Connected && !p.Asleep }

// ringers says which devices ring for a call, in their order. Those that the agent's presence names for direct calls all
// ring, also where only the preferred device would.
func (s *Station) ringers(direct bool, length time.Duration) []Device {
	strategy := s.Strategy
	if s.picks(direct) && strategy == PreferredOnly {
		strategy = Sequential
	}
	return ringOrder(s.preferred(), strategy, s.ringable(direct), length)
}

// picks tells whether the presence names the devices that ring. A persistent path is the only device there is (VC-10).
func (s *Station) picks(direct bool) bool { return direct && len(s.Direct) > 0 && !s.persistent() }

// ringable lists the devices that can ring now for a call; the session's own number stands where the softphone would.
func (s *Station) ringable(direct bool) []Device {
	all := s.reachable()
	if !s.picks(direct) {
		return all
	}
	if s.Number != "" && s.works() && !slices.Contains(all, Number) {
		all = append(all, Number)
	}
	return slices.DeleteFunc(all, func(d Device) bool {
		if d == CallMe || d == CallIn {
			d = Browser
		}
		return !slices.Contains(s.Direct, d)
	})
}

// answerers says which devices may answer a call by themselves, the preferred one first: a page or a phone of the house, or the path of a
// persistent session. Behind a number somebody must press a key.
func (s *Station) answerers(length time.Duration) []Device {
	all := slices.DeleteFunc(s.reachable(), func(d Device) bool { return d == Number || d == CallMe && !s.persistent() })
	return ringOrder(s.preferred(), Sequential, all, length)
}
