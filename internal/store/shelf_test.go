package store

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"parley/internal/dest"
	"parley/internal/prompt"
	"parley/internal/settings"
)

func menuTo(name string, d dest.Destination) settings.Menu {
	m := settings.New[settings.Menu]()
	m.Name, m.Prompt = name, prompt.Prompt{Text: "Press one"}
	m.Options = []settings.MenuOption{{Digits: "1", Destination: d}}
	return m
}

func TestShelf(t *testing.T) {
	onBoth(t, func(t *testing.T, db *DB) {
		w := newWorld(t, db, 1)
		menus, by := db.Shelves().Menus, Actor{User: w.users[0].ID, IP: "192.0.2.1"}
		sales := dest.Destination{Kind: dest.Queue, Target: string(w.queue.ID)}
		made, err := menus.Create(w.ctx, by, menuTo("Main", sales))
		check(t, err)
		same(t, "defaults", []int{made.Version, made.Fields.Timeout, made.Fields.MaxTries}, []int{1, 5, 3})
		_, err = menus.Create(w.ctx, by, menuTo("MAIN ", sales))
		refused(t, "the same name", err, ErrTaken)
		_, err = menus.Create(w.ctx, by, menuTo("Lost", dest.Destination{Kind: dest.Queue, Target: "nowhere"}))
		wrong := (*ProblemsError)(nil)
		if !errors.As(err, &wrong) || wrong.Problems[0].Field != "options[0].destination" {
			t.Fatalf("a queue that is not there: %v", err)
		}

		first := made.Fields
		changed := menuTo("Main", sales)
		changed.MaxTries = 1
		made, err = menus.Update(w.ctx, by, made.ID, 1, changed)
		check(t, err)
		_, err = menus.Update(w.ctx, by, made.ID, 1, changed)
		stale := (*StaleError)(nil)
		if !errors.As(err, &stale) || stale.Current.(Saved[settings.Menu]).Version != 2 {
			t.Fatalf("an old version: %v", err)
		}
		versions, err := menus.Versions(w.ctx, made.ID)
		check(t, err)
		same(t, "versions", []int{len(versions), versions[0].Version, versions[1].Fields.MaxTries}, []int{2, 2, 3})
		made, err = menus.Rollback(w.ctx, by, made.ID, 2, 1)
		check(t, err)
		same(t, "rolled back", made.Fields, first)
		same(t, "as a new version", made.Version, 3)

		uses, err := db.Shelves().Queues.Uses(w.ctx, string(w.queue.ID))
		check(t, err)
		same(t, "uses", uses, []Use{{"menu", made.ID, "Main"}, {"number", string(w.number.ID), "+3225550001"}})
		inUse := (*InUseError)(nil)
		if err := db.Shelves().Queues.Delete(w.ctx, by, string(w.queue.ID)); !errors.As(err, &inUse) || len(inUse.Users) != 2 {
			t.Fatalf("a queue in use: %v", err)
		}
		check(t, menus.Delete(w.ctx, by, made.ID))
		_, err = menus.Get(w.ctx, made.ID)
		refused(t, "deleted", err, ErrNotFound)
		entries, err := db.AuditEntries(w.ctx, Range{Limit: 4}) // those of this test; before them agents got their mailboxes
		check(t, err)
		actions := []string{}
		for _, e := range entries.Rows {
			actions = append(actions, e.Action)
		}
		same(t, "audit", actions, []string{"menu deleted", "menu rolled back to version 1", "menu updated", "menu created"})
	})
}

// TestSole: the mark that one record of a kind has moves to the next, which is audited for both (PN-1, CS-1).
func TestSole(t *testing.T) {
	onBoth(t, func(t *testing.T, db *DB) {
		w := newWorld(t, db, 1)
		numbers, by := db.Shelves().Numbers, Actor{User: w.users[0].ID}
		var made []Saved[settings.Number]
		for _, phone := range []string{"+3225550301", "+3225550302"} {
			n := settings.New[settings.Number]()
			n.PhoneNumber, n.Trunk, n.Default = phone, string(w.number.Trunk), true
			one, err := numbers.Create(w.ctx, by, n)
			check(t, err)
			made = append(made, one)
		}
		first, err := numbers.Get(w.ctx, made[0].ID)
		check(t, err)
		same(t, "the mark moves", []bool{first.Fields.Default, made[1].Fields.Default}, []bool{false, true})
		again, err := numbers.Update(w.ctx, by, first.ID, first.Version, made[0].Fields)
		check(t, err)
		same(t, "and back", again.Fields.Default, true)
		versions, err := numbers.Versions(w.ctx, made[1].ID)
		check(t, err)
		same(t, "versions", []bool{versions[0].Fields.Default, versions[1].Fields.Default}, []bool{false, true})
		entries, err := db.AuditOf(w.ctx, AuditQuery{Subject: made[1].ID})
		check(t, err)
		same(t, "audited", entries.Total, 2)
	})
}

// TestUsedByItself: what only itself uses can be deleted.
func TestUsedByItself(t *testing.T) {
	onBoth(t, func(t *testing.T, db *DB) {
		w := newWorld(t, db, 1)
		menus, by := db.Shelves().Menus, Actor{User: w.users[0].ID}
		made, err := menus.Create(w.ctx, by, menuTo("Main", dest.Destination{Kind: dest.Queue, Target: string(w.queue.ID)}))
		check(t, err)
		_, err = menus.Update(w.ctx, by, made.ID, 1, menuTo("Main", dest.Destination{Kind: dest.Menu, Target: made.ID}))
		check(t, err)
		check(t, menus.Delete(w.ctx, by, made.ID))
	})
}

