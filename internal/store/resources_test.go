package store

import (
	"encoding/json"
	"testing"
	"time"

	"parley/internal/dest"
	"parley/internal/id"
	"parley/internal/settings"
)

func TestUsersAndMemberships(t *testing.T) {
	onBoth(t, func(t *testing.T, db *DB) {
		w := newWorld(t, db, 1)
		user := w.users[0]
		user.FirstName, user.PasswordHash = "Anna", "changed by SetPassword only"
		check(t, db.UpdateUser(w.ctx, &user))
		refused(t, "old version", db.UpdateUser(w.ctx, &w.users[0]), ErrStale)
		got, err := db.User(w.ctx, user.ID)
		check(t, err)
		same(t, "name", got.FullName(), "Anna Ash")
		same(t, "hash", got.PasswordHash, "")
		got.PasswordHash = "argon2id"
		check(t, db.SetPassword(w.ctx, got))
		got, err = db.User(w.ctx, user.ID)
		check(t, err)
		same(t, "hash", got.PasswordHash, "argon2id")

		check(t, db.SetMembership(w.ctx, user.ID, RoleSupervisor, map[string]bool{"export": true}))
		member, err := db.Membership(w.ctx, user.ID)
		check(t, err)
		same(t, "role", member.Role, RoleSupervisor)
		same(t, "switches", member.Switches, map[string]bool{"export": true})
		same(t, "read from the user", member.FirstName+" "+member.Email, "Anna ann1@example.com")
		members, err := db.Memberships(w.ctx, Range{})
		check(t, err)
		same(t, "members", members.Total, 2)
		refused(t, "unknown user", db.SetMembership(w.ctx, "nobody", RoleAgent, nil), ErrUnknownRef)
	})
}

func TestAgentsAndTheirDevices(t *testing.T) {
	onBoth(t, func(t *testing.T, db *DB) {
		w := newWorld(t, db, 1)
		ann := w.agents[0].ID
		device := SIPDevice{Username: "ann-1", HA1MD5: "m", HA1SHA256: "s", Password: "pa'ss"}
		check(t, db.SetSIPDevice(w.ctx, ann, device))
		refused(t, "SIP user name", db.SetSIPDevice(w.ctx, w.agents[1].ID, device), ErrTaken)
		agent, err := db.AgentOf(w.ctx, w.users[0].ID)
		check(t, err)
		same(t, "agent", agent.ID, ann)
		same(t, "name", agent.FullName, "Ann Ash")
		same(t, "HA1", agent.SIPHA1MD5+agent.SIPHA1SHA256, "ms")
		password, err := db.Unseal(agent.SIPPasswordSealed)
		check(t, err)
		same(t, "password", password, "pa'ss")

		agent.SIPUsername, agent.CallWaiting = "forged", false
		check(t, db.UpdateAgent(w.ctx, agent))
		agent, err = db.Agent(w.ctx, ann)
		check(t, err)
		same(t, "device after update", agent.SIPUsername, "ann-1")
		same(t, "call waiting", agent.CallWaiting, false)
		agent.Active = false
		check(t, db.UpdateAgent(w.ctx, agent))
		_, _, err = db.FindSIPUser(w.ctx, "ann-1")
		refused(t, "inactive agent's device", err, ErrNotFound)

		next, err := db.NextExtension(w.ctx)
		check(t, err)
		same(t, "next extension", next, "102")
		box, menu := settings.New[settings.Mailbox](), menuTo("Main", dest.Destination{Kind: dest.Hangup})
		box.Type, box.Name, box.Number = "shared", "Box", "102"
		_, err = db.Shelves().Mailboxes.Create(w.ctx, Actor{}, box)
		check(t, err)
		menu.AllowDirectExtensions, menu.Options[0].Digits = true, "103"
		menu.Options = append(menu.Options, settings.MenuOption{Digits: "104#", Destination: dest.Destination{Kind: dest.Hangup}})
		_, err = db.Shelves().Menus.Create(w.ctx, Actor{}, menu)
		check(t, err)
		next, err = db.NextExtension(w.ctx)
		check(t, err)
		same(t, "past a mailbox and a menu's keys", next, "105")
		page, err := db.Agents(w.ctx, Range{Limit: 1})
		check(t, err)
		same(t, "page", page.Rows[0].FullName, "Bob Ash")
		same(t, "total", page.Total, 2)
		if text, _ := json.Marshal(agent); json.Valid(text) && contains(string(text), "sealed", "ha1", "HA1") {
			t.Fatalf("secrets in JSON: %s", text)
		}
	})
}

