package site

import (
	"context"
	"fmt"
	"net/netip"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"parley/internal/acd"
	"parley/internal/call"
	"parley/internal/codec"
	"parley/internal/dest"
	"parley/internal/id"
	"parley/internal/prompt"
	"parley/internal/settings"
	"parley/internal/sip"
	"parley/internal/store"
	"parley/internal/tel"
	"parley/internal/testdb"
)

// office is an organisation as an administrator would enter it: Ann (201, desk phone) and Bob (202) in Sales, Cleo who
// has left the firm, two trunks, numbers that lead to every kind of place, and a customer.
type office struct {
	t     testing.TB
	ctx   context.Context
	sites *Sites
	org   id.Org
	ids   map[string]string
}

func check(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func newOffice(t testing.TB) *office {
	ctx := context.Background()
	db, err := store.Open(ctx, store.Config{Dir: t.TempDir(), URL: testdb.New(t)})
	check(t, err)
	t.Cleanup(func() { check(t, db.Close()) })
	check(t, db.Migrate(ctx))
	org := store.NewOrganisation("Acme", "BE")
	org.Timezone = "Europe/Brussels"
	check(t, db.CreateOrganisation(ctx, &org))
	o := &office{t: t, ctx: store.WithOrg(ctx, org.ID), sites: &Sites{DB: db}, org: org.ID, ids: map[string]string{}}
	o.trunks()
	o.people()
	o.numbers()
	customer := store.Customer{Name: "Elena Petrova", Phones: []store.CustomerNumber{{PhoneNumber: "+32470111222"}}}
	check(t, db.CreateCustomer(o.ctx, &customer))
	o.ids["elena"] = string(customer.ID)
	_, err = o.sites.Reload(ctx, org.ID)
	check(t, err)
	return o
}

func (o *office) trunks() {
	wide := store.NewTrunk("Carrier", store.TrunkByAddress)
	wide.Networks, wide.Proxy = []string{"192.0.2.0/24", "2001:db8::/32"}, "192.0.2.1:5060"
	narrow := store.NewTrunk("Backup", store.TrunkByRegister)
	narrow.Networks, narrow.Registrar, narrow.Username, narrow.Prefixes = []string{"192.0.2.7"}, "192.0.2.7:5060", "acme", []string{"+44"}
	old := store.NewTrunk("Old", store.TrunkByAddress)
	old.Networks, old.Active = []string{"192.0.2.8"}, false
	in := store.NewTrunk("Inbound only", store.TrunkByAddress)
	in.Networks, in.Outbound = []string{"198.51.100.1"}, false
	for _, t := range []*store.Trunk{&wide, &narrow, &old, &in} {
		check(o.t, o.sites.DB.CreateTrunk(o.ctx, t))
		o.ids[t.Name] = string(t.ID)
	}
	check(o.t, o.sites.DB.SetTrunkPassword(o.ctx, narrow.ID, "a very secret password"))
}

func (o *office) people() {
	db := o.sites.DB
	for i, name := range []string{"Ann", "Bob", "Cleo"} {
		u := store.User{Email: name + "@example.com", FirstName: name, LastName: "Ash"}
		check(o.t, db.CreateUser(o.ctx, &u, store.RoleAgent))
		a := store.NewAgent(u.ID, fmt.Sprint(201+i))
		a.Active, a.DirectWhenUnavailable = name != "Cleo", name == "Ann"
		if name == "Ann" {
			a.DefaultStatus = "available"
		}
		check(o.t, db.CreateAgent(o.ctx, &a))
		md5, sha := sip.HA1(name, Realm, "secret")
		check(o.t, db.SetSIPDevice(o.ctx, a.ID, store.SIPDevice{Username: strings.ToLower(name), HA1MD5: md5, HA1SHA256: sha, Password: "secret"}))
		o.ids[name] = string(a.ID)
	}
	q := store.NewQueue("Sales")
	q.EntryGreeting.Audio, q.RecordCall = "greeting", true
	check(o.t, db.CreateQueue(o.ctx, &q))
	o.ids["Sales"] = string(q.ID)
	check(o.t, db.SetQueueMembers(o.ctx, q.ID, []id.Agent{id.Agent(o.ids["Bob"]), id.Agent(o.ids["Ann"]), id.Agent(o.ids["Cleo"])}))
	check(o.t, db.SetQueueToggle(o.ctx, id.Agent(o.ids["Bob"]), q.ID, false))
}

func (o *office) numbers() {
	for i, d := range []dest.Destination{
		{Kind: dest.Queue, Target: o.ids["Sales"]}, {Kind: dest.Agent, Target: o.ids["Ann"]}, {Kind: dest.Hangup},
		{Kind: dest.Agent, Target: o.ids["Cleo"]}, {Kind: dest.Menu, Target: "m1"},
	} {
		n := store.NewNumber(tel.Number(fmt.Sprintf("+3225550%03d", i)), id.Trunk(o.ids["Carrier"]))
		n.Destination, n.DefaultPhoneNumber, n.FriendlyName = d, i == 0, fmt.Sprint("line ", i)
		n.MenuData, n.MenuText = fmt.Sprint("data ", i), "Flyer"
		check(o.t, o.sites.DB.CreateNumber(o.ctx, &n))
		o.ids[fmt.Sprint("number ", i)] = string(n.ID)
	}
}

// apology is where a broken destination leads without a fallback.
func apology(r call.Routed, why string) call.Routed {
	r.Hops[0].Why = why
	r.Destination = dest.Destination{Kind: dest.Hangup}
	r.Hops = append(r.Hops, call.Hop{To: r.Destination})
	r.Travel = call.Travel{Fallen: true}
	r.Say = []prompt.Prompt{prompt.OfStandard(prompt.Apology)}
	return r
}

func TestRoute(t *testing.T) {
	o := newOffice(t)
	elena := call.Caller{ID: id.Customer(o.ids["elena"]), Name: "Elena Petrova"}
	queue := &call.Queue{ID: id.Queue(o.ids["Sales"]), Name: "Sales", Record: true, Priority: 5, Every: 60, Style: "approximate"}
	queue.Greeting.Audio, queue.Messages, queue.Tags = "greeting", []prompt.Prompt{}, []string{}
	routed := func(n int, kind dest.Kind, target string, r call.Routed) call.Routed {
		r.Number, r.Label = id.Number(o.ids[fmt.Sprint("number ", n)]), fmt.Sprint("line ", n)
		r.Screen = call.Screen{Data: fmt.Sprint("data ", n), Text: "Flyer"}
		r.Destination, r.Language, r.Travel.Hops = dest.Destination{Kind: kind, Target: target}, prompt.French, 1
		r.Hops = []call.Hop{{To: r.Destination, Name: r.Name}}
		return r
	}
	for _, c := range []struct {
		name     string
		from, to tel.Number
		want     call.Signal
	}{
		{"to a queue", "+32470111222", "+3225550000", routed(0, dest.Queue, o.ids["Sales"], call.Routed{Queue: queue, Name: "Sales", Caller: elena})},
		{"as dialled in the country", "0470111222", "025550000", routed(0, dest.Queue, o.ids["Sales"], call.Routed{Queue: queue, Name: "Sales", Caller: elena})},
		{"from a stranger", "+3290", "+3225550000", routed(0, dest.Queue, o.ids["Sales"], call.Routed{Queue: queue, Name: "Sales"})},
		{"from nobody", "", "+3225550000", routed(0, dest.Queue, o.ids["Sales"], call.Routed{Queue: queue, Name: "Sales"})},
		{"to an agent", "+32470111222", "+3225550001", routed(1, dest.Agent, o.ids["Ann"],
			call.Routed{Agent: id.Agent(o.ids["Ann"]), AgentName: "Ann Ash", Name: "Ann Ash", RingSeconds: 20, Caller: elena})},
		{"to a hang-up", "", "+3225550002", call.Unrouted{Cause: tel.CauseNormalUnspecified, Why: "number +3225550002 is set to hang up"}},
		{"to an agent who is there no more", "", "+3225550003", apology(routed(3, dest.Agent, o.ids["Cleo"], call.Routed{}), "this agent does not exist")},
		{"to what is not there", "", "+3225550004", apology(routed(4, dest.Menu, "m1", call.Routed{}), "this menu does not exist")},
		{"unknown", "", "+3225559999", call.Unrouted{
			Cause: tel.CauseUnallocated, Why: "number +3225559999, called through trunk Carrier, is not a number of the organisation",
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := o.sites.Route(o.ctx, o.org, call.FindRoute{Trunk: id.Trunk(o.ids["Carrier"]), From: c.from, To: c.to})
			if !reflect.DeepEqual(got, c.want) {
				t.Errorf("got  %+v\nwant %+v", got, c.want)
			}
		})
	}
	if got, ok := o.sites.Route(o.ctx, "nobody", call.FindRoute{}).(call.Unrouted); !ok || got.Cause != tel.CauseUnallocated {
		t.Errorf("an unknown organisation: %+v", got)
	}
}

func TestDial(t *testing.T) {
	o := newOffice(t)
	ann := id.Agent(o.ids["Ann"])
	for _, c := range []struct {
		name string
		ask  call.FindPlan
		want call.Signal
	}{
		{"a customer, as dialled in the country", call.FindPlan{Agent: ann, To: "0470 11 12 22"}, call.Planned{
			Number: "+32470111222", Trunk: id.Trunk(o.ids["Carrier"]), CallerID: "+3225550000",
			Caller: call.Caller{ID: id.Customer(o.ids["elena"]), Name: "Elena Petrova"},
		}},
		{"with a chosen number", call.FindPlan{Agent: ann, To: "+32470999999", From: "+3225550001"}, call.Planned{
			Number: "+32470999999", Trunk: id.Trunk(o.ids["Carrier"]), CallerID: "+3225550001",
		}},
		{"to another country without a class that allows it", call.FindPlan{Agent: ann, To: "+442079460000"}, call.Unplanned{
			Cause: tel.CauseNotAllowed, Why: "the class of service Standard allows no calls to this country",
		}},
		{"a colleague", call.FindPlan{Agent: ann, To: "202"}, call.Planned{
			Number: "202", Agent: id.Agent(o.ids["Bob"]), AgentName: "Bob Ash", RingSeconds: 20,
		}},
		{"a colleague who has left", call.FindPlan{Agent: ann, To: "203"}, call.Unplanned{Cause: tel.CauseUnallocated, Why: "nobody has the extension 203"}},
		{"a number of somebody else", call.FindPlan{Agent: ann, To: "+32470999999", From: "+15550100"}, call.Unplanned{
			Cause: tel.CauseNoRoute, Why: "you may not present the number +15550100",
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := o.sites.Dial(o.ctx, o.org, c.ask)
			if p, ok := got.(call.Planned); ok {
				p.Routes = nil // TestRoutes
				got = p
			}
			if !reflect.DeepEqual(got, c.want) {
				t.Errorf("got  %+v\nwant %+v", got, c.want)
			}
		})
	}
}

func TestTrunkAt(t *testing.T) {
	o := newOffice(t)
	for _, c := range []struct{ name, addr, want string }{
		{"in the network", "192.0.2.200", "Carrier"},
		{"the narrowest wins", "192.0.2.7", "Backup"},
		{"of a trunk that is switched off", "192.0.2.8", "Carrier"},
		{"IPv6", "2001:db8::1", "Carrier"},
		{"IPv4 in IPv6", "::ffff:192.0.2.7", "Backup"},
		{"a stranger", "203.0.113.1", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, ok := o.sites.TrunkAt(netip.MustParseAddr(c.addr))
			if got.Name != c.want || ok != (c.want != "") {
				t.Errorf("%s is of %q, want %q", c.addr, got.Name, c.want)
			}
		})
	}
	backup, ok := o.sites.Trunk(o.org, id.Trunk(o.ids["Backup"]))
	if !ok || !backup.Register || backup.Password != "a very secret password" || backup.Username != "acme" {
		t.Errorf("the trunk that registers: %+v", backup)
	}
	if _, ok := o.sites.Trunk(o.org, id.Trunk(o.ids["Old"])); ok || len(o.sites.Trunks()) != 3 {
		t.Error("a trunk that is switched off is used")
	}
	if _, ok := o.sites.Trunk("nobody", id.Trunk(o.ids["Backup"])); ok {
		t.Error("a stranger's organisation has our trunk")
	}
}

