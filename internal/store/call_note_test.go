package store

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"parley/internal/id"
)

// TestCallNotes writes a call's notes in hand and later, by two people, and reads what was replaced (CH-9).
func TestCallNotes(t *testing.T) {
	onBoth(t, func(t *testing.T, db *DB) {
		w := newWorld(t, db, 1)
		ann, bob := w.users[0].ID, w.users[1].ID
		none, err := db.CallNote(w.ctx, "c1")
		check(t, err)
		same(t, "before anything was written", none, CallNote{Call: "c1"})
		write := func(version int, author id.User, text string, inHand bool) (CallNote, error) {
			n := CallNote{Call: "c1", Version: version, Author: author, Text: text}
			err := db.WriteCallNote(w.ctx, &n, inHand)
			return n, err
		}
		must := func(version int, author id.User, text string, inHand bool) CallNote {
			t.Helper()
			n, err := write(version, author, text, inHand)
			check(t, err)
			return n
		}
		must(0, ann, "Wants a", true)
		n := must(1, ann, "Wants a refund", true)
		same(t, "saved as it is typed", n.Version, 2)
		same(t, "final while in hand", n.FinalizedAt.IsZero(), true)
		_, err = write(1, bob, "Bob's own", true)
		var stale *StaleError
		if !errors.As(err, &stale) || stale.Current.(CallNote).Text != "Wants a refund" {
			t.Fatalf("on an old version: %v", err)
		}
		_, err = write(0, bob, "As if nothing stood there", true)
		refused(t, "the first note a second time", err, ErrStale)
		must(2, bob, "Wants a refund today", true)
		same(t, "the same again", must(3, ann, "Wants a refund today", true).Version, 3)

		at := time.Date(2026, 11, 22, 13, 0, 0, 0, time.UTC)
		group := db.StartGroupCommit(GroupCommitConfig{})
		group.Writer(w.org).NotesOver("c1", at)
		group.Writer(w.org).NotesOver("c1", at.Add(time.Hour))
		group.Writer(w.org).NotesOver("of nothing written", at)
		check(t, group.Close(w.ctx))
		n, err = db.CallNote(w.ctx, "c1")
		check(t, err)
		same(t, "final", n.FinalizedAt.Equal(at), true)

		n = must(3, bob, "Had his refund", false)
		same(t, "final from the first time on", n.FinalizedAt.Equal(at), true)
		must(4, bob, "Had it", true) // he has the call in hand again
		must(5, bob, "Had it twice", true)
		edits, err := db.CallNoteEdits(w.ctx, "c1")
		check(t, err)
		var before []string
		for _, e := range edits {
			before = append(before, e.Before)
			if e.Editor != bob || e.At.IsZero() {
				t.Errorf("edited by %s at %s", e.Editor, e.At)
			}
		}
		same(t, "replaced, the latest first", before, []string{"Had his refund", "Wants a refund today", "Wants a refund"})
		same(t, "whose it was", edits[2].Author, ann)
		late := CallNote{Call: "c2", Author: ann, Text: "Called about c1"}
		check(t, db.WriteCallNote(w.ctx, &late, false))
		same(t, "written afterwards, final at once", late.FinalizedAt, late.UpdatedAt)
	})
}

// TestNotesOfTheLastProcess makes final what a crash left open, in this organisation alone.
func TestNotesOfTheLastProcess(t *testing.T) {
	onBoth(t, func(t *testing.T, db *DB) {
		mine, theirs := newWorld(t, db, 1), newWorld(t, db, 2)
		for _, w := range []*world{mine, theirs} {
			for _, which := range []id.Call{"c1", "c2"} {
				check(t, db.WriteCallNote(w.ctx, &CallNote{Call: which, Author: "ann", Text: "Notes"}, true))
			}
		}
		check(t, db.FinalizeCallNotes(mine.ctx, now()))
		check(t, db.FinalizeCallNote(theirs.ctx, "c2", now()))
		for _, test := range []struct {
			w    *world
			call id.Call
			want bool
		}{{mine, "c1", true}, {mine, "c2", true}, {theirs, "c1", false}, {theirs, "c2", true}} {
			n, err := db.CallNote(test.w.ctx, test.call)
			check(t, err)
			same(t, "final: "+string(test.call), !n.FinalizedAt.IsZero(), test.want)
		}
	})
}

// TestNotesAtOnce has several people write at the same moment: one wins, the others are told, the first time and after it.
func TestNotesAtOnce(t *testing.T) {
	onBoth(t, func(t *testing.T, db *DB) {
		w := newWorld(t, db, 1)
		for version := range 3 {
			told := make(chan error)
			for i := range 4 {
				go func() {
					told <- db.WriteCallNote(w.ctx, &CallNote{Call: "c1", Version: version, Author: "ann", Text: fmt.Sprint(version, i)}, true)
				}()
			}
			won := 0
			for range 4 {
				switch err := <-told; {
				case err == nil:
					won++
				case !errors.Is(err, ErrStale):
					t.Errorf("told: %v", err)
				}
			}
			same(t, "winners", won, 1)
		}
	})
}
