package store

import (
	"testing"
	"time"

	"parley/internal/id"
)

// TestNotices keeps notices for each user, once for each thing, until they are thirty days old (NT-5).
func TestNotices(t *testing.T) {
	onBoth(t, func(t *testing.T, db *DB) {
		w, other := newWorld(t, db, 1), newWorld(t, db, 2)
		ann, bob := w.users[0].ID, w.users[1].ID
		at := time.Date(2026, 11, 20, 12, 0, 0, 0, time.UTC)
		add := func(user id.User, kind NoticeKind, about string, after time.Duration) bool {
			t.Helper()
			fresh, err := db.AddNotice(w.ctx, &Notice{
				User: user, Kind: kind, About: about, Data: NoticeData{Number: "+32470111222", Seconds: 12}, LinkKind: "call", LinkID: "c1", CreatedAt: at.Add(after),
			})
			check(t, err)
			return fresh
		}
		same(t, "new", []bool{
			add(ann, "missed_call", "o1", 0), add(ann, "missed_call", "o1", time.Minute), add(bob, "missed_call", "o1", 0), add(ann, "message", "o1", time.Hour),
			add(ann, "repaired", "", 2*time.Hour), add(ann, "repaired", "", 3*time.Hour),
		}, []bool{true, false, true, true, true, true})
		_, err := db.AddNotice(w.ctx, &Notice{User: other.users[0].ID, Kind: "message"})
		refused(t, "somebody else's user", err, ErrNotFound)
		page, err := db.Notices(w.ctx, ann, Range{Limit: 2})
		check(t, err)
		same(t, "total", page.Total, 4)
		same(t, "newest first", []time.Time{page.Rows[0].CreatedAt, page.Rows[1].CreatedAt}, []time.Time{at.Add(3 * time.Hour), at.Add(2 * time.Hour)})
		last, err := db.Notices(w.ctx, ann, Range{Offset: 3})
		check(t, err)
		one := last.Rows[0]
		same(t, "whole", []any{one.Kind, one.Data, one.LinkKind, one.LinkID}, []any{NoticeMissedCall, NoticeData{Number: "+32470111222", Seconds: 12}, "call", "c1"})
		unread := func(want map[id.User]int) {
			t.Helper()
			all, err := db.UnreadNotices(w.ctx)
			check(t, err)
			same(t, "unread", all, want)
			mine, err := db.UnreadNoticesOf(w.ctx, ann)
			check(t, err)
			same(t, "ann's", mine, want[ann])
		}
		unread(map[id.User]int{ann: 4, bob: 1})
		refused(t, "read by another", db.ReadNotice(w.ctx, bob, one.ID), ErrNotFound)
		refused(t, "read elsewhere", db.ReadNotice(other.ctx, ann, one.ID), ErrNotFound)
		check(t, db.ReadNotice(w.ctx, ann, one.ID))
		check(t, db.ReadNotice(w.ctx, ann, one.ID))
		unread(map[id.User]int{ann: 3, bob: 1})
		check(t, db.ReadNotices(other.ctx, ann))
		unread(map[id.User]int{ann: 3, bob: 1})
		check(t, db.ReadNotices(w.ctx, ann))
		unread(map[id.User]int{bob: 1})
		check(t, db.DeleteNotices(other.ctx, at.Add(time.Hour)))
		check(t, db.DeleteNotices(w.ctx, at.Add(2*time.Hour)))
		page, err = db.Notices(w.ctx, ann, Range{})
		check(t, err)
		same(t, "left", page.Total, 2)
		unread(map[id.User]int{})
	})
}
