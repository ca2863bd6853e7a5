package store

import (
	"testing"
	"time"

	"parley/internal/id"
)

// left puts messages into a mailbox the way calls do, a minute apart.
func (w *world) left(t *testing.T, db *DB, mailbox id.Mailbox, recordings ...id.Recording) {
	t.Helper()
	group := start(t, db, GroupCommitConfig{})
	for i, which := range recordings {
		at := time.Date(2026, 11, 21, 9, i, 0, 0, time.UTC)
		row := Message{
			Mailbox: mailbox, Call: id.Call("call-" + which), Recording: which, From: "+32470111222", FromName: "Eve Müller", Customer: "c1",
			CustomerName: "Acme", LeftAt: at, DurationSeconds: 10 + i,
		}
		row.ID = id.Message(which)
		recording := Recording{Call: row.Call, Status: "available", StorageKey: "r/" + string(which) + ".live", Channels: 2, StartedAt: at, Size: 500}
		recording.ID = which
		group.Writer(w.org).Recording(recording)
		group.Writer(w.org).Message(row)
		row.DurationSeconds = 999
		group.Writer(w.org).Message(row) // told twice: the first counts
	}
	check(t, group.Close(t.Context()))
}

func ids(page Page[Message]) (all string) {
	for i := range page.Rows {
		all += string(page.Rows[i].ID)
	}
	return all
}

func TestMessages(t *testing.T) {
	onBoth(t, func(t *testing.T, db *DB) {
		w, other := newWorld(t, db, 1), newWorld(t, db, 2)
		w.left(t, db, "sales", "a", "b", "c")
		w.left(t, db, "ann", "d")
		other.left(t, db, "sales", "x")
		yes, no := true, false
		changed, err := db.MarkMessage(w.ctx, "b", true)
		check(t, err)
		again, err := db.MarkMessage(w.ctx, "b", true)
		check(t, err)
		same(t, "marked", [2]bool{changed, again}, [2]bool{true, false})
		for name, test := range map[string]struct {
			filter MessageFilter
			want   string
		}{
			"nowhere":    {MessageFilter{}, ""},
			"one":        {MessageFilter{Mailboxes: []id.Mailbox{"sales"}}, "cba"},
			"two":        {MessageFilter{Mailboxes: []id.Mailbox{"sales", "ann"}, To: time.Date(2026, 11, 21, 9, 1, 0, 0, time.UTC)}, "da"},
			"heard":      {MessageFilter{Mailboxes: []id.Mailbox{"sales"}, Listened: &yes}, "b"},
			"unheard":    {MessageFilter{Mailboxes: []id.Mailbox{"sales"}, Listened: &no}, "ca"},
			"by a name":  {MessageFilter{Mailboxes: []id.Mailbox{"ann"}, Text: "mÜLL"}, "d"},
			"by nobody":  {MessageFilter{Mailboxes: []id.Mailbox{"ann"}, Text: "%"}, ""},
			"by number":  {MessageFilter{Mailboxes: []id.Mailbox{"ann"}, Text: "0470 111"}, "d"},
			"after that": {MessageFilter{Mailboxes: []id.Mailbox{"sales"}, From: time.Date(2026, 11, 21, 9, 2, 0, 0, time.UTC)}, "c"},
		} {
			page, err := db.Messages(w.ctx, test.filter, Range{})
			check(t, err)
			same(t, name, ids(page), test.want)
			same(t, name, page.Total, len(test.want))
		}
		counts, err := db.MessageCounts(w.ctx)
		check(t, err)
		same(t, "counts", counts, map[id.Mailbox]MessageCount{"sales": {"sales", 2, 1}, "ann": {"ann", 1, 0}})
		_, err = db.Message(w.ctx, "x")
		refused(t, "their message", err, ErrNotFound)
		refused(t, "deleting theirs", db.DeleteMessage(w.ctx, "x"), ErrNotFound)
	})
}

// A forwarded message has a life of its own; the sound goes with the last that has it.
func TestForwardedMessageKeepsTheSound(t *testing.T) {
	onBoth(t, func(t *testing.T, db *DB) {
		w := newWorld(t, db, 1)
		w.left(t, db, "sales", "a")
		_, err := db.MarkMessage(w.ctx, "a", true)
		check(t, err)
		made, err := db.ForwardMessage(w.ctx, "a", "ann", w.users[0].ID)
		check(t, err)
		got, err := db.Message(w.ctx, made.ID)
		check(t, err)
		if got.Mailbox != "ann" || got.Listened || got.ForwardedFrom != "sales" || got.ForwardedBy != w.users[0].ID || got.Recording != "a" ||
			got.DurationSeconds != 10 || got.Status() != "completed" || got.Size != 500 || got.ID == "a" {
			t.Fatalf("%+v", got)
		}
		check(t, db.DeleteMessage(w.ctx, "a"))
		none, err := db.BlobRemovals(w.ctx)
		check(t, err)
		same(t, "removed while a copy is there", none, []string{})
		check(t, db.DeleteMessage(w.ctx, made.ID))
		keys, err := db.BlobRemovals(w.ctx)
		check(t, err)
		same(t, "removed", keys, []string{"r/a.live", "r/a.opus", "r/a.wav.sealed"})
		recording, err := db.Recording(w.ctx, "a")
		check(t, err)
		same(t, "status", recording.Status, "deleted")
		plain, err := db.PlainRecordings(w.ctx)
		check(t, err)
		same(t, "still to be sealed", len(plain), 0)
		w.left(t, db, "sales", "b")
		check(t, db.DiscardRecording(w.ctx, "b"))
		check(t, db.DiscardRecording(w.ctx, "nobody's"))
		recording, err = db.Recording(w.ctx, "b")
		check(t, err)
		same(t, "status of a discarded one", recording.Status, "deleted")
	})
}

