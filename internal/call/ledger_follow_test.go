package call

// toldFollow checks an event about what rings for follow-me: each begun has one end, and who has taken the call is in it alone.
func (l *ledger) toldFollow(event Event) {
	switch e := event.(type) {
	case FollowBegan:
		l.must(!l.follows[e.Try], "number %d is called twice", e.Try)
		l.follows[e.Try] = true
	case FollowOver:
		l.must(l.follows[e.Try], "number %d is over and was not called", e.Try)
		delete(l.follows, e.Try)
		l.steps["follow "+string(e.Result)]++
		if e.Result == FollowAccepted {
			l.steps["follow accepted by "+string(e.To.Kind)]++
			l.must(len(l.follows) == 0, "a number has taken the call, and others ring: %v", l.follows)
		}
	}
}

// followed holds for the numbers of an agent that a call rings at: none of them hears or is heard before the key.
func (l *ledger) followed() {
	c := l.w.c
	l.must(c.Following != nil || len(l.follows) == 0, "nobody follows, and these ring: %v", l.follows)
	if f := c.Following; f != nil {
		own := c.RingAt(f.Agent) != nil
		l.must(own == (f.Ending == nil), "the agent's own devices ring: %v, and have ended: %v", own, f.Ending != nil)
		l.must(c.Stage == Ringing, "numbers ring, and the stage is %s", c.Stage)
	}
	asked := map[string]bool{}
	for _, p := range c.Parties {
		if p.Follow > 0 && p.State != Gone {
			l.must(p.State == Dialling && c.Following != nil, "%s is called for nobody", p.ID)
			asked[string(p.Leg)] = true
		}
	}
	for _, h := range c.Arranged {
		l.must(!asked[string(h.Leg)] || h.From == "" && len(h.Mix) == 0, "%s hears somebody before the key", h.Leg)
		l.must(!asked[string(h.From)], "%s is heard before the key", h.From)
		if asked[string(h.Leg)] && len(h.Prompts) > 0 {
			l.steps["follow asked"]++
		}
	}
}
