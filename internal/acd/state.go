package acd

import (
	"encoding/json"
	"fmt"
)

// state is a distributor as JSON; lists are made from it again.
type state struct {
	Queues  []Queue    `json:"queues"`
	Agents  []*agent   `json:"agents"`
	Calls   []*waiting `json:"calls"`
	Serial  int64      `json:"serial"`
	Started bool       `json:"started"`
}

// MarshalJSON encodes the whole state.
func (d *Distributor) MarshalJSON() ([]byte, error) {
	s := state{Serial: d.serial, Started: d.started}
	for _, k := range sortedKeys(d.queues) {
		s.Queues = append(s.Queues, d.queues[k].Queue)
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
	*d = *New()
	d.serial, d.started = s.Serial, s.Started
	for _, q := range s.Queues {
		d.queues[q.ID] = &queue{Queue: q}
	}
	for _, a := range s.Agents {
		d.agents[a.ID] = a
	}
	for _, c := range s.Calls {
		d.calls[c.Call] = c
	}
	if err := d.whole(); err != nil {
		return fmt.Errorf("decode state of the ACD: %w", err)
	}
	d.relink()
	return nil
}

// whole checks that offers and places name each other.
func (d *Distributor) whole() error {
	for _, c := range d.calls {
		if c.Offer == "" {
			continue
		}
		if a := d.agents[c.Agent]; a == nil || a.Place == nil || a.Place.Offer != c.Offer {
			return fmt.Errorf("offer %s holds nobody: %w", c.Offer, ErrInvalid)
		}
	}
	for _, a := range d.agents {
		if a.Place == nil || a.Place.Offer == "" {
			continue
		}
		if c := d.calls[a.Place.Call]; c == nil || c.Offer != a.Place.Offer {
			return fmt.Errorf("agent %s is held by offer %s, which is of no call: %w", a.ID, a.Place.Offer, ErrInvalid)
		}
	}
	return nil
}
