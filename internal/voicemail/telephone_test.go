package voicemail_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"parley/internal/id"
	"parley/internal/sounds"
	"parley/internal/store"
	"parley/internal/treatment"
	"parley/internal/voicemail"
)

// phoned gives the world a telephone.
func phoned(t *testing.T) (w *world, ready map[string]int) {
	t.Helper()
	w, ready = newWorld(t), map[string]int{}
	w.Phone = voicemail.Telephone{
		Ready: func(name string, s sounds.Sound) error { ready[name] = len(s.Samples); return nil },
		Keep: func(_ string, version int, wav []byte) (store.AudioVersion, error) {
			return store.AudioVersion{Version: version, MIMEType: "audio/wav", Bytes: int64(len(wav)), Milliseconds: 1000, SHA256: "x"}, nil
		},
		Changed: func(ctx context.Context, _ id.Org) error { return w.Reload(ctx) },
	}
	check(t, w.DB.SetMailboxPIN(w.ctx, w.boxes["sales"], "314159"))
	return w, ready
}

// TestOpenByTelephone: the PIN opens a mailbox by its name or its digits, new messages first as they came; wrong ones lock it.
func TestOpenByTelephone(t *testing.T) {
	w, _ := phoned(t)
	at := time.Date(2026, 11, 21, 9, 0, 0, 0, time.UTC)
	for i := range 4 {
		w.leave("sales", id.Recording(fmt.Sprint("m", i)), at.Add(time.Duration(i)*time.Minute))
	}
	for _, heard := range []id.Message{"m0", "m2"} {
		check(t, w.Mark(w.ctx, w.people["ann"], heard, true))
	}
	told := w.Open(t.Context(), w.org, treatment.Consult{}, "800", "314159")
	order := ""
	for _, m := range told.Messages {
		order += string(m.ID)
	}
	if told.Verdict != treatment.Fits || told.Mailbox != w.boxes["sales"] || order != "m1m3m2m0" {
		t.Errorf("%+v", told)
	}
	if v := w.Open(t.Context(), w.org, treatment.Consult{}, "999", "314159").Verdict; v != treatment.Unfit {
		t.Errorf("a mailbox that is not there: %s", v)
	}
	for range 5 {
		if v := w.Open(t.Context(), w.org, treatment.Consult{Mailbox: w.boxes["sales"]}, "", "271828").Verdict; v != treatment.Unfit {
			t.Errorf("a wrong PIN: %s", v)
		}
	}
	if v := w.Open(t.Context(), w.org, treatment.Consult{Mailbox: w.boxes["sales"]}, "", "314159").Verdict; v != treatment.Locked {
		t.Errorf("after five wrong PINs: %s", v)
	}
}

// TestConsultByTelephone: what a caller does is seen at once, and only in the mailbox that is open.
func TestConsultByTelephone(t *testing.T) {
	w, ready := phoned(t)
	which := w.leave("sales", "m1", time.Now())
	do := func(deed treatment.Deed, box string) treatment.Told {
		return w.Consult(t.Context(), w.org, treatment.Consult{Do: deed, Mailbox: w.boxes[box], Message: which, Recording: "m1"})
	}
	for _, deed := range []treatment.Deed{treatment.FetchMessage, treatment.MarkHeard, treatment.DeleteMessage} {
		if v := do(deed, "ann").Verdict; v != treatment.Failed {
			t.Errorf("%s of another mailbox: %s", deed, v)
		}
	}
	if told := do(treatment.FetchMessage, "sales"); told.Audio != "message:m1" || ready["message:m1"] != 4000 {
		t.Errorf("%+v, ready %v", told, ready)
	}
	do(treatment.MarkHeard, "sales")
	if w.shown["Sales"] != [2]int{0, 1} {
		t.Errorf("after it was heard %v", w.shown)
	}
	if told := do(treatment.KeepGreeting, "sales"); told.Verdict != treatment.Fits {
		t.Errorf("greeting: %+v", told)
	}
	first := w.greeting("sales")
	do(treatment.KeepGreeting, "sales")
	if again := w.greeting("sales"); first == "" || again != first {
		t.Errorf("the greeting is file %q, then %q", first, again)
	}
	do(treatment.DeleteMessage, "sales")
	if v := do(treatment.MarkNew, "sales").Verdict; v != treatment.Failed || w.shown["Sales"] != [2]int{0, 0} {
		t.Errorf("after it was deleted: %s, %v", v, w.shown)
	}
}

// greeting names the file that callers of a mailbox hear first.
func (w *world) greeting(box string) string {
	w.t.Helper()
	b, err := w.Box(w.org, w.boxes[box])
	check(w.t, err)
	return b.Prompt.Audio
}

// TestChangePINByTelephone refuses what could be guessed.
func TestChangePINByTelephone(t *testing.T) {
	w, _ := phoned(t)
	for pin, want := range map[string]treatment.Verdict{"12345": treatment.Unfit, "800": treatment.Unfit, "161803": treatment.Fits} {
		if v := w.ChangePIN(t.Context(), w.org, w.boxes["sales"], pin).Verdict; v != want {
			t.Errorf("%s: %s, want %s", pin, v, want)
		}
	}
	if v := w.Open(t.Context(), w.org, treatment.Consult{Mailbox: w.boxes["sales"]}, "", "161803").Verdict; v != treatment.Fits {
		t.Errorf("the new PIN: %s", v)
	}
}

// TestOpenFromOutside: after twenty wrong PINs for whatever mailbox nobody outside is heard any more, not with the right PIN either; those
// inside are.
func TestOpenFromOutside(t *testing.T) {
	w, _ := phoned(t)
	outside := treatment.Consult{Outside: true}
	if v := w.Open(t.Context(), w.org, outside, "800", "314159").Verdict; v != treatment.Fits {
		t.Errorf("the right PIN: %s", v)
	}
	for i := range 20 {
		if v := w.Open(t.Context(), w.org, outside, fmt.Sprint(900+i), "271828").Verdict; v != treatment.Unfit {
			t.Fatalf("wrong PIN %d: %s", i, v)
		}
	}
	if v := w.Open(t.Context(), w.org, outside, "800", "314159").Verdict; v != treatment.Locked {
		t.Errorf("the right PIN after many wrong ones: %s", v)
	}
	if v := w.Open(t.Context(), w.org, treatment.Consult{}, "800", "314159").Verdict; v != treatment.Fits {
		t.Errorf("the right PIN inside: %s", v)
	}
}
