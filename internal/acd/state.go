package acd

import (
	"encoding/json"
	"fmt"
	"time"

	"parley/internal/id"
)

// state is a distributor as JSON; lists are made from it again.
type state struct {
	Queues  []*queue   `json:"queues"`
	Agents  []*agent   `json:"agents"`
	Calls   []*waiting `json:"calls"`
	Serial  int64      `json:"serial"`
	Started bool       `json:"started"`
	Seed    uint64     `json:"seed,omitempty"`

	Timezone string                `json:"timezone,omitempty"`
	Statuses []CustomStatus        `json:"statuses,omitempty"`
	Legless  map[id.Call]time.Time `json:"legless,omitempty"`
}

// MarshalJSON encodes the whole state.
func (d *Distributor) MarshalJSON() ([]byte, error) {
	s := state{Serial: d.serial, Started: d.started, Seed: d.seed, Timezone: d.timezone, Legless: d.legless}
	for _, k := range sortedKeys(d.statuses) {
		s.Statuses = append(s.Statuses, d.statuses[k])
	}
	for _, k := range sortedKeys(d.queues) {
		s.Queues = append(s.Queues, d.queues[k])
	}
	for _, k := range sortedKeys(d.agents) {
		s.Agents = append(s.Agents, d.agents[k])
	}
	for _, k := range sortedKeys(d.calls) {
		s.Calls = append(s.Calls, d.calls[k])
	}
	return json.Marshal(s)
}

// UnmarshalJSON goes on where MarshalJSON was.
func (d *Distributor) UnmarshalJSON(data []byte) error {
	var s state
	if err := json.Unmarshal(data, &s); err != nil {
		return fmt.Errorf("decode state of the ACD: %w", err)
	}
	zone, err := time.LoadLocation(s.Timezone)
	if err != nil {
		return fmt.Errorf("decode state of the ACD: %w", err)
	}
	*d = *New()
	d.timezone, d.zone = s.Timezone, zone
	d.serial, d.started, d.seed, d.legless = s.Serial, s.Started, s.Seed, s.Legless
	for _, c := range s.Statuses {
		d.statuses[c.ID] = c
	}
	for _, q := range s.Queues {
		d.queues[q.ID] = q
	}
	for _, a := range s.Agents {
		d.agents[a.ID] = a
	}
	for _, c := range s.Calls {
		d.calls[c.Call] = c
		if err := c.parse(); err != nil {
			return fmt.Errorf("decode state of the ACD: call %s: %w", c.Call, err)
		}
	}
	if err := d.whole(); err != nil {
		return fmt.Errorf("decode state of the ACD: %w", err)
	}
	d.relink()
	return nil
}

// parse reads the expressions of a call's steps again.
func (c *waiting) parse() error {
	stages, err := parse(c.steps())
	for i := range stages {
		c.Steps[i].asked = stages[i].asked
	}
	return err
}

// whole checks that offers and places name each other.
func (d *Distributor) whole() error {
	open := map[id.Offer]bool{}
	for _, c := range d.calls {
		for _, o := range c.Offers {
			open[o.Offer] = true
			if a := d.agents[o.Agent]; a == nil || a.Place == nil || a.Place.Offer != o.Offer {
				return fmt.Errorf("offer %s holds nobody: %w", o.Offer, ErrInvalid)
			}
		}
	}
	for _, a := range d.agents {
		if a.Place != nil && a.Place.Offer != "" && !open[a.Place.Offer] {
			return fmt.Errorf("agent %s is held by offer %s, which is of no call: %w", a.ID, a.Place.Offer, ErrInvalid)
		}
	}
	return nil
}
