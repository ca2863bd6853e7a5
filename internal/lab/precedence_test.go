package lab

import (
	"context"
	"testing"
	"time"

	"parley/internal/carrier"
	"parley/internal/dest"
	"parley/internal/live"
	"parley/internal/prompt"
	"parley/internal/settings"
	"parley/internal/store"
)

// expressWay leads the number of Sales to the queue Support by a menu whose key 1 counts as an hour of waiting.
func expressWay(ctx context.Context, db *store.DB) error {
	if err := curt(ctx, db); err != nil {
		return err
	}
	shelves := db.Shelves()
	queues, err := shelves.Queues.All(ctx)
	if err != nil {
		return err
	}
	menu := settings.New[settings.Menu]()
	menu.Name, menu.Prompt = "Express", prompt.Prompt{Text: "Press 1."}
	for _, q := range queues {
		if q.Title == "Support" {
			to := dest.Destination{Kind: dest.Queue, Target: q.ID}
			menu.Options = []settings.MenuOption{{Digits: "1", Destination: to, Precedence: settings.Precedence{AgeSeconds: 3600}}}
		}
	}
	made, err := shelves.Menus.Create(ctx, store.Actor{}, menu)
	if err != nil {
		return err
	}
	return leadTo(ctx, shelves, dest.Destination{Kind: dest.Menu, Target: made.ID})
}

// TestMenuPutsAhead: who came later by a menu's key that adds to the age is served before who waits longer, and the wait that is
// told is the real one (BX-2).
func TestMenuPutsAhead(t *testing.T) {
	t.Parallel()
	began := time.Now().Add(-time.Minute)
	w := Start(t, Setup{Prepare: expressWay})
	n := network(t, carrier.Config{})
	ann := atWork(t, w, w.Person("agent", 0), agentVoice)
	boss := sitDown(t, w, w.Person("supervisor", 0))
	ann.become("unavailable", "Break")
	caller(t, n, w, support, "+32470111222", callerVoice)
	boss.Wait("the first waits", func(p live.Snapshot) bool { return len(p.Waiting) == 1 })
	k := caller(t, n, w, sales, "+32470111333", callerVoice)
	reached(t, "the menu answers", k.Answered())
	press(t, k, "1")
	p := boss.Wait("both wait", func(p live.Snapshot) bool { return len(p.Waiting) == 2 })
	for _, one := range p.Waiting {
		if one.Since.Before(began) {
			t.Errorf("the wait of %s is told from %s", one.Number, one.Since)
		}
	}
	ann.become("available", "")
	if ring := ann.rung(); ring.Number != "+32470111333" {
		t.Errorf("ann is rung by %s first", ring.Number)
	}
}