func TestDevices(t *testing.T) {
	o := newOffice(t)
	d, ok := o.sites.Device("ann", "any.domain")
	md5, sha := sip.HA1("Ann", Realm, "secret")
	want := sip.Device{
		ID: phoneOf(id.Agent(o.ids["Ann"])), Org: o.org, Agent: id.Agent(o.ids["Ann"]), Username: "ann", Realm: Realm,
		HA1MD5: md5, HA1SHA256: sha, Extension: "201",
	}
	if !ok || d != want {
		t.Errorf("got %+v, want %+v", d, want)
	}
	if got, ok := o.sites.Phone(o.org, d.ID); !ok || got != want {
		t.Errorf("rung: %+v", got)
	}
	for _, username := range []string{"cleo", "nobody", ""} {
		if _, ok := o.sites.Device(username, ""); ok {
			t.Errorf("%q has a device", username)
		}
	}
	if _, ok := o.sites.Phone("nobody", d.ID); ok {
		t.Error("a stranger's organisation has our phone")
	}
	if got := o.sites.AgentName(id.Agent(o.ids["Bob"])); got != "Bob Ash" {
		t.Errorf("Bob is called %q", got)
	}
}

// TestPeering: how a trunk and a phone are spoken with reaches SIP, and a change acts once it is loaded.
func TestPeering(t *testing.T) {
	o := newOffice(t)
	usual, _ := o.sites.Trunk(o.org, id.Trunk(o.ids["Carrier"]))
	if usual.Codecs != (sip.Codecs{}) || usual.SRTP != sip.SecurityAccepted || usual.DTMF != sip.DTMFAutomatic || usual.CA+usual.FromUser != "" {
		t.Errorf("a trunk that nothing is said of: %+v", usual)
	}
	if usual.Asserts || !usual.Privacy || usual.Diverts || usual.Realm != "" || usual.Country != "BE" || usual.Format != tel.FormatE164 {
		t.Errorf("what a trunk says of the caller when nothing is said: %+v", usual)
	}
	set(o, o.sites.DB.Shelves().Trunks, o.ids["Carrier"], func(tr *settings.Trunk) {
		tr.Realm, tr.Identity, tr.Privacy, tr.Diversion, tr.NumberFormat = "carrier.test", "pai", false, true, "digits"
	})
	said, _ := o.sites.Trunk(o.org, usual.ID)
	asSet, err := o.sites.TrunkAsSet(o.ctx, o.org, usual.ID)
	check(t, err)
	for _, one := range []sip.Trunk{said, asSet} {
		if one.Realm != "carrier.test" || !one.Asserts || one.Privacy || !one.Diverts || one.Format != tel.FormatDigits {
			t.Errorf("what a trunk says of the caller: %+v", one)
		}
	}
	trunk, err := o.sites.DB.Trunk(o.ctx, usual.ID)
	check(t, err)
	agent, err := o.sites.DB.Agent(o.ctx, id.Agent(o.ids["Ann"]))
	check(t, err)
	for _, c := range []struct {
		stored store.Peering
		want   sip.Trunk
	}{
		{store.Peering{SRTP: "off", Codecs: []string{"pcma", "opus"}, DTMF: "info"},
			sip.Trunk{SRTP: sip.SecurityNone, Codecs: sip.Codecs{codec.PCMA, codec.Opus}, DTMF: sip.DTMFInfo}},
		{store.Peering{SRTP: "optional", Codecs: []string{"g722"}, DTMF: "rfc4733"},
			sip.Trunk{SRTP: sip.SecurityOptional, Codecs: sip.Codecs{codec.G722}, DTMF: sip.DTMFEvents}},
		{store.Peering{SRTP: "required", Codecs: []string{"opus", "g722", "pcmu", "pcma"}, DTMF: "in_band"},
			sip.Trunk{SRTP: sip.SecurityRequired, Codecs: sip.Codecs{codec.Opus, codec.G722, codec.PCMU, codec.PCMA}, DTMF: sip.DTMFInBand}},
		{store.Peering{}, sip.Trunk{}},
	} {
		trunk.Peering, agent.Phone = c.stored, c.stored
		trunk.Transport, trunk.FromUser = "tls", "acme"
		check(t, o.sites.DB.UpdateTrunk(o.ctx, trunk))
		check(t, o.sites.DB.UpdateAgent(o.ctx, agent))
		_, err = o.sites.Reload(o.ctx, o.org)
		check(t, err)
		calledBy, _ := o.sites.TrunkAt(netip.MustParseAddr("192.0.2.1"))
		called, _ := o.sites.Trunk(o.org, usual.ID)
		signedIn, _ := o.sites.Device("ann", "")
		rung, _ := o.sites.Phone(o.org, phoneOf(agent.ID))
		if calledBy != called || called.SRTP != c.want.SRTP || called.Codecs != c.want.Codecs || called.DTMF != c.want.DTMF ||
			called.Transport != "tls" || called.FromUser != "acme" {
			t.Errorf("%+v: trunk %+v", c.stored, called)
		}
		if signedIn != rung || rung.SRTP != c.want.SRTP || rung.Codecs != c.want.Codecs || rung.DTMF != c.want.DTMF {
			t.Errorf("%+v: phone %+v", c.stored, rung)
		}
	}
}