func TestTrunksAndNumbers(t *testing.T) {
	onBoth(t, func(t *testing.T, db *DB) {
		w := newWorld(t, db, 1)
		check(t, db.SetTrunkPassword(w.ctx, w.trunk.ID, "secret"))
		trunk, err := db.Trunk(w.ctx, w.trunk.ID)
		check(t, err)
		password, err := db.Unseal(trunk.PasswordSealed)
		check(t, err)
		same(t, "password", password, "secret")
		trunk.PasswordSealed, trunk.Networks, trunk.Prefixes = "", []string{"10.1.2.3/8", "10.0.0.0/8", "::1"}, []string{"+32"}
		check(t, db.UpdateTrunk(w.ctx, trunk))
		trunks, err := db.AllTrunks(w.ctx)
		check(t, err)
		same(t, "networks", trunks[0].Networks, []string{"10.0.0.0/8", "::1/128"})
		same(t, "prefixes", trunks[0].Prefixes, []string{"+32"})
		if trunks[0].PasswordSealed == "" {
			t.Fatal("an update took the password away")
		}
		trunk.Networks = []string{"carrier.example.com"}
		if err := db.UpdateTrunk(w.ctx, trunk); err == nil {
			t.Fatal("a host name was taken for a network")
		}

		w.number.DefaultPhoneNumber = true
		check(t, db.UpdateNumber(w.ctx, &w.number))
		second := NewNumber("+3225551111", w.trunk.ID)
		second.DefaultPhoneNumber = true
		check(t, db.CreateNumber(w.ctx, &second))
		numbers, err := db.AllNumbers(w.ctx)
		check(t, err)
		same(t, "the default moved", []bool{numbers[0].DefaultPhoneNumber, numbers[1].DefaultPhoneNumber}, []bool{false, true})
		same(t, "destination", numbers[0].Destination, w.number.Destination)
		same(t, "hangup", string(numbers[1].Destination.Kind), "hangup")
	})
}

