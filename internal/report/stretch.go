package report

import (
	"slices"
	"time"

	"parley/internal/id"
)

// Stretch is a time in one status, in whole seconds: its ends are rounded down, so that stretches that follow each other neither leave
// a gap nor count a second twice.
type Stretch struct {
	From   time.Time `json:"from"`
	To     time.Time `json:"to"`
	Status string    `json:"status"`
	Effect string    `json:"effect" enum:"available,busy,unavailable"`
	Custom string    `json:"custom_status,omitempty" doc:"name of the custom status"`
}

// Seconds is how long it lasts.
func (s *Stretch) Seconds() int { return int(s.To.Sub(s.From) / time.Second) }

// Available tells whether it counts as available: busy people work (MN-10).
func (s *Stretch) Available() bool { return s.Effect == "available" || s.Effect == "busy" }

// stretches gives, by agent and channel, the times in each status within a span. A status holds until the next turn; the last one until
// the span's end. Before the first turn that is known, and where turns are missing because the program did not run, the next turn says
// what was before it and how long.
func stretches(span Span, turns []Turn) map[agentOn][]Stretch {
	span = Span{span.From.Truncate(time.Second), span.To.Truncate(time.Second)}
	by := map[agentOn][]Turn{}
	for _, t := range turns {
		t.At = t.At.Truncate(time.Second)
		key := agentOn{t.Agent, t.Channel}
		by[key] = append(by[key], t)
	}
	all := make(map[agentOn][]Stretch, len(by))
	for key, list := range by {
		slices.SortStableFunc(list, func(a, b Turn) int { return a.At.Compare(b.At) })
		all[key] = cut(span, tell(span, list))
	}
	return all
}

// StretchesOf gives the times of one agent on a channel in each status within a span.
func StretchesOf(agent id.Agent, channel string, span Span, turns []Turn) []Stretch {
	return stretches(span, turns)[agentOn{agent, channel}]
}

// tell gives what the turns tell, in order, until the end of the span.
func tell(span Span, turns []Turn) []Stretch {
	var all []Stretch
	for i, t := range turns {
		before := t.At.Add(-t.Before.Truncate(time.Second))
		told := Stretch{From: before, To: t.At, Status: t.From, Effect: t.FromEffect}
		if i == 0 {
			all = append(all, told)
			continue
		}
		last := turns[i-1]
		held := Stretch{From: last.At, To: t.At, Status: last.To, Effect: last.ToEffect, Custom: last.Custom}
		if last.To == t.From {
			all = append(all, held)
			continue
		}
		if before.Before(last.At) {
			told.From = last.At
		}
		held.To = told.From
		all = append(all, held, told)
	}
	if n := len(turns); n > 0 {
		last := turns[n-1]
		all = append(all, Stretch{From: last.At, To: span.To, Status: last.To, Effect: last.ToEffect, Custom: last.Custom})
	}
	return all
}

// cut leaves what lies within the span, and joins what is the same.
func cut(span Span, all []Stretch) []Stretch {
	kept := []Stretch{}
	for _, s := range all {
		s.From, s.To = later(s.From, span.From), earlier(s.To, span.To)
		if !s.From.Before(s.To) || s.Status == "" {
			continue
		}
		if n := len(kept); n > 0 && kept[n-1].To.Equal(s.From) && same(&kept[n-1], &s) {
			kept[n-1].To = s.To
			continue
		}
		kept = append(kept, s)
	}
	return kept
}

func same(a, b *Stretch) bool {
	return a.Status == b.Status && a.Effect == b.Effect && a.Custom == b.Custom
}

func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

func earlier(a, b time.Time) time.Time {
	if a.Before(b) {
		return a
	}
	return b
}
