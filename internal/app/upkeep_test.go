package app

import (
	"context"
	"reflect"
	"testing"
	"time"

	"parley/internal/acd"
	"parley/internal/call"
	"parley/internal/id"
	"parley/internal/owner"
	"parley/internal/report"
	"parley/internal/store"
)

// overhearing stands where an ACD does, and takes what it is told.
type overhearing chan any

func (o overhearing) PostAny(s any) error { o <- s; return nil }

func (o overhearing) AskAny(_ context.Context, s any) error { return o.PostAny(s) }

// TestTurnsSurviveARestart tells the ACD who was offered and has answered calls since midnight, before the program began (QU-5).
func TestTurnsSurviveARestart(t *testing.T) {
	dir := t.TempDir()
	org, queue, agent := office(t, dir)
	a, _ := open(t, settings(t, dir))
	defer a.Stop(t.Context())
	r := gaveUp(queue, "c1", a.began)
	r.Offers = []report.Offer{{
		Agent: agent, SentAt: a.began.Add(-time.Microsecond), EndedAt: a.began.Add(-time.Microsecond), Result: call.RingAnswered,
	}}
	commit := a.db.StartGroupCommit(store.GroupCommitConfig{})
	commit.Writer(org).Record(rowOf(t, r))
	check(t, commit.Close(t.Context()))
	told := make(overhearing, 100)
	a.directory.Enter(owner.At("acd", org), told)
	s, _ := a.sites.Of(org)
	check(t, a.countToday(t.Context(), s))
	for {
		select {
		case got := <-told:
			want := acd.Earlier{Queue: queue, At: a.began, Answered: map[id.Agent]int{agent: 1}, Last: agent}
			if _, is := got.(acd.Earlier); is && !reflect.DeepEqual(got, want) {
				t.Errorf("the ACD heard %+v, not %+v", got, want)
			} else if is {
				return
			}
		default:
			t.Fatal("the ACD heard nothing of it")
		}
	}
}
