package report

import (
	"slices"
	"strconv"

	"parley/internal/call"
)

// way says where the call goes, by which entry of a time router, or why it could not stay there.
func way(e call.Directed) string {
	text := e.Target
	if e.Entry != "" {
		text += ": " + e.Entry
	}
	if e.Why != "" {
		text += " (" + e.Why + ")"
	}
	return text
}

// treated folds what a caller went through with nobody on the line.
func (r *Record) treated(event call.Event, entry *Entry) {
	switch e := event.(type) {
	case call.MenuAsked:
		entry.Agent, entry.Text, entry.Result = e.Agent, e.Menu, strconv.Itoa(e.Try)
	case call.MenuKeyed:
		entry.Agent, entry.Text, entry.Result = e.Agent, e.Keys, e.Result
	case call.WaitTold:
		if e.Position > 0 {
			entry.Text = strconv.Itoa(e.Position)
		}
		if e.Minutes > 0 {
			entry.Result = strconv.Itoa(e.Minutes)
		}
	case call.MessageLeft:
		entry.Result = strconv.Itoa(seconds(e.Duration))
	case call.MessageDropped:
		entry.Text = e.Why
	case call.Scored:
		r.Scores = append(r.Scores, Score(e))
		entry.Text, entry.Result = e.Question, strconv.Itoa(e.Score)
	case call.Tagged:
		for _, tag := range e.Tags {
			if !slices.Contains(r.Tags, tag) {
				r.Tags = append(r.Tags, tag)
			}
		}
	}
}
