package store

import (
	"testing"
	"time"

	"parley/internal/presence"
	"parley/internal/settings"
)

// TestPresence keeps what a user has picked, with the user's own word, and each organisation's by itself (PR-2, PR-3).
func TestPresence(t *testing.T) {
	onBoth(t, func(t *testing.T, db *DB) {
		w, other := newWorld(t, db, 1), newWorld(t, db, 2)
		ann := w.users[0].ID
		none, err := db.Presences(w.ctx)
		check(t, err)
		same(t, "picked at first", len(none), 0)
		since := time.Date(2026, 11, 20, 12, 0, 0, 0, time.UTC)
		check(t, db.SetPresence(w.ctx, ann, presence.Own{Presence: "lunch", Since: since}))
		own := presence.Own{Presence: "in_a_meeting", Text: "jusqu'à 16:00", Since: since.Add(time.Hour)}
		own.DoNotDisturb, own.Forwarding, own.ForwardTo, own.Devices = presence.Off, "always", "202", []string{"softphone", "desk_phone"}
		check(t, db.SetPresence(w.ctx, ann, own))
		all, err := db.Presences(w.ctx)
		check(t, err)
		same(t, "picked", all[ann], own)
		same(t, "people", len(all), 1)
		refused(t, "of another organisation", db.SetPresence(other.ctx, ann, own), ErrNotFound)
		theirs, err := db.Presences(other.ctx)
		check(t, err)
		same(t, "theirs", len(theirs), 0)
	})
}

// TestPresenceShelf: there are always eleven, of which only what was changed is stored (PR-3).
func TestPresenceShelf(t *testing.T) {
	onBoth(t, func(t *testing.T, db *DB) {
		w, other := newWorld(t, db, 1), newWorld(t, db, 2)
		shelf, by := db.Shelves().Presences, Actor{User: w.users[0].ID}
		page, err := shelf.List(w.ctx, Query{})
		check(t, err)
		same(t, "presences", page.Total, 11)
		lunch, err := shelf.Get(w.ctx, "lunch")
		check(t, err)
		same(t, "lunch", []any{lunch.Version, lunch.Fields.Name, lunch.Fields.DoNotDisturb}, []any{1, "Lunch", true})
		fields := lunch.Fields
		fields.Name, fields.DoNotDisturb, fields.Devices.DeskPhone = "Siesta", false, true
		changed, err := shelf.Update(w.ctx, by, "lunch", 1, fields)
		check(t, err)
		same(t, "changed", []any{changed.ID, changed.Version, changed.Title}, []any{"lunch", 2, "Siesta"})
		same(t, "fields", changed.Fields, fields)
		_, err = shelf.Update(w.ctx, by, "lunch", 1, fields)
		refused(t, "an old version", err, ErrStale)
		fields.Name = "Lunch"
		changed, err = shelf.Update(w.ctx, by, "lunch", 2, fields)
		check(t, err)
		same(t, "again", changed.Version, 3)
		versions, err := shelf.Versions(w.ctx, "lunch")
		check(t, err)
		same(t, "versions", len(versions), 3)
		theirs, err := shelf.Get(other.ctx, "lunch")
		check(t, err)
		same(t, "theirs", theirs.Fields, lunch.Fields)
		_, err = shelf.Create(w.ctx, by, fields)
		refused(t, "a twelfth", err, ErrProtected)
		refused(t, "deleted", shelf.Delete(w.ctx, by, "lunch"), ErrProtected)
		_, err = shelf.Get(w.ctx, "siesta")
		refused(t, "unknown", err, ErrNotFound)
	})
}

// TestFavourites keeps whom a user calls often, colleagues and contacts, and only those of the organisation (PR-5).
func TestFavourites(t *testing.T) {
	onBoth(t, func(t *testing.T, db *DB) {
		w, other := newWorld(t, db, 1), newWorld(t, db, 2)
		ann, bob := w.users[0].ID, w.users[1].ID
		eve := settings.Contact{Name: "Eve", Company: "Acme", Numbers: []string{"+32470111222"}}
		contact, err := db.Shelves().Contacts.Create(w.ctx, Actor{User: ann}, eve)
		check(t, err)
		same(t, "title", contact.Title, "Eve (Acme)")
		_, err = db.Shelves().Contacts.Create(w.ctx, Actor{User: ann}, eve)
		refused(t, "the same again", err, ErrTaken)
		for _, f := range []Favourite{{Kind: "user", Target: string(bob)}, {Kind: "contact", Target: contact.ID}, {Kind: "user", Target: string(bob)}} {
			f.User = ann
			check(t, db.SetFavourite(w.ctx, f, true))
		}
		names := func(in *world) (all []string) {
			found, err := db.Favourites(in.ctx, ann)
			check(t, err)
			for _, f := range found {
				all = append(all, f.Kind+" "+f.Target)
			}
			return all
		}
		same(t, "favourites", names(w), []string{"user " + string(bob), "contact " + contact.ID})
		same(t, "elsewhere", len(names(other)), 0)
		check(t, db.SetFavourite(w.ctx, Favourite{User: ann, Kind: "user", Target: string(bob)}, false))
		same(t, "one less", names(w), []string{"contact " + contact.ID})
		for what, f := range map[string]Favourite{
			"nobody":             {User: ann, Kind: "user", Target: string(other.users[0].ID)},
			"no contact":         {User: ann, Kind: "contact", Target: "none"},
			"somebody else's":    {User: other.users[0].ID, Kind: "contact", Target: contact.ID},
			"a contact unto one": {User: ann, Kind: "contact", Target: string(bob)},
		} {
			refused(t, what, db.SetFavourite(w.ctx, f, true), ErrNotFound)
		}
	})
}