func TestQueueMembersTogglesStatuses(t *testing.T) {
	onBoth(t, func(t *testing.T, db *DB) {
		w := newWorld(t, db, 1)
		ann, bob := w.agents[0].ID, w.agents[1].ID
		check(t, db.SetQueueMembers(w.ctx, w.queue.ID, []id.Agent{ann}))
		check(t, db.SetQueueMembers(w.ctx, w.queue.ID, []id.Agent{bob, ann, bob}))
		members, err := db.QueueMembers(w.ctx)
		check(t, err)
		same(t, "members", members, []QueueMember{
			{Org: w.org, Queue: w.queue.ID, Agent: bob, Position: 1}, {Org: w.org, Queue: w.queue.ID, Agent: ann, Position: 2}})
		check(t, db.SetQueueToggle(w.ctx, ann, w.queue.ID, true))
		check(t, db.SetQueueToggle(w.ctx, ann, w.queue.ID, false))
		toggles, err := db.QueueToggles(w.ctx)
		check(t, err)
		same(t, "toggles", len(toggles), 1)
		same(t, "delivers", toggles[0].Delivers, false)

		noon := time.Date(2026, 11, 20, 12, 0, 0, 0, time.UTC)
		group := db.StartGroupCommit(GroupCommitConfig{})
		writer := group.Writer(w.org)
		writer.AgentStatus(AgentStatus{Agent: ann, Channel: "voice", Status: "unavailable", Reason: "Lunch", Since: noon})
		writer.AgentStatus(AgentStatus{Agent: ann, Channel: "voice", Status: "available", Effect: "available", Since: noon.Add(time.Hour)})
		writer.StatusEvent(StatusEvent{Agent: ann, NewStatus: "unavailable", Trigger: "system", At: noon})
		writer.StatusEvent(StatusEvent{Agent: ann, NewStatus: "available", Trigger: "manual", At: noon.Add(time.Hour), Seconds: 3600})
		for i, chosen := range []string{"lost", "sold"} {
			writer.Outcome(CallOutcome{Call: "c1", Agent: ann, Queue: w.queue.ID, Outcome: chosen, Name: chosen, At: noon.Add(time.Duration(i))})
		}
		writer.Outcome(CallOutcome{Call: "c1", Agent: bob, Queue: w.queue.ID, Outcome: "none", Name: "None", Auto: true, At: noon.Add(time.Hour)})
		check(t, group.Close(t.Context()))
		outcomes, err := db.CallOutcomes(w.ctx, []id.Call{"c1", "c2"})
		check(t, err)
		same(t, "calls with outcomes", len(outcomes), 1)
		same(t, "the last choice counts", []string{outcomes["c1"][0].Name, outcomes["c1"][1].Name}, []string{"sold", "None"})
		statuses, err := db.AgentStatuses(w.ctx)
		check(t, err)
		same(t, "statuses", statuses, []AgentStatus{{Org: w.org, Agent: ann, Channel: "voice", Status: "available",
			Effect: "available", Since: noon.Add(time.Hour)}})
		for name, test := range map[string]struct {
			filter StatusFilter
			want   []string
		}{
			"all":     {StatusFilter{}, []string{"available", "unavailable"}},
			"agent":   {StatusFilter{Agents: []id.Agent{bob}}, nil},
			"trigger": {StatusFilter{Trigger: "manual"}, []string{"available"}},
			"status":  {StatusFilter{Status: "unavailable"}, []string{"unavailable"}},
			"time":    {StatusFilter{From: noon, To: noon.Add(time.Hour)}, []string{"unavailable"}},
		} {
			page, err := db.StatusEvents(w.ctx, test.filter, Range{})
			check(t, err)
			var got []string
			for _, event := range page.Rows {
				got = append(got, event.NewStatus)
			}
			same(t, name, got, test.want)
		}
	})
}

func TestCustomers(t *testing.T) {
	onBoth(t, func(t *testing.T, db *DB) {
		w := newWorld(t, db, 1)
		made := func(name string, phones ...CustomerNumber) *Customer {
			customer := &Customer{Name: name, Phones: phones, Emails: []string{name + "@Example.com"}}
			check(t, db.CreateCustomer(w.ctx, customer))
			return customer
		}
		first := made("Édith 100%", CustomerNumber{PhoneNumber: "+32470111222", Label: "mobile"}, CustomerNumber{PhoneNumber: "+3225550000"})
		second := made("Frank", CustomerNumber{PhoneNumber: "+32470111222"})
		names := func(customers []Customer) (all []string) {
			for _, customer := range customers {
				all = append(all, customer.Name)
			}
			return all
		}
		found, err := db.CustomersByNumber(w.ctx, "+32470111222")
		check(t, err)
		same(t, "two share a number, the youngest first", names(found), []string{"Frank", "Édith 100%"})
		callerIs := func(want *Customer) {
			t.Helper()
			caller, name, err := db.CallerByNumber(w.ctx, "+32470111222")
			check(t, err)
			same(t, "caller", []string{string(caller), name}, []string{string(want.ID), want.Name})
		}
		callerIs(second)
		group := db.StartGroupCommit(GroupCommitConfig{})
		group.Writer(w.org).Record(CallRow{Record: Record[id.Call]{ID: "c"}, Customer: first.ID, ArrivedAt: now().Add(time.Hour)})
		check(t, group.Close(t.Context()))
		found, err = db.CustomersByNumber(w.ctx, "+32470111222")
		check(t, err)
		same(t, "the last contacted first", names(found), []string{"Édith 100%", "Frank"})
		callerIs(first)
		_, _, err = db.CallerByNumber(newWorld(t, db, 2).ctx, "+32470111222")
		refused(t, "caller of another organisation", err, ErrNotFound)
		_, _, err = db.CallerByNumber(t.Context(), "+32470111222")
		refused(t, "caller of no organisation", err, ErrNoOrganisation)
		same(t, "phones", []string{string(found[0].Phones[0].PhoneNumber), found[0].Phones[0].Label}, []string{"+32470111222", "mobile"})
		same(t, "emails", found[0].Emails, []string{"édith 100%@example.com"})

		for text, want := range map[string][]string{
			"": {"Frank", "Édith 100%"}, "édith": {"Édith 100%"}, "ÉDITH": {"Édith 100%"}, "100%": {"Édith 100%"}, "1%": nil,
			"0470 11.12-22": {"Frank", "Édith 100%"}, "+32 (2) 555": {"Édith 100%"}, "0032470": {"Frank", "Édith 100%"},
			"frank@": {"Frank"}, "_": nil, "'; DROP TABLE customers": nil,
		} {
			page, err := db.Customers(w.ctx, text, Range{})
			check(t, err)
			same(t, "search "+text, names(page.Rows), want)
		}
		second.Phones, second.Company = nil, "F & Co"
		check(t, db.UpdateCustomer(w.ctx, second))
		got, err := db.Customer(w.ctx, second.ID)
		check(t, err)
		same(t, "phones taken away", len(got.Phones), 0)
		check(t, db.DeleteCustomer(w.ctx, first.ID))
		found, err = db.CustomersByNumber(w.ctx, "+32470111222")
		check(t, err)
		same(t, "deleted", len(found), 0)
		_, _, err = db.CallerByNumber(w.ctx, "+32470111222")
		refused(t, "deleted", err, ErrNotFound)
	})
}

