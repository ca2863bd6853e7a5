package lab

import (
	"context"
	"slices"
	"testing"
	"time"

	"parley/internal/api"
	"parley/internal/carrier"
	"parley/internal/dest"
	"parley/internal/live"
	"parley/internal/prompt"
	"parley/internal/settings"
	"parley/internal/store"
)

// frontDesk has a menu that leads to Support with 1, and with 9 to its end.
func frontDesk(ctx context.Context, db *store.DB) error {
	if err := curt(ctx, db); err != nil {
		return err
	}
	shelves := db.Shelves()
	queues, err := shelves.Queues.All(ctx)
	if err != nil {
		return err
	}
	menu := settings.New[settings.Menu]()
	menu.Name, menu.Prompt, menu.Timeout, menu.MaxTries = "Front desk", prompt.Prompt{Text: "Press 1 for support."}, 3, 10
	menu.Options = []settings.MenuOption{{Digits: "9", Destination: dest.Destination{Kind: dest.Hangup}}}
	for _, q := range queues {
		if q.Title == "Support" {
			menu.Options = append(menu.Options, settings.MenuOption{Digits: "1", Destination: dest.Destination{Kind: dest.Queue, Target: q.ID}})
		}
	}
	_, err = shelves.Menus.Create(ctx, store.Actor{}, menu)
	return err
}

// hearsSound waits until the agent hears something that is nobody's voice: hold audio, or a menu.
func (a *agent) hearsSound() {
	a.t.Helper()
	Eventually(a.t, "the agent hears hold audio or a prompt", func() bool {
		pcm := a.last(300 * time.Millisecond)
		return only(pcm) && !Silent(pcm)
	})
}

// goesThrough waits until line 2 is in a queue or a menu.
func (a *agent) goesThrough(what string) {
	a.t.Helper()
	a.Wait("line 2 is in a "+what, func(p live.Snapshot) bool {
		return slices.ContainsFunc(p.Me.Lines, func(l live.Line) bool { return l.Transfer != nil && l.Transfer.In == what })
	})
}

// desk is a caller with Ann, and where calls can go; Bob is not at work yet.
func desk(t *testing.T) (w *World, k *carrier.Call, ann *agent, ring live.Line, to map[string]string) {
	t.Helper()
	n := network(t, carrier.Config{})
	w = Start(t, Setup{Prepare: frontDesk, Args: []string{"--demo-carrier", n.Addr().String()}})
	ann = atWork(t, w, w.Person("agent", 0), agentVoice)
	k = caller(t, n, w, sales, "+32470111222", callerVoice)
	ring = ann.rung()
	ann.answer(ring)
	hearsOnly(t, k, agentVoice)
	var all struct{ Queues, Menus []api.Named }
	ann.Must("GET", "/call-destinations", nil, &all)
	to = map[string]string{}
	for _, one := range append(all.Queues, all.Menus...) {
		to[one.Name] = one.ID
	}
	return w, k, ann, ring, to
}

// TestWarmTransferToQueue: Ann waits in Support for the caller and hears its music, looks after the caller meanwhile, gives up, waits
// again and speaks with Bob, who answers there with her notes before him, until he has the caller (TR-3, TR-4, TR-9, TR-10).
func TestWarmTransferToQueue(t *testing.T) {
	t.Parallel()
	w, k, ann, ring, to := desk(t)
	boss := sitDown(t, w, w.Person("supervisor", 0))
	ann.move(ring.Call, "consult", dest.Queue, to["Support"], "")
	ann.goesThrough("queue")
	onHold(t, k)
	ann.hearsSound()
	boss.Wait("the consultation waits there", func(p live.Snapshot) bool {
		return len(p.Waiting) == 1 && p.Waiting[0].Consult && p.Waiting[0].QueueName == "Support"
	})
	ann.do(ring.Call, "consult/swap")
	ann.hearsOnly(callerVoice)
	hearsOnly(t, k, agentVoice)
	ann.do(ring.Call, "consult/swap")
	ann.hearsSound()
	ann.do(ring.Call, "consult/cancel")
	ann.hearsOnly(callerVoice)
	hearsOnly(t, k, agentVoice)
	boss.Wait("nobody waits", func(p live.Snapshot) bool { return len(p.Waiting) == 0 })

	ann.move(ring.Call, "consult", dest.Queue, to["Support"], "wants a refund")
	ann.goesThrough("queue")
	bob := atWork(t, w, w.Person("agent", 1), otherVoice)
	offered := bob.rung()
	if offered.BroughtBy != named(ann) || offered.Notes != "wants a refund" || offered.QueueName != "Support" || offered.Number != "+32470111222" {
		t.Errorf("Bob is rung by %+v", offered)
	}
	bob.answer(offered)
	ann.second("active")
	ann.hearsOnly(otherVoice)
	bob.hearsOnly(agentVoice)
	onHold(t, k)
	ann.do(ring.Call, "consult/complete")
	bob.hearsOnly(callerVoice)
	hearsOnly(t, k, otherVoice)
	ann.status("wrap_up")
	k.HangUp()
	bob.status("wrap_up")
	d := bob.Record(ring.Call)
	want := []string{"warm " + named(ann) + " → Support canceled ", "warm " + named(ann) + " → Support completed "}
	if got := transfers(d); !slices.Equal(got, want) {
		t.Errorf("the record says %q", got)
	}
	boss.Wait("one call of Support, which was answered", func(p live.Snapshot) bool {
		return slices.ContainsFunc(p.Queues, func(q live.Queue) bool {
			return q.Name == "Support" && q.Offered == 1 && q.Answered == 1 && q.Abandoned == 0
		})
	})
}

