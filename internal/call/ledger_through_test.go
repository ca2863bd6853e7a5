package call

// consulted notes who waits from now on.
func (l *ledger) consulted(a Enqueue) {
	switch {
	case a.Consult:
		l.steps["consult waits"]++
	case l.consults:
		l.steps["consult left"]++
	}
	l.consults = a.Consult
}

// through holds for a line 2 in a queue or a menu: the ACD knows of the wait, and the agent there hears something, or something will
// come: the plan or the ACD is asked, somebody is rung, or the treatment will be woken.
func (l *ledger) through() {
	c := l.w.c
	m := c.moving()
	l.must(l.queued == (c.Waiting || c.waitsThere()), "in a queue: the ACD believes %v, the call %v and line 2 %v", l.queued, c.Waiting, c.waitsThere())
	l.must(!l.consults || c.waitsThere() || c.Waiting, "line 2 waits of nobody")
	if m == nil || m.Route == nil {
		return
	}
	l.must(!m.Waits || m.Route.Queue != nil && m.State == MoveRinging && !m.Left, "line 2 waits though %s", m.State)
	by := c.party(m.By)
	if m.Left || m.State != MoveRinging || by == nil || by.Side != 1 || m.Finding || m.Agent != "" || m.Party != "" {
		return
	}
	l.must(m.Treatment.On(), "line 2 is nowhere: %s", show(m))
	if len(m.Treatment.Playing) == 0 && m.Treatment.Looping == "" {
		l.must(!m.Treatment.Due.IsZero() && !m.Treatment.Due.Before(l.w.now), "line 2 hears nothing, and nothing will come: %s", show(m.Treatment))
	}
	if m.Treatment.Menu != nil {
		l.steps["consult in menu"]++
	}
}