func TestReasonsSettingsAudit(t *testing.T) {
	onBoth(t, func(t *testing.T, db *DB) {
		w := newWorld(t, db, 1)
		reasons, err := db.Reasons(w.ctx)
		check(t, err)
		for i, want := range []string{"Break", "Lunch", "Meeting", "Training", "After-call work"} { // QU-16
			same(t, "reason", reasons[i].Name, want)
		}
		reasons[0].Active = false
		check(t, db.UpdateReason(w.ctx, &reasons[0]))
		refused(t, "reason", db.CreateReason(w.ctx, &Reason{Name: "Lunch"}), ErrTaken)

		check(t, db.SetSetting(w.ctx, "hold_music", "one"))
		check(t, db.SetSetting(w.ctx, "hold_music", "two"))
		value, err := db.Setting(w.ctx, "hold_music")
		check(t, err)
		same(t, "setting", value, "two")
		settings, err := db.Settings(w.ctx)
		check(t, err)
		same(t, "settings", settings, map[string]string{"hold_music": "two"})

		check(t, db.Audit(w.ctx, &AuditEntry{Actor: w.users[0].ID, Action: "queue updated", Before: json.RawMessage(`{"a":1}`)}))
		check(t, db.Audit(w.ctx, &AuditEntry{Action: "sign-in failed"}))
		entries, err := db.AuditEntries(w.ctx, Range{})
		check(t, err)
		same(t, "audit", []string{entries.Rows[0].Action, string(entries.Rows[1].Before)}, []string{"sign-in failed", `{"a":1}`})

		org, err := db.Organisation(w.ctx)
		check(t, err)
		org.Timezone = "Europe/Brussels"
		check(t, db.UpdateOrganisation(w.ctx, org))
		refused(t, "stale", db.UpdateOrganisation(w.ctx, &Organisation{Record: Record[id.Org]{ID: w.org, Version: 1}}), ErrStale)
	})
}

func TestRecordings(t *testing.T) {
	onBoth(t, func(t *testing.T, db *DB) {
		w := newWorld(t, db, 1)
		recording := Recording{Record: Record[id.Recording]{ID: "c.r1"}, Call: "c", Status: "recording", StorageKey: "a/b.wav",
			Channels: 2, StartedAt: now(), IsPrimary: true, Gaps: []Gap{}}
		check(t, db.CreateRecording(w.ctx, &recording))
		left, err := db.RecordingsIn(w.ctx, "recording")
		check(t, err)
		same(t, "left", left, []Recording{recording})
		recording.Status, recording.Size, recording.Gaps = "available", 1<<33, []Gap{{"pause", 1500, 2000}}
		check(t, db.UpdateRecording(w.ctx, &recording))
		of, err := db.RecordingsOf(w.ctx, "c")
		check(t, err)
		same(t, "of the call", of, []Recording{recording})
	})
}