// TestACD gives the ACD members, toggles and statuses; who has left the firm is no member.
func TestACD(t *testing.T) {
	o := newOffice(t)
	s, _ := o.sites.Of(o.org)
	c := s.ACD(time.Now())
	ann, bob, sales := id.Agent(o.ids["Ann"]), id.Agent(o.ids["Bob"]), id.Queue(o.ids["Sales"])
	if len(c.Queues) != 1 || !slices.Equal(c.Queues[0].Members, []id.Agent{bob, ann}) || c.Queues[0].RingSeconds != 20 || !c.Queues[0].AutoPause {
		t.Errorf("queues %+v", c.Queues)
	}
	want := []acd.Agent{
		{ID: ann, Name: "Ann Ash", DefaultStatus: acd.Available, DirectWhenUnavailable: true, CallWaiting: true},
		{ID: bob, Name: "Bob Ash", DefaultStatus: acd.Unavailable, ToggledOff: []id.Queue{sales}, CallWaiting: true},
	}
	if !reflect.DeepEqual(c.Agents, want) {
		t.Errorf("agents %+v, want %+v", c.Agents, want)
	}
	if got := s.QueuesOf(ann); !slices.Equal(got, []id.Queue{sales}) || s.Location.String() != "Europe/Brussels" {
		t.Errorf("Ann is in %v, in %s", got, s.Location)
	}
	if c.Timezone != "Europe/Brussels" {
		t.Errorf("days begin in %q", c.Timezone)
	}
	if _, err := acd.New().Handle(o.sites.all[o.org].Org.CreatedAt, c); err != nil {
		t.Errorf("the ACD refuses it: %v", err)
	}
}

// TestReload makes a change act; a configuration that cannot be read leaves the old one.
func TestReload(t *testing.T) {
	o := newOffice(t)
	n := store.NewNumber("+3225551234", id.Trunk(o.ids["Carrier"]))
	n.Destination = dest.Destination{Kind: dest.Queue, Target: o.ids["Sales"]}
	check(t, o.sites.DB.CreateNumber(o.ctx, &n))
	ask := call.FindRoute{To: "+3225551234"}
	if _, ok := o.sites.Route(o.ctx, o.org, ask).(call.Unrouted); !ok {
		t.Error("the number is known before it was loaded")
	}
	_, err := o.sites.Reload(o.ctx, o.org)
	check(t, err)
	if _, ok := o.sites.Route(o.ctx, o.org, ask).(call.Routed); !ok {
		t.Error("the number is not known after it was loaded")
	}
	if _, err := o.sites.Reload(o.ctx, "nobody"); err == nil || len(o.sites.All()) != 1 {
		t.Error("an organisation that does not exist was loaded")
	}
}
