package station

import "time"

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

// reachable lists the devices that can ring now.
func (s *Station) reachable() []Device {
	var all []Device
	if s.Browser.rings() {
		all = append(all, Browser)
	}
	if s.Phone.rings() {
		all = append(all, DeskPhone)
	}
	return all
}

// rings tells whether the page can ring: it is there, awake, and its voice connection is up.
func (p Page) rings() bool { return p.Tab != "" && p.Socket && p.Connected && !p.Asleep }
