package retention

import (
	"context"
	"encoding/json"
	"reflect"
	"slices"
	"testing"
	"time"

	"parley/internal/id"
	"parley/internal/settings"
	"parley/internal/store"
)

// TestVoicemail deletes messages at night as their mailbox says, else as the organisation; says before what it will; leaves one marker that
// holds nothing of them; and has what is left counted anew. What was forwarded keeps its sound until its last copy is due.
func TestVoicemail(t *testing.T) {
	db, org, ctx := office(t)
	now := time.Date(2026, 11, 21, 2, 0, 0, 0, time.UTC)
	seven, box := 7, settings.New[settings.Mailbox]()
	box.Name, box.Number, box.Type, box.RetentionDays = "Short", "900", "shared", &seven
	short, err := db.Shelves().Mailboxes.Create(ctx, store.Actor{}, box)
	check(t, err)
	commit := db.StartGroupCommit(store.GroupCommitConfig{})
	leave := func(which id.Message, mailbox string, sound id.Recording, days int) {
		at := now.AddDate(0, 0, -days)
		row := store.Message{Mailbox: id.Mailbox(mailbox), Recording: sound, From: "+32470111222", LeftAt: at}
		row.ID = which
		r := store.Recording{Status: "available", StorageKey: "messages/" + string(sound) + ".live", StartedAt: at, Channels: 2}
		r.ID = sound
		commit.Writer(org.ID).Recording(r)
		commit.Writer(org.ID).Message(row)
	}
	leave("old", short.ID, "r1", 8)
	leave("young", short.ID, "r2", 6)
	leave("elsewhere", "gone", "r3", 364)
	leave("long ago", "gone", "r4", 400)
	leave("copied", short.ID, "r5", 9)
	leave("copy", "other", "r5", 9)
	check(t, commit.Close(ctx))
	counted := 0
	k := keeper(db)
	k.Recount = func(context.Context) error { counted++; return nil }

	due := preview(ctx, t, k, now)
	of := slices.IndexFunc(due, func(d Due) bool { return d.Class == "voicemail" })
	want := Due{"voicemail", "365 days, or as the mailbox says", store.Expired{Count: 3, Oldest: now.AddDate(0, 0, -400), Newest: now.AddDate(0, 0, -8)}, nil}
	if of < 0 || !reflect.DeepEqual(due[of], want) || counted != 0 {
		t.Fatalf("preview %+v, counted %d times", due, counted)
	}
	check(t, k.Nightly(ctx, now))
	page, err := db.Messages(ctx, store.MessageFilter{Mailboxes: []id.Mailbox{id.Mailbox(short.ID), "gone", "other"}}, store.Range{})
	check(t, err)
	if page.Total != 3 || counted != 1 {
		t.Errorf("%d messages are left, counted %d times", page.Total, counted)
	}
	keys, err := db.BlobRemovals(ctx)
	check(t, err)
	if !slices.Contains(keys, "messages/r1.live") || slices.Contains(keys, "messages/r5.live") || len(keys) != 6 {
		t.Errorf("files to be deleted: %v", keys)
	}
	marks, err := db.AuditOf(ctx, store.AuditQuery{Kind: "retention"})
	check(t, err)
	if marks.Total != 1 || marks.Rows[0].Action != "voicemail deleted by retention" {
		t.Fatalf("markers %+v", marks)
	}
	mark := Due{}
	check(t, json.Unmarshal(marks.Rows[0].After, &mark))
	if !reflect.DeepEqual(mark, want) {
		t.Errorf("marker %+v", mark)
	}
	check(t, k.Nightly(ctx, now))
	if again, err := db.AuditOf(ctx, store.AuditQuery{Kind: "retention"}); err != nil || again.Total != 1 || counted != 1 {
		t.Errorf("the second night left %d markers, counted %d times, %v", again.Total, counted, err)
	}
}
