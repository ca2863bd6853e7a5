package store

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"parley/internal/id"
	"parley/internal/settings"
)

// boxesOf are the titles of the personal mailboxes of a user.
func boxesOf(t *testing.T, w *world, db *DB, user string) []string {
	t.Helper()
	all, err := db.Shelves().Mailboxes.All(w.ctx)
	check(t, err)
	names := []string{}
	for _, b := range all {
		if b.Fields.User == user {
			names = append(names, b.Title)
		}
	}
	return names
}

// TestAgentHasMailbox: however an agent is made there is one personal mailbox with the defaults of table Mailbox, and it goes with the
// agent (VM-1, VM-2).
func TestAgentHasMailbox(t *testing.T) {
	onBoth(t, func(t *testing.T, db *DB) {
		w := newWorld(t, db, 1)
		s, by := db.Shelves(), Actor{User: w.users[0].ID}
		ann := string(w.users[0].ID)
		same(t, "of CreateAgent", boxesOf(t, w, db, ann), []string{"Ann Ash"})

		hire := func(first string) (user, agent string) {
			t.Helper()
			u := settings.New[settings.User]()
			u.Email, u.FirstName, u.LastName, u.Role = first+"2@example.com", first, "Ash", "agent"
			made, err := s.Users.Create(w.ctx, by, u)
			check(t, err)
			a := settings.New[settings.Agent]()
			a.User = made.ID
			row, err := s.Agents.Create(w.ctx, by, a)
			check(t, err)
			return made.ID, row.ID
		}
		user, agent := hire("ann")
		same(t, "of a second Ann", boxesOf(t, w, db, user), []string{"ann Ash 102"})
		all, err := s.Mailboxes.All(w.ctx)
		check(t, err)
		at := slices.IndexFunc(all, func(b Saved[settings.Mailbox]) bool { return b.Fields.User == user })
		want := settings.Mailbox{Type: "agent", Name: "ann Ash 102", User: user, Channel: "none", MaxSeconds: 180}
		same(t, "defaults", all[at].Fields, want)
		for _, pin := range []string{"", "102", "000000", "123456"} {
			right, err := db.MailboxPINMatches(w.ctx, id.Mailbox(all[at].ID), pin)
			same(t, "PIN "+pin, []any{right, err}, []any{false, error(nil)})
		}

		row, err := s.Agents.Get(w.ctx, agent)
		check(t, err)
		_, err = s.Agents.Update(w.ctx, by, agent, row.Version, row.Fields)
		check(t, err)
		check(t, db.FurnishAgents(w.ctx))
		same(t, "one and no more", len(boxesOf(t, w, db, user)), 1)

		inUse := (*InUseError)(nil)
		err = s.Mailboxes.Delete(w.ctx, by, all[at].ID)
		if !errors.As(err, &inUse) || len(inUse.Users) != 1 || inUse.Users[0].ID != agent {
			t.Fatalf("the mailbox of somebody who is an agent: %v", err)
		}
		check(t, s.Agents.Delete(w.ctx, by, agent))
		same(t, "with the agent", boxesOf(t, w, db, user), []string{})
		check(t, s.Users.Delete(w.ctx, by, user))
		entries, err := db.AuditEntries(w.ctx, Range{Limit: 3})
		check(t, err)
		same(t, "audit", []string{entries.Rows[0].Action, entries.Rows[1].Action, entries.Rows[2].Action},
			[]string{"user deleted", "mailbox deleted", "agent deleted"})
	})
}

// TestAgentGoesMessagesStay: an agent is deleted though messages are in the mailbox, or a number of earlier days leads there; then the
// mailbox stays the user's, and can be deleted when nobody needs it any more.
func TestAgentGoesMessagesStay(t *testing.T) {
	onBoth(t, func(t *testing.T, db *DB) {
		w := newWorld(t, db, 1)
		s := db.Shelves()
		boxes, err := s.Mailboxes.All(w.ctx)
		check(t, err)
		group := db.StartGroupCommit(GroupCommitConfig{})
		group.Writer(w.org).Message(Message{Record: Record[id.Message]{ID: "m1"}, Mailbox: id.Mailbox(boxes[0].ID), LeftAt: now()})
		check(t, group.Close(w.ctx))
		w.number.Destination.Kind, w.number.Destination.Target = "mailbox", boxes[1].ID
		check(t, db.UpdateNumber(w.ctx, &w.number))
		for i, name := range []string{"Ann Ash", "Bob Ash"} {
			check(t, s.Agents.Delete(w.ctx, Actor{}, string(w.agents[i].ID)))
			same(t, "still there", boxesOf(t, w, db, string(w.users[i].ID)), []string{name})
		}
		refused(t, "the user of a mailbox", s.Users.Delete(w.ctx, Actor{}, string(w.users[0].ID)), ErrInUse)
		check(t, s.Mailboxes.Delete(w.ctx, Actor{}, boxes[0].ID))
		check(t, s.Users.Delete(w.ctx, Actor{}, string(w.users[0].ID)))
	})
}

// TestFurnishAgents gives agents of earlier versions their mailbox, and leaves those alone who have one.
func TestFurnishAgents(t *testing.T) {
	onBoth(t, func(t *testing.T, db *DB) {
		w := newWorld(t, db, 1)
		_, err := db.bun.NewDelete().Table("records").Where("kind = ?", settings.KindMailbox).Exec(w.ctx)
		check(t, err)
		own := settings.New[settings.Mailbox]()
		own.Name, own.User = "Mine", string(w.users[1].ID)
		_, err = db.Shelves().Mailboxes.Create(w.ctx, Actor{}, own)
		check(t, err)
		for range 2 {
			check(t, db.FurnishAgents(w.ctx))
			same(t, "Ann's", boxesOf(t, w, db, string(w.users[0].ID)), []string{"Ann Ash"})
			same(t, "Bob's", boxesOf(t, w, db, string(w.users[1].ID)), []string{"Mine"})
		}
	})
}

func TestFreeName(t *testing.T) {
	there := []Saved[settings.Mailbox]{{Title: "ann ash"}}
	for name, want := range map[string]string{
		"Ann Ash": "Ann Ash 100", " Bob ": "Bob", "": "100", strings.Repeat("é", 60): strings.Repeat("é", 46),
	} {
		same(t, name, freeName(there, name, "100"), want)
	}
}