func TestDrafts(t *testing.T) {
	onBoth(t, func(t *testing.T, db *DB) {
		w := newWorld(t, db, 1)
		queues, by := db.Shelves().Queues, Actor{User: w.users[0].ID}
		which := string(w.queue.ID)
		live, err := queues.Get(w.ctx, which)
		check(t, err)
		draft := live.Fields
		draft.MaxWaiting = 7
		check(t, queues.SaveDraft(w.ctx, by, which, live.Version, draft))
		now, err := queues.Get(w.ctx, which)
		check(t, err)
		same(t, "a draft changes nothing", now.Fields.MaxWaiting, 0)
		kept, err := queues.Draft(w.ctx, which)
		check(t, err)
		same(t, "draft", kept.Fields.MaxWaiting, 7)
		published, err := queues.Publish(w.ctx, by, which)
		check(t, err)
		same(t, "published", []int{published.Version, published.Fields.MaxWaiting}, []int{live.Version + 1, 7})
		_, err = queues.Draft(w.ctx, which)
		refused(t, "the draft is used up", err, ErrNotFound)
		refused(t, "on an old version", queues.SaveDraft(w.ctx, by, which, live.Version, draft), ErrStale)
		draft.Voicemail = true
		check(t, queues.SaveDraft(w.ctx, by, which, published.Version, draft))
		_, err = queues.Publish(w.ctx, by, which)
		refused(t, "a draft that cannot be", err, ErrInvalid)
	})
}

// TestTables has the records of the older tables come back as they were stored.
func TestTables(t *testing.T) {
	onBoth(t, func(t *testing.T, db *DB) {
		w := newWorld(t, db, 1)
		s, by := db.Shelves(), Actor{}
		q := settings.New[settings.Queue]()
		q.Name, q.Members.Agents, q.MaxWaiting, q.AutoPause = "Support", []string{string(w.agents[1].ID), string(w.agents[0].ID)}, 3, false
		queue, err := s.Queues.Create(w.ctx, by, q)
		check(t, err)
		same(t, "queue", queue.Fields, q)
		trunk := settings.New[settings.Trunk]()
		trunk.Name, trunk.TrunkKind, trunk.Registrar, trunk.Username = "Second", "register", "sip.example.com", "acme"
		trunk.Proxy, trunk.Password, trunk.MaxChannels = "sip.example.com", "secret", 30
		line, err := s.Trunks.Create(w.ctx, by, trunk)
		check(t, err)
		same(t, "the password is not shown", line.Fields.Password, "")
		same(t, "channels", line.Fields.MaxChannels, 30)
		n := settings.New[settings.Number]()
		n.PhoneNumber, n.Trunk, n.Default, n.DeletionProtected = "+3225559999", line.ID, true, true
		number, err := s.Numbers.Create(w.ctx, by, n)
		check(t, err)
		same(t, "leads to", number.Fields.Destination.Kind, dest.Hangup)
		refused(t, "protected", s.Numbers.Delete(w.ctx, by, number.ID), ErrProtected)
		u := settings.New[settings.User]()
		u.Email, u.FirstName, u.Role, u.Language = "Cy@example.com", "Cy", "agent", "fr"
		user, err := s.Users.Create(w.ctx, by, u)
		check(t, err)
		same(t, "user", []string{user.Title, user.Fields.Email, user.Fields.Language}, []string{"Cy", "cy@example.com", "fr"})
		a := settings.New[settings.Agent]()
		a.User, a.Skills = user.ID, []settings.Skill{{Name: "french", Level: 4.5}}
		agent, err := s.Agents.Create(w.ctx, by, a)
		check(t, err)
		same(t, "the next extension", agent.Fields.Extension, "102")
		same(t, "skills", agent.Fields.Skills, a.Skills)
		refused(t, "a user who is an agent", s.Users.Delete(w.ctx, by, user.ID), ErrInUse)
		org, err := s.Org.Get(w.ctx, string(w.org))
		check(t, err)
		org.Fields.Language, org.Fields.SMTP.Password, org.Fields.WebhookSecret = "de", "mail", "whsec_MfKQ9r8GKYqrTwjUPD8I"
		org, err = s.Org.Update(w.ctx, by, org.ID, org.Version, org.Fields)
		check(t, err)
		same(t, "language", org.Fields.Language+org.Fields.SMTP.Password+org.Fields.WebhookSecret, "de")
		house, err := db.Organisation(w.ctx)
		check(t, err)
		secret, err := db.Unseal(house.WebhookSealed)
		check(t, err)
		same(t, "the secret is kept sealed", []any{secret, strings.Contains(house.More, "whsec")}, []any{"whsec_MfKQ9r8GKYqrTwjUPD8I", false})
		versions, err := s.Org.Versions(w.ctx, org.ID)
		check(t, err)
		same(t, "no version holds it", strings.Contains(fmt.Sprintf("%+v", versions), "whsec"), false)
	})
}

func TestOneDefault(t *testing.T) {
	onBoth(t, func(t *testing.T, db *DB) {
		w := newWorld(t, db, 1)
		classes := db.Shelves().Classes
		c := settings.New[settings.Class]()
		c.Name, c.Default = "First", true
		first, err := classes.Create(w.ctx, Actor{}, c)
		check(t, err)
		c.Name = "Second"
		_, err = classes.Create(w.ctx, Actor{}, c)
		check(t, err)
		first, err = classes.Get(w.ctx, first.ID)
		check(t, err)
		same(t, "the first is the default no more", first.Fields.Default, false)
		page, err := classes.List(w.ctx, Query{Text: "secon"})
		check(t, err)
		same(t, "found", []int{page.Total, len(page.Rows)}, []int{1, 1})
	})
}
