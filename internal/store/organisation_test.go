package store

import (
	"context"
	"net/netip"
	"reflect"
	"testing"
	"time"

	"parley/internal/id"
)

// Everything that takes a context refuses one that names no organisation, but for Open and such and the look-ups of
// find_organisation.go. New methods are met by reflection, so that none can be forgotten.
func TestNothingWithoutAnOrganisation(t *testing.T) {
	free := map[string]bool{"Ping": true, "Migrate": true, "CreateOrganisation": true, "CreateFirst": true, "OrganisationIDs": true, "FindUser": true,
		"FindSession": true, "FindInvitation": true, "FindNumber": true, "FindSIPUser": true, "FindTrunks": true}
	onBoth(t, func(t *testing.T, db *DB) {
		newWorld(t, db, 1)
		methods := reflect.ValueOf(db)
		met := 0
		for i := range methods.NumMethod() {
			name, method := methods.Type().Method(i).Name, methods.Method(i)
			kind := method.Type()
			if kind.NumIn() == 0 || kind.In(0) != reflect.TypeFor[context.Context]() || free[name] {
				continue
			}
			met++
			in := []reflect.Value{reflect.ValueOf(context.Background())}
			for n := 1; n < kind.NumIn(); n++ {
				if kind.In(n).Kind() == reflect.Pointer {
					in = append(in, reflect.New(kind.In(n).Elem()))
				} else {
					in = append(in, reflect.Zero(kind.In(n)))
				}
			}
			call := method.Call
			if kind.IsVariadic() {
				call = method.CallSlice
			}
			out := call(in)
			err, _ := out[len(out)-1].Interface().(error)
			refused(t, name, err, ErrNoOrganisation)
		}
		if met < 50 {
			t.Fatalf("only %d methods were met", met)
		}
	})
}

// Two organisations hold the same things; neither sees, changes or refers to the other's.
func TestOrganisationsDoNotMeet(t *testing.T) {
	onBoth(t, func(t *testing.T, db *DB) {
		mine, theirs := newWorld(t, db, 1), newWorld(t, db, 2)
		group := db.StartGroupCommit(GroupCommitConfig{})
		group.Writer(theirs.org).Record(CallRow{Record: Record[id.Call]{ID: "call-1"}, ArrivedAt: now(), CustomerName: "Eve"})
		group.Writer(theirs.org).Save("call/1", "call", 1, []byte(`{}`))
		check(t, group.Close(t.Context()))
		forger := db.StartGroupCommit(GroupCommitConfig{})
		forger.Writer(mine.org).Record(CallRow{Record: Record[id.Call]{ID: "call-1"}, ArrivedAt: now(), CustomerName: "Mallory"})
		forger.Writer(mine.org).Remove("call/1")
		check(t, forger.Close(t.Context()))
		call, err := db.Call(theirs.ctx, "call-1", Scope{All: true})
		check(t, err)
		same(t, "their record", call.CustomerName, "Eve")
		theirJournal, err := db.Journal(theirs.ctx)
		check(t, err)
		same(t, "their journal", len(theirJournal), 1)
		recording := Recording{Record: Record[id.Recording]{ID: "call-1.r1"}, Call: "call-1", StartedAt: now()}
		check(t, db.CreateRecording(theirs.ctx, &recording))
		check(t, db.SetSetting(theirs.ctx, "colour", "red"))

		for name, read := range map[string]func() error{
			"queue":      func() error { _, err := db.Queue(mine.ctx, theirs.queue.ID); return err },
			"agent":      func() error { _, err := db.Agent(mine.ctx, theirs.agents[0].ID); return err },
			"user":       func() error { _, err := db.User(mine.ctx, theirs.users[0].ID); return err },
			"membership": func() error { _, err := db.Membership(mine.ctx, theirs.users[0].ID); return err },
			"trunk":      func() error { _, err := db.Trunk(mine.ctx, theirs.trunk.ID); return err },
			"number":     func() error { _, err := db.Number(mine.ctx, theirs.number.ID); return err },
			"call":       func() error { _, err := db.Call(mine.ctx, "call-1", Scope{All: true}); return err },
			"recording":  func() error { _, err := db.Recording(mine.ctx, recording.ID); return err },
			"setting":    func() error { _, err := db.Setting(mine.ctx, "colour"); return err },
			"update":     func() error { q := theirs.queue; return db.UpdateQueue(mine.ctx, &q) },
			"user edit":  func() error { u := theirs.users[0]; return db.UpdateUser(mine.ctx, &u) },
			"delete":     func() error { return db.DeleteQueue(mine.ctx, theirs.queue.ID) },
			"members":    func() error { return db.SetQueueMembers(mine.ctx, theirs.queue.ID, nil) },
		} {
			refused(t, name, read(), ErrNotFound)
		}
		number := NewNumber("+3225559999", theirs.trunk.ID)
		refused(t, "number on their trunk", db.CreateNumber(mine.ctx, &number), ErrUnknownRef)
		refused(t, "their agent in my queue", db.SetQueueMembers(mine.ctx, mine.queue.ID, []id.Agent{theirs.agents[0].ID}), ErrUnknownRef)
		refused(t, "toggle", db.SetQueueToggle(mine.ctx, theirs.agents[0].ID, theirs.queue.ID, true), ErrUnknownRef)
		calls, err := db.Calls(mine.ctx, CallFilter{}, Scope{All: true}, Range{})
		check(t, err)
		same(t, "calls", calls.Total, 0)
		journal, err := db.Journal(mine.ctx)
		check(t, err)
		same(t, "journal", len(journal), 0)
		agents, err := db.AllAgents(mine.ctx)
		check(t, err)
		same(t, "agents", len(agents), 2)
	})
}

