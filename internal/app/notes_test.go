package app

import (
	"testing"

	"parley/internal/acd"
	"parley/internal/id"
	"parley/internal/store"
)

// TestNotesBecomeFinal with the end of the wrap-up, and those that a process left open with the next one (CH-9).
func TestNotesBecomeFinal(t *testing.T) {
	dir := t.TempDir()
	org, queue, agent := office(t, dir)
	a, _ := open(t, settings(t, dir))
	ctx := store.WithOrg(t.Context(), org)
	write := func(which id.Call) {
		t.Helper()
		check(t, a.db.WriteCallNote(ctx, &store.CallNote{Call: which, Author: "ann", Text: "Wants a refund"}, true))
	}
	final := func(which id.Call) bool {
		t.Helper()
		check(t, a.commit.Flush(ctx))
		n, err := a.db.CallNote(ctx, which)
		check(t, err)
		return !n.FinalizedAt.IsZero()
	}
	write("c1")
	for _, s := range []acd.Signal{
		acd.DeviceUp{Agent: agent}, acd.Occupy{Call: "c1", Agent: agent, Queue: queue}, acd.Release{Call: "c1", Agent: agent},
	} {
		check(t, a.dispatch.Ask(ctx, org, s))
	}
	if final("c1") {
		t.Error("final in the wrap-up")
	}
	check(t, a.dispatch.Ask(ctx, org, acd.EndWrap{Agent: agent}))
	if !final("c1") {
		t.Error("not final after the wrap-up")
	}
	write("c2")
	a.Stop(t.Context())
	a, _ = open(t, settings(t, dir))
	defer a.Stop(t.Context())
	if !final("c2") {
		t.Error("what the last process left open is not final")
	}
}