// TestWarmTransferLeftInQueue: Ann leaves before anybody has answered; the caller waits on in that place, and Bob takes the call with
// her notes (TR-3, TR-9).
func TestWarmTransferLeftInQueue(t *testing.T) {
	t.Parallel()
	w, k, ann, ring, to := desk(t)
	ann.move(ring.Call, "consult", dest.Queue, to["Support"], "order 17")
	ann.goesThrough("queue")
	ann.do(ring.Call, "consult/complete")
	ann.status("wrap_up")
	onHold(t, k)
	bob := atWork(t, w, w.Person("agent", 1), otherVoice)
	offered := bob.rung()
	if offered.BroughtBy != named(ann) || offered.Notes != "order 17" {
		t.Errorf("Bob is rung by %+v", offered)
	}
	bob.answer(offered)
	hearsOnly(t, k, otherVoice)
	bob.hearsOnly(callerVoice)
	k.HangUp()
	bob.line("ended")
	if got := transfers(bob.Record(ring.Call)); !slices.Equal(got, []string{"warm " + named(ann) + " → Support completed "}) {
		t.Errorf("the record says %q", got)
	}
}

// TestMenuAssisted: Ann goes through the menu for the caller, by the keys of her page, first to its end and then to Support, where Bob
// answers and is told of the caller (TR-7, TR-10).
func TestMenuAssisted(t *testing.T) {
	t.Parallel()
	w, k, ann, ring, to := desk(t)
	ann.move(ring.Call, "consult", dest.Menu, to["Front desk"], "")
	ann.goesThrough("menu")
	onHold(t, k)
	ann.hearsSound()
	ann.press('9')
	ann.failed("nobody was reached: the menu ends the call there")
	hearsOnly(t, k, agentVoice)

	ann.move(ring.Call, "consult", dest.Menu, to["Front desk"], "has lost the key")
	ann.goesThrough("menu")
	ann.hearsSound()
	ann.press('1')
	ann.goesThrough("queue")
	bob := atWork(t, w, w.Person("agent", 1), otherVoice)
	offered := bob.rung()
	if offered.BroughtBy != named(ann) || offered.Notes != "has lost the key" {
		t.Errorf("Bob is rung by %+v", offered)
	}
	bob.answer(offered)
	ann.hearsOnly(otherVoice)
	bob.hearsOnly(agentVoice)
	onHold(t, k)
	ann.do(ring.Call, "consult/merge")
	hearsOnly(t, k, agentVoice, otherVoice)
	bob.hearsOnly(agentVoice, callerVoice)
	ann.do(ring.Call, "hangup")
	bob.hearsOnly(callerVoice)
	k.HangUp()
	bob.line("ended")
	d := bob.Record(ring.Call)
	want := []string{
		"menu_assisted " + named(ann) + " → Front desk failed nobody was reached: the menu ends the call there",
		"menu_assisted " + named(ann) + " → Support merged ",
	}
	if got := transfers(d); !slices.Equal(got, want) {
		t.Errorf("the record says %q", got)
	}
	keyed := 0
	for _, e := range d.Timeline {
		if e.Kind == "menu-keyed" && e.Params["agent"] == named(ann) && e.Params["text"] != "" {
			keyed++
		}
	}
	if keyed != 2 {
		t.Errorf("%d keys of Ann are in the timeline", keyed)
	}
}