func TestFindOrganisation(t *testing.T) {
	onBoth(t, func(t *testing.T, db *DB) {
		one, two := newWorld(t, db, 1), newWorld(t, db, 2)
		ctx := context.Background()
		orgs, err := db.OrganisationIDs(ctx)
		check(t, err)
		same(t, "organisations", orgs, []id.Org{one.org, two.org})

		check(t, db.SetMembership(two.ctx, one.users[0].ID, RoleSupervisor, map[string]bool{"export": true}))
		user, orgs, err := db.FindUser(ctx, " ANN1@Example.com ")
		check(t, err)
		same(t, "user", user, one.users[0].ID)
		same(t, "user's organisations", orgs, []id.Org{one.org, two.org})
		_, _, err = db.FindUser(ctx, "nobody@example.com")
		refused(t, "user", err, ErrNotFound)

		org, number, err := db.FindNumber(ctx, two.number.PhoneNumber)
		check(t, err)
		same(t, "number", number, two.number.ID)
		same(t, "number's organisation", org, two.org)
		_, _, err = db.FindNumber(ctx, "+1")
		refused(t, "number", err, ErrNotFound)

		check(t, db.SetSIPDevice(two.ctx, two.agents[1].ID, SIPDevice{Username: "bob-7"}))
		org, agent, err := db.FindSIPUser(ctx, "bob-7")
		check(t, err)
		same(t, "SIP user", agent, two.agents[1].ID)
		same(t, "SIP user's organisation", org, two.org)
	})
}

func TestFindTrunksByTheNarrowestNetwork(t *testing.T) {
	onBoth(t, func(t *testing.T, db *DB) {
		one, two := newWorld(t, db, 1), newWorld(t, db, 2) // 192.0.1.0/24 and 192.0.2.0/24
		narrow := NewTrunk("narrow", TrunkByAddress)
		narrow.Networks = []string{"192.0.1.77", "2001:db8::/32"}
		check(t, db.CreateTrunk(one.ctx, &narrow))
		shared := NewTrunk("shared", TrunkByAddress)
		shared.Networks = []string{"192.0.1.77"}
		check(t, db.CreateTrunk(two.ctx, &shared))
		off := NewTrunk("off", TrunkByAddress)
		off.Networks, off.Active = []string{"198.51.100.0/24"}, false
		check(t, db.CreateTrunk(two.ctx, &off))
		for _, test := range []struct {
			name, in string
			want     []TrunkRef
		}{
			{"network", "192.0.2.9", []TrunkRef{{two.org, two.trunk.ID}}},
			{"IPv4 inside IPv6", "::ffff:192.0.2.9", []TrunkRef{{two.org, two.trunk.ID}}},
			{"address before network, shared by two", "192.0.1.77", []TrunkRef{{one.org, narrow.ID}, {two.org, shared.ID}}},
			{"IPv6", "2001:db8::1", []TrunkRef{{one.org, narrow.ID}}},
			{"stranger", "203.0.113.1", []TrunkRef{}},
			{"inactive", "198.51.100.1", []TrunkRef{}},
		} {
			got, err := db.FindTrunks(t.Context(), netip.MustParseAddr(test.in))
			check(t, err)
			same(t, test.name, got, test.want)
		}
	})
}

func TestSessions(t *testing.T) {
	onBoth(t, func(t *testing.T, db *DB) {
		w := newWorld(t, db, 1)
		open := func(expires time.Time) (Session, string) {
			session := Session{User: w.users[0].ID, ExpiresAt: expires, IP: "192.0.2.1", UserAgent: "test"}
			token, err := db.CreateSession(w.ctx, &session)
			check(t, err)
			return session, token
		}
		soon := now().Add(time.Hour)
		first, token := open(soon)
		_, late := open(now().Add(-time.Second))
		third, thirdToken := open(soon)
		if first.TokenSHA256 == token || len(token) < 43 {
			t.Fatal("the token itself is stored, or is short")
		}
		org, found, err := db.FindSession(t.Context(), token)
		check(t, err)
		same(t, "session", found, first.ID)
		same(t, "organisation", org, w.org)
		_, _, err = db.FindSession(t.Context(), late)
		refused(t, "expired", err, ErrNotFound)
		check(t, db.TouchSession(w.ctx, first.ID, soon.Add(time.Hour)))
		got, err := db.Session(w.ctx, first.ID)
		check(t, err)
		same(t, "expires", got.ExpiresAt, soon.Add(time.Hour))
		check(t, db.DeleteExpiredSessions(w.ctx))
		check(t, db.DeleteSessionsOf(w.ctx, w.users[0].ID, third.ID))
		_, _, err = db.FindSession(t.Context(), token)
		refused(t, "deleted", err, ErrNotFound)
		_, _, err = db.FindSession(t.Context(), thirdToken)
		check(t, err)
		check(t, db.DeleteSession(w.ctx, third.ID))
		refused(t, "twice", db.DeleteSession(w.ctx, third.ID), ErrNotFound)
	})
}
