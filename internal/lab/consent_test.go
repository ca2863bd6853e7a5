package lab

import (
	"context"
	"net/http"
	"testing"

	"parley/internal/call"
	"parley/internal/carrier"
	"parley/internal/live"
	"parley/internal/prompt"
	"parley/internal/settings"
	"parley/internal/sounds"
	"parley/internal/store"
)

// consenting has callers from Germany told of recordings, and callers from Austria asked for their consent; both key 9.
func consenting(ctx context.Context, db *store.DB) error {
	if err := eachQueue(ctx, db, func(q *store.Queue) { q.RecordCall = true }); err != nil {
		return err
	}
	say := prompt.Prompt{Audio: sounds.RecordingNotice}
	shelf := db.Shelves().Org
	all, err := shelf.All(ctx)
	if err != nil {
		return err
	}
	all[0].Fields.Consent = []settings.Consent{
		{Prefixes: []string{"+49"}, Rule: settings.ConsentNotice, Key: "9", Prompt: say},
		{Prefixes: []string{"+43"}, Rule: settings.ConsentOptIn, Key: "9", Prompt: say},
	}
	_, err = shelf.Update(ctx, store.Actor{}, all[0].ID, all[0].Version, all[0].Fields)
	return err
}

// TestConsent: a caller whose country asks for a notice hears it and refuses by the key, and nothing of the call is recorded; nor is it
// of a caller whose country asks for consent, who keys nothing; one who agrees is recorded. The history says which it was (BX-18).
func TestConsent(t *testing.T) {
	t.Parallel()
	w := Start(t, Setup{Prepare: consenting})
	n := network(t, carrier.Config{})
	a := atWork(t, w, w.Person("agent", 0), agentVoice)
	notice := inBox(t, sounds.RecordingNotice)
	for _, c := range []struct {
		from, key  string
		told       call.ConsentOutcome
		recordings int
	}{
		{"+493012345678", "9", call.ConsentOptedOut, 0},
		{"+431234567890", "", "", 0},
		{"+431234567891", "9", call.ConsentOptedIn, 1},
	} {
		k := caller(t, n, w, support, c.from, callerVoice)
		ring := a.rung()
		a.answer(ring)
		hearsSound(t, k, "the notice", notice)
		if c.key != "" {
			if err := k.Press("9"); err != nil {
				t.Fatal(err)
			}
		}
		a.line("active")
		a.hears(callerVoice, agentVoice)
		hearsTone(t, k, agentVoice, callerVoice)
		if c.recordings > 0 {
			a.Wait("the recording", func(p live.Snapshot) bool { return len(p.Me.Lines) == 1 && p.Me.Lines[0].Recording == call.RecordingOn })
		}
		k.HangUp()
		d := a.Record(ring.Call)
		if d.Consent == call.ConsentUnanswered { // the time for the key was over before the caller hung up
			d.Consent = ""
		}
		if d.Consent != c.told || len(d.Recordings) != c.recordings {
			t.Errorf("%s: consent %q, %d recordings", c.from, d.Consent, len(d.Recordings))
		}
		a.status("wrap_up")
		a.Must(http.MethodPost, "/wrapup/end", nil, nil)
		a.status("available")
	}
}
