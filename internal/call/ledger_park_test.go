package call

// toldPark checks an event about a parking against what is open.
func (l *ledger) toldPark(event Event) {
	switch e := event.(type) {
	case ParkBegan:
		l.parks++
		l.must(l.parks == 1, "two are parked at once")
		l.slots[e.Slot] = "parked"
	case ParkOver:
		l.parks--
		l.must(l.parks == 0, "a parking over that had not begun")
		l.steps["park "+string(e.Result)]++
	}
}

// parked holds for who is in a slot: they are there, hear hold audio, and something will come of it.
func (l *ledger) parked() {
	c := l.w.c
	for slot, state := range l.slots {
		l.must(state == "parked" && c.Park != nil && c.Park.Slot == slot, "slot %s is %s, and the call is parked in %s", slot, state, show(c.Park))
	}
	if c.Picker != "" {
		l.must(c.party(c.Picker) != nil && (len(c.Rings) > 0 || c.Waiting), "%s picks up what rings nowhere", c.Picker)
		l.steps["picking"]++
	}
	k := c.Park
	if k == nil {
		return
	}
	l.must(c.Stage == Active && c.moving() == nil, "parked, and the stage is %s", c.Stage)
	l.must(k.Taker == "" || c.party(k.Taker) != nil, "%s takes a parked one and is not there", k.Taker)
	watches := c.Watching != nil && c.Watching.Agent == k.By // who parked may come again as a supervisor
	l.must(k.State == ParkTold || k.Taker == k.By || watches || c.party(k.By) == nil || c.party(k.By).State == Dialling || c.parks(c.party(k.By)), "who parked is still there")
	waits := l.w.timers.Waits(parkTimer)
	seat := (&turn{Call: c}).findSeat(k.By)
	comes := k.State == ParkReturning && (c.RingAt(k.By) != nil || seat != nil && seat.Asked)
	l.must(waits || k.Taker != "" || comes, "nothing will come of a parking")
	for _, h := range c.Arranged {
		if p := c.byLeg(h.Leg); p != nil && c.parks(p) {
			l.must(h.Hold != "", "who is parked hears no hold audio")
			l.steps["parked"]++
		}
	}
}
