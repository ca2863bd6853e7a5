package acd

import (
	"cmp"
	"slices"
	"time"

	"parley/internal/id"
)

// waiting is a call in a queue, or a callback, with or without open offers.
type waiting struct {
	Call       id.Call   `json:"call"` // of a callback its own id
	Queue      id.Queue  `json:"queue"`
	Priority   int       `json:"priority"`
	EnteredAt  time.Time `json:"entered_at"`
	AgeSeconds int       `json:"age_seconds,omitempty"`
	JoinedAt   time.Time `json:"joined_at"` // came here; EnteredAt may lie before
	Serial     int64     `json:"serial"`    // order of arrival here, among equals
	Until      time.Time `json:"until,omitzero"`
	LastAgent  id.Agent  `json:"last_agent,omitempty"`
	Steps      []stage   `json:"steps,omitempty"`
	Offers     []open    `json:"offers,omitempty"`
	Round      int       `json:"round,omitempty"`   // member weight that rings, or rang last, of a queue that rings many
	RoundAt    time.Time `json:"round_at,omitzero"` // when that began
	Callback   *callback `json:"callback,omitempty"`
	Suspect    time.Time `json:"suspect,omitzero"`  // since when no call stands for this place
	Consult    bool      `json:"consult,omitempty"` // an agent waits here, in place of the caller

	// Revoked are the offers taken back here; an answer may already be on its way.
	Revoked map[id.Offer]id.Agent `json:"revoked,omitempty"`

	inLine, inLane bool
}

// open is an open offer.
type open struct {
	Offer id.Offer  `json:"offer"`
	Agent id.Agent  `json:"agent"`
	At    time.Time `json:"at"`
	Stage int       `json:"stage,omitempty"` // of the call's steps, when it was made
	Taken bool      `json:"taken,omitempty"` // out of order, at the wish of a supervisor
}

// told is the call that hears of offers: of a callback that of its attempt.
func (c *waiting) told() id.Call {
	if c.Callback != nil && c.Callback.Attempt != "" {
		return c.Callback.Attempt
	}
	return c.Call
}

// loose tells whether nobody is rung for a call, and somebody may be.
func (c *waiting) loose(q *queue) bool {
	return len(c.Offers) == 0 && !c.rests(q)
}

// find gives the open offer of that name.
func (c *waiting) find(o id.Offer) (open, bool) {
	at := slices.IndexFunc(c.Offers, func(x open) bool { return x.Offer == o })
	if at < 0 || o == "" {
		return open{}, false
	}
	return c.Offers[at], true
}

// turn is the moment from which the order counts a call's wait (BX-2).
func (c *waiting) turn() time.Time {
	if c.AgeSeconds == 0 {
		return c.EnteredAt
	}
	return c.EnteredAt.Add(-time.Duration(c.AgeSeconds) * time.Second)
}

// byTurn puts the call of a queue that is to be served first first (BX-2).
func byTurn(a, b *waiting) int {
	return cmp.Or(cmp.Compare(a.Priority, b.Priority), a.turn().Compare(b.turn()), cmp.Compare(a.Serial, b.Serial))
}

// before tells which of two calls, of one queue or of two, is to be served first: by priority, then by the time waited,
// which counts as many times as the queue's weight, then by entry.
func (t *turn) before(a, b *waiting) bool {
	if a.Priority != b.Priority || a.Queue == b.Queue {
		return byTurn(a, b) < 0
	}
	wa, wb := t.queues[a.Queue].weight(), t.queues[b.Queue].weight()
	if wa == wb {
		return byTurn(a, b) < 0
	}
	waited := func(c *waiting, weight int) time.Duration { return max(0, t.now.Sub(c.turn())) * time.Duration(weight) }
	return cmp.Or(cmp.Compare(waited(b, wb), waited(a, wa)), byTurn(a, b)) < 0
}

// of finds who waits by its own name or by that of its attempt.
func (d *Distributor) of(which id.Call) *waiting {
	if c := d.calls[which]; c != nil {
		return c
	}
	return d.attempts[which]
}
