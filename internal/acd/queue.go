package acd

import (
	"cmp"
	"slices"
	"time"

	"parley/internal/id"
)

// queue is a queue with its lists, which are made anew from the state whenever the configuration changes.
type queue struct {
	Queue
	members []*agent
	free    []*agent   // who can be offered its calls, idle longest first
	pending []*waiting // without an open offer, first to be served first
}

// waiting is a call in a queue, with or without an open offer.
type waiting struct {
	Call      id.Call   `json:"call"`
	Queue     id.Queue  `json:"queue"`
	Priority  int       `json:"priority"`
	EnteredAt time.Time `json:"entered_at"`
	Serial    int64     `json:"serial"` // order of arrival here, among equals
	Offer     id.Offer  `json:"offer,omitempty"`
	Agent     id.Agent  `json:"agent,omitempty"` // to whom Offer went

	// Revoked are the offers taken back here; an answer may already be on its way.
	Revoked map[id.Offer]id.Agent `json:"revoked,omitempty"`
}

const defaultRing = 20 // seconds (QU table)

func (q *queue) terms() terms {
	t := terms{
		RingSeconds: q.RingSeconds, WrapUpSeconds: q.WrapUpSeconds, ExtendSeconds: q.ExtendSeconds,
		MaxExtensions: q.MaxExtensions, AutoPause: q.AutoPause,
	}
	if t.RingSeconds <= 0 {
		t.RingSeconds = defaultRing
	}
	if t.ExtendSeconds <= 0 {
		t.ExtendSeconds = t.WrapUpSeconds
	}
	return t
}

// byTurn puts the call that is to be served first first (BX-2).
func byTurn(a, b *waiting) int {
	return cmp.Or(cmp.Compare(a.Priority, b.Priority), a.EnteredAt.Compare(b.EnteredAt), cmp.Compare(a.Serial, b.Serial))
}

func insert[T any](sorted []*T, v *T, order func(a, b *T) int) []*T {
	at, _ := slices.BinarySearchFunc(sorted, v, order)
	return slices.Insert(sorted, at, v)
}

func remove[T any](sorted []*T, v *T, order func(a, b *T) int) []*T {
	at, found := slices.BinarySearchFunc(sorted, v, order)
	if !found {
		return sorted
	}
	return slices.Delete(sorted, at, at+1)
}
