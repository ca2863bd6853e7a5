package simulator

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"time"

	"parley/internal/acd"
	"parley/internal/id"
	"parley/internal/owner"
	"parley/internal/skill"
)

// notes are the signals since a state of which they lead on.
type notes struct {
	state, books []byte // the ACD's and the auditor's; nil at the beginning
	lines        []owner.Line[acd.Signal]
	record       func(owner.Line[acd.Signal]) error // gets every line, if not nil
}

// mark begins anew from a state.
func (n *notes) mark(state []byte, a *auditor) (err error) {
	n.state, n.lines = state, n.lines[:0]
	n.books, err = json.Marshal(a)
	return err
}

func (n *notes) line(l owner.Line[acd.Signal]) error {
	if n.record != nil {
		return n.record(l)
	}
	n.lines = append(n.lines, l)
	return nil
}

// books are an auditor as JSON; lists are made from it again.
type books struct {
	Now    time.Time           `json:"now"`
	Queues []acd.Queue         `json:"queues"`
	People []*person           `json:"people"`
	Lines  []*line             `json:"lines"`
	Offers map[id.Offer]*offer `json:"offers"`
	Count  Count               `json:"count"`
}

// MarshalJSON encodes what the auditor knows.
func (a *auditor) MarshalJSON() ([]byte, error) {
	b := books{Now: a.now, Offers: a.offers, Count: a.Count}
	for _, l := range a.order {
		b.Queues = append(b.Queues, l.conf)
	}
	for _, p := range a.people {
		b.People = append(b.People, p)
	}
	for _, c := range a.lines {
		b.Lines = append(b.Lines, c)
	}
	return json.Marshal(b)
}

// UnmarshalJSON goes on where MarshalJSON was.
func (a *auditor) UnmarshalJSON(data []byte) error {
	var b books
	if err := json.Unmarshal(data, &b); err != nil {
		return err
	}
	*a = *newAuditor()
	a.now, a.Count = b.Now, b.Count
	for _, q := range b.Queues {
		a.lay(q)
	}
	if slices.Contains(b.People, nil) || slices.Contains(b.Lines, nil) || slices.Contains(slices.Collect(maps.Values(b.Offers)), nil) {
		return fmt.Errorf("books with a blank: %w", ErrInvalid)
	}
	for _, p := range b.People {
		p.skills, p.as = skill.NewSet(p.Conf.Skills), p.Status
		a.people[p.Conf.ID] = p
		if p.Status == acd.WrapUp && !p.WrapEnds.IsZero() {
			a.until(deadline{at: p.WrapEnds, agent: p.Conf.ID})
		}
	}
	for _, c := range b.Lines {
		a.lines[c.Call] = c
	}
	for which, o := range b.Offers {
		a.offers[which] = o
		a.until(deadline{at: o.Deadline, offer: which})
	}
	a.relink()
	return nil
}
