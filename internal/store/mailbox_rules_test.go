package store

import (
	"errors"
	"testing"

	"parley/internal/dest"
	"parley/internal/settings"
)

// refusedFor checks that something was refused for what one field holds.
func refusedFor(t *testing.T, what string, err error, field string) {
	t.Helper()
	problems := (*ProblemsError)(nil)
	if !errors.As(err, &problems) || problems.Problems[0].Field != field {
		t.Errorf("%s: %v, want a refusal of %s", what, err, field)
	}
}

// boxed is a world with Ann's personal mailbox and a shared one that the queue uses.
func boxedWorld(t *testing.T, db *DB) (w *world, own, shared Saved[settings.Mailbox]) {
	t.Helper()
	w = newWorld(t, db, 1)
	s := db.Shelves()
	all, err := s.Mailboxes.All(w.ctx)
	check(t, err)
	own = all[0]
	same(t, "whose it is", own.Fields.User, string(w.users[0].ID))
	box := settings.New[settings.Mailbox]()
	box.Name, box.Type, box.Number = "Team", "shared", "800"
	shared, err = s.Mailboxes.Create(w.ctx, Actor{}, box)
	check(t, err)
	return w, own, shared
}

// TestNothingLeadsToPersonalMailbox: whichever way a record comes to be stored, it does not lead callers to a personal mailbox (VM-9).
func TestNothingLeadsToPersonalMailbox(t *testing.T) {
	onBoth(t, func(t *testing.T, db *DB) {
		w, own, shared := boxedWorld(t, db)
		s, by := db.Shelves(), Actor{}
		at := func(box Saved[settings.Mailbox]) dest.Destination {
			return dest.Destination{Kind: dest.Mailbox, Target: box.ID}
		}

		_, err := s.Menus.Create(w.ctx, by, menuTo("Main", at(own)))
		refusedFor(t, "created", err, "options[0].destination")
		refusedFor(t, "asked before", s.Menus.Fits(w.ctx, "", menuTo("Main", at(own))), "options[0].destination")
		menu, err := s.Menus.Create(w.ctx, by, menuTo("Main", at(shared)))
		check(t, err)
		_, err = s.Menus.Update(w.ctx, by, menu.ID, menu.Version, menuTo("Main", at(own)))
		refusedFor(t, "updated", err, "options[0].destination")
		check(t, s.Menus.SaveDraft(w.ctx, by, menu.ID, menu.Version, menuTo("Main", at(own))))
		_, err = s.Menus.Publish(w.ctx, by, menu.ID)
		refusedFor(t, "published", err, "options[0].destination")

		number, err := s.Numbers.Get(w.ctx, string(w.number.ID))
		check(t, err)
		number.Fields.Destination = at(own)
		_, err = s.Numbers.Update(w.ctx, by, number.ID, number.Version, number.Fields)
		refusedFor(t, "a number", err, "destination")
		org, err := s.Org.Get(w.ctx, string(w.org))
		check(t, err)
		to := at(own)
		org.Fields.Fallback = &to
		_, err = s.Org.Update(w.ctx, by, org.ID, org.Version, org.Fields)
		refusedFor(t, "the fallback", err, "fallback")

		free, err := s.Menus.Update(w.ctx, by, menu.ID, menu.Version, menuTo("Main", dest.Destination{Kind: dest.Hangup}))
		check(t, err)
		check(t, s.Agents.Delete(w.ctx, by, string(w.agents[0].ID)))
		shared.Fields.Type, shared.Fields.User = "agent", string(w.users[0].ID) // nothing leads to it now, but an earlier version did
		_, err = s.Mailboxes.Update(w.ctx, by, shared.ID, shared.Version, shared.Fields)
		check(t, err)
		_, err = s.Menus.Rollback(w.ctx, by, menu.ID, free.Version, menu.Version)
		refusedFor(t, "rolled back", err, "options[0].destination")
	})
}

// TestPersonalMailboxStays: what an agent's mailbox is does not change while it is the agent's, nor a shared one while it is used.
func TestPersonalMailboxStays(t *testing.T) {
	onBoth(t, func(t *testing.T, db *DB) {
		w, own, shared := boxedWorld(t, db)
		s := db.Shelves()
		agent, err := s.Agents.Get(w.ctx, string(w.agents[1].ID))
		check(t, err)
		for field, set := range map[string]func(*settings.Agent){
			"shared_mailbox": func(a *settings.Agent) { a.SharedMailbox = own.ID }, "personal_mailbox": func(a *settings.Agent) { a.PersonalMailbox = own.ID },
		} {
			wrong := agent.Fields
			set(&wrong)
			_, err := s.Agents.Update(w.ctx, Actor{}, agent.ID, agent.Version, wrong)
			refusedFor(t, "another's as "+field, err, field)
		}
		agent.Fields.SharedMailbox = shared.ID
		_, err = s.Agents.Update(w.ctx, Actor{}, agent.ID, agent.Version, agent.Fields)
		check(t, err)

		change := func(box Saved[settings.Mailbox], set func(*settings.Mailbox)) error {
			set(&box.Fields)
			_, err := s.Mailboxes.Update(w.ctx, Actor{}, box.ID, box.Version, box.Fields)
			return err
		}
		stranger := User{Email: "cy@example.com", FirstName: "Cy"}
		check(t, db.CreateUser(w.ctx, &stranger, RoleAgent))
		refusedFor(t, "shared by an agent", change(shared, func(m *settings.Mailbox) { m.Type, m.User = "agent", string(stranger.ID) }), "voicemail_mailbox_type")
		refusedFor(t, "no longer personal", change(own, func(m *settings.Mailbox) { m.Type = "shared" }), "voicemail_mailbox_type")
		refusedFor(t, "somebody else's", change(own, func(m *settings.Mailbox) { m.User = string(stranger.ID) }), "user")
		refusedFor(t, "a second one", change(own, func(m *settings.Mailbox) { m.User = string(w.users[1].ID) }), "user")
		check(t, change(own, func(m *settings.Mailbox) { m.Name = "Ann's" }))
	})
}

// TestLedToPersonalBefore: a mailbox that a number leads to from earlier days is changed in all else.
func TestLedToPersonalBefore(t *testing.T) {
	onBoth(t, func(t *testing.T, db *DB) {
		w, own, _ := boxedWorld(t, db)
		w.number.Destination.Kind, w.number.Destination.Target = "mailbox", own.ID
		check(t, db.UpdateNumber(w.ctx, &w.number))
		own.Fields.Prompt.Text = "Ann is out."
		_, err := db.Shelves().Mailboxes.Update(w.ctx, Actor{}, own.ID, own.Version, own.Fields)
		check(t, err)
	})
}
