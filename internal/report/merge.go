package report

import (
	"time"

	"parley/internal/call"
	"parley/internal/id"
)

// Merge is the joining of two calls of one agent into one conversation (SP-25), as one of the two tells it.
type Merge struct {
	Call   id.Call         `json:"call"`           // the other one
	Into   bool            `json:"into,omitempty"` // this call has become part of that one; else it has taken in that one's parties
	Agent  id.Agent        `json:"agent"`
	At     time.Time       `json:"at"`
	Result call.MergeState `json:"result,omitempty"` // merged or failed; empty while it is under way
	Reason string          `json:"reason,omitempty"` // in words
}

func (r *Record) merged(at time.Time, event call.Event, entry *Entry) {
	switch e := event.(type) {
	case call.MergeBegan:
		entry.Agent, entry.Text = e.Agent, string(e.Call)
		r.Merges = append(r.Merges, Merge{Call: e.Call, Into: true, Agent: e.Agent, At: at})
	case call.MergeOver:
		entry.Agent, entry.Text, entry.Result = e.Agent, string(e.Call), string(e.Result)
		r.mergeOver(e.Call, e.Result, e.Why)
	case call.TookOver:
		entry.Agent, entry.Text = e.Agent, string(e.Call)
		r.Merges = append(r.Merges, Merge{Call: e.Call, Agent: e.Agent, At: at, Result: call.MergeDone})
	case call.GaveBack:
		entry.Text = string(e.Call)
		r.mergeOver(e.Call, call.MergeFailed, "")
	}
}

// mergeOver notes what has come of the latest merging with a call.
func (r *Record) mergeOver(with id.Call, result call.MergeState, why string) {
	for i := len(r.Merges) - 1; i >= 0; i-- {
		if m := &r.Merges[i]; m.Call == with {
			m.Result, m.Reason = result, why
			return
		}
	}
}
