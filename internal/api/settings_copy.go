package api

import "parley/internal/settings"

// copied is the name of a copy, within what a name may be.
func copied(name string, limit int) string {
	const mark = " (copy)"
	text := []rune(name)
	return string(text[:min(len(text), limit-len(mark))]) + mark
}

func copyQueue(q settings.Queue) settings.Queue {
	q.Name = copied(q.Name, 50)
	return q
}

func copyMenu(m settings.Menu) settings.Menu {
	m.Name = copied(m.Name, 50)
	return m
}

func copyRouter(r settings.TimeRouter) settings.TimeRouter {
	r.Name = copied(r.Name, 50)
	return r
}

func copyRange(r settings.TimeRange) settings.TimeRange {
	r.Name = copied(r.Name, 50)
	return r
}

func copyClass(c settings.Class) settings.Class {
	c.Name, c.Default = copied(c.Name, 100), false
	return c
}

func copyGroup(g settings.Group) settings.Group {
	g.Name = copied(g.Name, 50)
	return g
}