// The status of a message is that of its sound.
func TestMessageStatus(t *testing.T) {
	for status, want := range map[string]string{
		"recording": "recording", "processing": "completed", "available": "completed", "failed": "failed", "deleted": "failed", "": "failed",
	} {
		same(t, status, (&Message{RecordingStatus: status}).Status(), want)
	}
}

func TestMailboxPIN(t *testing.T) {
	onBoth(t, func(t *testing.T, db *DB) {
		w := newWorld(t, db, 1)
		for _, bad := range []string{"", "12345", "12345678901", "12345a", "１２３４５６"} {
			refused(t, bad, db.SetMailboxPIN(w.ctx, "ann", bad), ErrInvalid)
		}
		match := func(pin string) bool {
			t.Helper()
			ok, err := db.MailboxPINMatches(w.ctx, "ann", pin)
			check(t, err)
			return ok
		}
		same(t, "before there is one", match("123456"), false)
		check(t, db.SetMailboxPIN(w.ctx, "ann", "123456"))
		same(t, "right", match("123456"), true)
		for range pinFailures - 1 {
			same(t, "wrong", match("654321"), false)
		}
		same(t, "right after wrong ones", match("123456"), true)
		for range pinFailures {
			same(t, "wrong", match("654321"), false)
		}
		_, err := db.MailboxPINMatches(w.ctx, "ann", "123456")
		refused(t, "locked", err, ErrPINLocked)
		check(t, db.SetMailboxPIN(w.ctx, "ann", "9876543210"))
		same(t, "a new one ends the lock", match("9876543210"), true)
		same(t, "the old one", match("123456"), false)
	})
}

func TestGreetings(t *testing.T) {
	onBoth(t, func(t *testing.T, db *DB) {
		w := newWorld(t, db, 1)
		one := Greeting{User: w.users[0].ID, Name: "Reminder"}
		one.Prompt.Text = "It is time."
		check(t, db.CreateGreeting(w.ctx, &one))
		twice := Greeting{User: w.users[0].ID, Name: "Reminder"}
		refused(t, "a name twice", db.CreateGreeting(w.ctx, &twice), ErrTaken)
		theirs := Greeting{User: w.users[1].ID, Name: "Reminder"}
		check(t, db.CreateGreeting(w.ctx, &theirs))
		one.Name = "Late"
		check(t, db.UpdateGreeting(w.ctx, &one))
		all, err := db.GreetingsOf(w.ctx, w.users[0].ID)
		check(t, err)
		same(t, "greetings", all, []Greeting{one})
		check(t, db.DeleteGreeting(w.ctx, one.ID))
		refused(t, "gone", db.DeleteGreeting(w.ctx, one.ID), ErrNotFound)
	})
}

// A job is taken by one at a time, again after its lease, and is there once for a subject.
func TestJobs(t *testing.T) {
	onBoth(t, func(t *testing.T, db *DB) {
		w := newWorld(t, db, 1)
		group := start(t, db, GroupCommitConfig{})
		group.Writer(w.org).Job(Job{Kind: "notice", Subject: "m1", Content: []byte(`{"a":1}`)})
		group.Writer(w.org).Job(Job{Kind: "notice", Subject: "m1", Content: []byte(`{"a":2}`)})
		check(t, group.Close(t.Context()))
		later := now().Add(time.Hour)
		check(t, db.AddJob(w.ctx, &Job{Kind: "notice", Subject: "m2", DueAt: later}))
		check(t, db.AddJob(w.ctx, &Job{Kind: "notice", Subject: "m2"}))
		check(t, db.AddJob(w.ctx, &Job{Kind: "other", Subject: "m3"}))
		take := func(at time.Time) (subjects string) {
			t.Helper()
			jobs, err := db.TakeJobs(w.ctx, []string{"notice"}, at, time.Minute)
			check(t, err)
			for _, j := range jobs {
				subjects += j.Subject + string(j.Content) + string(rune('0'+j.Attempts)) + " "
			}
			return subjects
		}
		at := now().Add(time.Second)
		same(t, "due", take(at), `m1{"a":1}1 `)
		same(t, "taken", take(at), "")
		same(t, "after the lease", take(at.Add(time.Minute)), `m1{"a":1}2 `)
		next, err := db.NextJob(w.ctx, []string{"notice"})
		check(t, err)
		same(t, "next", next, at.Add(2*time.Minute))
		jobs, err := db.TakeJobs(w.ctx, []string{"other"}, at, time.Minute)
		check(t, err)
		check(t, db.JobPutOff(w.ctx, jobs[0].ID, later, "nobody listens"))
		jobs, err = db.TakeJobs(w.ctx, []string{"other"}, later, time.Minute)
		check(t, err)
		same(t, "failure", jobs[0].Failure, "nobody listens")
		check(t, db.JobDone(w.ctx, jobs[0].ID))
		_, err = db.NextJob(w.ctx, []string{"other"})
		refused(t, "done", err, ErrNotFound)
	})
}
