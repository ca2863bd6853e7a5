package owner

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"
)

func TestDirectoryFindsWhoLivesThere(t *testing.T) {
	bubble(t, func(ctx context.Context, o *Owner[string], _ *counter, w *witness) {
		d := NewDirectory()
		if err := d.Post("call/1", "lost"); !errors.Is(err, ErrGone) {
			t.Error("posted to nobody:", err)
		}
		if err := d.Ask(ctx, "call/1", "lost"); !errors.Is(err, ErrGone) {
			t.Error("asked nobody:", err)
		}
		d.Enter("call/1", o)
		if err := d.Post("call/1", "one"); err != nil {
			t.Error(err)
		}
		if err := d.Ask(ctx, "call/1", "no"); !errors.Is(err, errNo) {
			t.Error("asked no:", err)
		}
		if err := d.Post("call/1", 7); err == nil {
			t.Error("posted a number where words are understood")
		}
		if err := d.Ask(ctx, "call/1", 7); err == nil {
			t.Error("asked a number where words are understood")
		}
		synctest.Wait()
		w.see(t, "carried", &w.carried, "one")
		if all := d.Addresses(); len(all) != 1 || all[0] != "call/1" {
			t.Errorf("addresses %v", all)
		}
	})
}

// Who moved in later is not put out by the one who leaves late.
func TestDirectoryLeaveSparesTheSuccessor(t *testing.T) {
	bubble(t, func(ctx context.Context, o *Owner[string], _ *counter, _ *witness) {
		next := Start(ctx, &counter{}, (&witness{}).wiring())
		d := NewDirectory()
		d.Enter("acd/org", o)
		d.Enter("acd/org", next)
		d.Leave("acd/org", o)
		if err := d.Ask(ctx, "acd/org", "hello"); err != nil {
			t.Error("the successor:", err)
		}
		d.Leave("acd/org", next)
		if err := d.Post("acd/org", "hello"); !errors.Is(err, ErrGone) {
			t.Error("posted to an empty address:", err)
		}
	})
}
