package live

import (
	"slices"
	"time"

	"parley/internal/call"
)

// tooLate tells those whose answer came when the call had another one already why it is gone: as a line that has ended.
func (p *picture) tooLate(now time.Time, c *call.Call, events []call.Event) {
	for _, e := range events {
		late, is := e.(call.AnsweredLate)
		if !is {
			continue
		}
		a := p.agents[late.Agent]
		if a == nil {
			continue
		}
		l, there := lineOf(late.Agent, c, a)
		if there {
			continue
		}
		l.State, l.Since, l.Reason, l.Notice, l.Recording = "ended", now, late.Why, "", call.RecordingOff
		a.lines = append(slices.DeleteFunc(a.lines, func(x Line) bool { return x.State == "ended" || x.Call == c.ID }), l)
		p.tellMe(late.Agent)
	}
}
