package lab

import (
	"context"
	"encoding/json"
	"testing"
	"time"

	"parley/internal/carrier"
	"parley/internal/dest"
	"parley/internal/media"
	"parley/internal/prompt"
	"parley/internal/report"
	"parley/internal/settings"
	"parley/internal/sounds"
	"parley/internal/store"
	"parley/internal/tel"
)

// inWords is a prompt in recorded words, joined as a caller hears it.
func inWords(t *testing.T, p prompt.Prompt) *media.Sound {
	t.Helper()
	words, err := p.In(prompt.English).Words()
	if err != nil {
		t.Fatal(err)
	}
	var pcm []int16
	for _, w := range words {
		s, err := sounds.Word("en", w, sounds.Narrow)
		if err != nil {
			t.Fatal(err)
		}
		pcm = append(pcm, s.Samples...)
	}
	return media.NewSound(pcm)
}

// inEnglish lets the system speak English.
func inEnglish(ctx context.Context, db *store.DB) error {
	shelf := db.Shelves().Org
	org, err := shelf.All(ctx)
	if err != nil {
		return err
	}
	org[0].Fields.Language = string(prompt.English)
	_, err = shelf.Update(ctx, store.Actor{}, org[0].ID, org[0].Version, org[0].Fields)
	return err
}

// reception puts a menu before Sales, which takes messages and says the place in the queue.
func reception(ctx context.Context, db *store.DB) error {
	shelves := db.Shelves()
	if err := inEnglish(ctx, db); err != nil {
		return err
	}
	box := settings.New[settings.Mailbox]()
	box.Name, box.Type = "Sales messages", "shared"
	kept, err := shelves.Mailboxes.Create(ctx, store.Actor{}, box)
	if err != nil {
		return err
	}
	queues, err := shelves.Queues.All(ctx)
	if err != nil {
		return err
	}
	menu := settings.New[settings.Menu]()
	menu.Name, menu.Prompt, menu.MaxTries = "Reception", prompt.Prompt{Text: "Press 1 for sales."}, 3
	menu.DefaultDestination = dest.Destination{Kind: dest.Mailbox, Target: kept.ID}
	for _, q := range queues {
		q.Fields.EntryGreeting, q.Fields.RecordingNotice, q.Fields.AnnouncePosition = prompt.Prompt{}, prompt.Prompt{}, true
		q.Fields.Voicemail, q.Fields.Mailbox, q.Fields.OptOutKey = true, kept.ID, "*"
		if _, err := shelves.Queues.Update(ctx, store.Actor{}, q.ID, q.Version, q.Fields); err != nil {
			return err
		}
		if q.Title == "Sales" {
			menu.Options = []settings.MenuOption{{Digits: "1", Destination: dest.Destination{Kind: dest.Queue, Target: q.ID}}}
		}
	}
	made, err := shelves.Menus.Create(ctx, store.Actor{}, menu)
	if err != nil {
		return err
	}
	return leadTo(ctx, shelves, dest.Destination{Kind: dest.Menu, Target: made.ID})
}

// leadTo has the number of Sales lead elsewhere.
func leadTo(ctx context.Context, shelves store.Shelves, to dest.Destination) error {
	numbers, err := shelves.Numbers.All(ctx)
	if err != nil {
		return err
	}
	for _, n := range numbers {
		if n.Fields.PhoneNumber == sales {
			n.Fields.Destination = to
			_, err = shelves.Numbers.Update(ctx, store.Actor{}, n.ID, n.Version, n.Fields)
		}
	}
	return err
}

func press(t *testing.T, k *carrier.Call, keys string) {
	t.Helper()
	for _, key := range keys {
		if err := k.Press(tel.Digit(string(key))); err != nil {
			t.Fatal(err)
		}
	}
}

// theOnlyRecord waits for the record of the one call that there was.
func theOnlyRecord(t *testing.T, w *World) (r report.Record) {
	t.Helper()
	Eventually(t, "the record of the call", func() bool {
		err := w.Look(func(ctx context.Context, db *store.DB) error {
			all, err := db.Calls(ctx, store.CallFilter{}, store.Scope{All: true}, store.Range{Limit: 10})
			if err != nil || len(all.Rows) != 1 {
				return err
			}
			row, err := db.Call(ctx, all.Rows[0].ID, store.Scope{All: true})
			if err != nil {
				return err
			}
			return json.Unmarshal(row.Whole, &r)
		})
		if err != nil {
			t.Fatal(err)
		}
		return !r.EndedAt.IsZero() && len(r.Recordings) == 1 && r.Recordings[0].Status != "recording"
	})
	return r
}

// TestMenuQueueMailbox goes all the way without a person: nonsense keys are helped, the menu leads to the queue, which says the
// place; the star key leads to its mailbox, where a message is left. Every step is in the record (IV-8, QU-8, QU-23, VM-10).
func TestMenuQueueMailbox(t *testing.T) {
	t.Parallel()
	w := Start(t, Setup{Prepare: reception})
	n := network(t, carrier.Config{})
	k := caller(t, n, w, sales, "+32470111222", callerVoice)
	reached(t, "the menu answers", k.Answered())
	press(t, k, "9")
	hearsSound(t, k, "that 9 is none of the choices", inWords(t, prompt.OfStandard(prompt.Invalid)))
	press(t, k, "1")
	hearsSound(t, k, "the place in the queue", inWords(t, prompt.OfPosition(1)))
	hearsSound(t, k, "how to leave a message", inWords(t, prompt.OfStandard(prompt.OptOut)))
	hearsSound(t, k, "music", inBox(t, sounds.HoldMusic))
	press(t, k, "*")
	hearsSound(t, k, "what to do in the mailbox", inWords(t, prompt.OfStandard(prompt.LeaveMessage)))
	began := time.Now() // five seconds without speech end the message: a tone is none
	ended(t, k)
	if took := time.Since(began); took < 5*time.Second {
		t.Errorf("the message ended after %s", took)
	}
	r := theOnlyRecord(t, w)
	if r.Disposition != "voicemail" || len(r.Queues) != 1 || r.Queues[0].Result != "voicemail" || r.Recordings[0].Mailbox == "" || r.Recordings[0].DurationSeconds < 4 {
		t.Errorf("the record says %s, queues %+v, recordings %+v", r.Disposition, r.Queues, r.Recordings)
	}
	kinds := map[string]int{}
	for _, e := range r.Timeline {
		kinds[e.Kind]++
	}
	if kinds["directed"] != 4 || kinds["menu-asked"] != 2 || kinds["menu-keyed"] != 3 || kinds["wait-told"] != 1 || kinds["message-left"] != 1 {
		t.Errorf("the timeline holds %v", kinds)
	}
}
