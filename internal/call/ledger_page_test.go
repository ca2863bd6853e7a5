package call

// paged holds for a page: members hear the speaker alone and are heard by nobody, nothing else begins in it, and it comes to an end.
func (l *ledger) paged() {
	c := l.w.c
	if c.Page == nil || c.Stage == Ended {
		return
	}
	l.must(c.Recording.ID == "" && c.Move == nil && c.Watching == nil && c.Park == nil && c.Queue == nil, "something else begins in a page")
	l.must(c.pageListeners() > 0 || c.pageComing(), "a page for nobody")
	l.must(c.Page.State == PageAnswers || c.Page.Due && c.pageComing() || l.w.timers.Waits(pageTimer), "a page without an end, %s", c.Page.State)
	for _, h := range c.Arranged {
		from, p := c.byLeg(h.From), c.byLeg(h.Leg)
		l.must(len(h.Mix) == 0 && (from == nil || from.Kind == Customer && p.Listens && p.Toned), "%s hears %s in a page", h.Leg, h.From)
		if from != nil {
			l.steps["paged"]++
		}
		if p := c.byLeg(h.Leg); from != nil && p.Casts() {
			l.steps["cast"]++
		}
	}
	if c.Page.Multicast != nil {
		l.must(len(c.Seats) <= 1 && len(c.Rings) == 0 && len(c.Parties) <= 2, "somebody is asked for in a page to a multicast group")
	}
	for _, p := range c.Parties {
		l.must(!p.Listens || p.State == Gone || !p.Held && !p.Muted, "%s is held or muted in a page", p.ID)
	}
}
