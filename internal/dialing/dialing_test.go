package dialing_test

import (
	"errors"
	"reflect"
	"slices"
	"testing"
	"time"

	"parley/internal/dialing"
	"parley/internal/id"
	"parley/internal/tel"
)

func plan() *dialing.Plan {
	return &dialing.Plan{
		Country: "US",
		Extensions: map[string]dialing.Extension{
			"101": {Agent: "ann", Name: "Ann"}, "102": {Agent: "bob", Name: "Bob"}, "911": {Agent: "cas", Name: "Cas"}, "0911": {Agent: "dan", Name: "Dan"},
		},
		CallerIDs:       []dialing.CallerID{{Number: "+12025550100", Trunk: "any"}, {Number: "+12025550101", Trunk: "belgium"}},
		Trunks:          []dialing.Trunk{{ID: "any", AnyID: true}, {ID: "belgium", Prefixes: []string{"+32", "+3", "+44"}, AnyID: true}},
		Default:         "+12025550101",
		NoHand:          map[id.Agent]bool{"cas": true},
		HandUnavailable: true,
		Standard:        dialing.Class{ClassName: dialing.ClassName{ID: "c1", Name: "Office"}, Outbound: true, Countries: []string{"32"}, BlockPremium: true},
	}
}

// ways are the trunks of a decision, in order, with what each shows.
func ways(d dialing.Decision) []string {
	var all []string
	for _, r := range d.Routes {
		all = append(all, string(r.Trunk)+" "+string(r.CallerID))
	}
	return all
}

func TestDecide(t *testing.T) {
	for _, c := range []struct {
		name   string
		in     dialing.Request
		number tel.Number
		to     id.Agent
		ways   []string
		why    string
	}{
		{name: "by hand while working", in: dialing.Request{Agent: "bob", To: "+12125550123", Hand: true, Working: true},
			why: "numbers outside are dialled by hand only while you are unavailable: change your status first"},
		{name: "by hand while unavailable", in: dialing.Request{Agent: "bob", To: "+12125550123", Hand: true},
			number: "+12125550123", ways: []string{"any +12025550101"}},
		{name: "an extension while working", in: dialing.Request{Agent: "bob", To: "101", Hand: true, Working: true}, number: "101", to: "ann"},
		{name: "by the system while working", in: dialing.Request{Agent: "bob", To: "+12125550123", Working: true},
			number: "+12125550123", ways: []string{"any +12025550101"}},
		{name: "extension", in: dialing.Request{Agent: "ann", To: "102"}, number: "102", to: "bob"},
		{name: "own extension", in: dialing.Request{Agent: "ann", To: "101"}, why: "this is your own extension"},
		{name: "unknown extension", in: dialing.Request{Agent: "ann", To: "199"}, why: "nobody has the extension 199"},
		{name: "national number, organisation's caller ID", in: dialing.Request{Agent: "ann", To: "(212) 555-0123"},
			number: "+12125550123", ways: []string{"any +12025550101"}},
		{name: "longest prefix first, then the others", in: dialing.Request{Agent: "ann", To: "+3225550100"},
			number: "+3225550100", ways: []string{"belgium +12025550101", "any +12025550101"}},
		{name: "one that does not answer is tried last", number: "+3225550100", ways: []string{"any +12025550101", "belgium +12025550101"},
			in: dialing.Request{Agent: "ann", To: "+3225550100", Down: func(t id.Trunk) bool { return t == "belgium" }}},
		{name: "agent's default", in: dialing.Request{Agent: "ann", To: "+12125550123", Default: "+12025550100"},
			number: "+12125550123", ways: []string{"any +12025550100"}},
		{name: "From list first", in: dialing.Request{Agent: "ann", To: "+12125550123", From: "+12025550101", Default: "+12025550100"},
			number: "+12125550123", ways: []string{"any +12025550101"}},
		{name: "a number that is not ours", in: dialing.Request{Agent: "ann", To: "+12125550123", From: "+13105550100"},
			why: "you may not present the number +13105550100"},
		{name: "nonsense", in: dialing.Request{Agent: "ann", To: "hello"}, why: `"hello" is not a telephone number`},
		{name: "not by hand", in: dialing.Request{Agent: "cas", To: "+12125550123", Hand: true},
			why: "you may not dial numbers outside by hand: an administrator gives the permission Dial by hand"},
		{name: "an extension by hand", in: dialing.Request{Agent: "cas", To: "102", Hand: true}, number: "102", to: "bob"},
		{name: "by the system for who may not by hand", in: dialing.Request{Agent: "cas", To: "+12125550123"},
			number: "+12125550123", ways: []string{"any +12025550101"}},
		{name: "forwarding is closed", in: dialing.Request{Agent: "ann", To: "+12125550123", Purpose: dialing.Forward},
			why: "forwarding to outside numbers is closed: an administrator opens it under Dialing"},
		{name: "call-out is closed", in: dialing.Request{To: "+12125550123", Purpose: dialing.CallOut},
			why: "calling out from mailboxes is closed: an administrator opens it under Dialing"},
		{name: "forwarding to an extension is no cost", in: dialing.Request{Agent: "ann", To: "102", Purpose: dialing.Forward}, number: "102", to: "bob"},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := plan().Decide(c.in)
			if got.Number != c.number || got.Target.Agent != c.to || !slices.Equal(ways(got), c.ways) || got.Blocked != "" || got.Emergency {
				t.Errorf("got %+v", got)
			}
			if (err == nil) != (c.why == "") || err != nil && err.Error() != c.why {
				t.Errorf("refusal %v, want %q", err, c.why)
			}
		})
	}
}

func TestOpenedForwarding(t *testing.T) {
	p := plan()
	p.ExternalForwarding, p.MailboxCallOut = true, true
	for _, purpose := range []dialing.Purpose{dialing.Forward, dialing.CallOut} {
		if d, err := p.Decide(dialing.Request{To: "+12125550123", Purpose: purpose}); err != nil || len(d.Routes) != 1 {
			t.Errorf("%s: %+v, %v", purpose, d, err)
		}
	}
}

func TestNoWayOut(t *testing.T) {
	p := plan()
	p.Trunks = nil
	_, err := p.Decide(dialing.Request{Agent: "ann", To: "+12125550123"})
	var r dialing.Refusal
	if !errors.As(err, &r) || r.Cause != tel.CauseNoRoute {
		t.Errorf("without a trunk: %v", err)
	}
	p = plan()
	p.CallerIDs = nil
	_, err = p.Decide(dialing.Request{Agent: "ann", To: "+12125550123"})
	if !errors.As(err, &r) || r.Why != "the organisation has no number to present: add one first" {
		t.Errorf("without a number: %v", err)
	}
}

// TestEmergencyNumbers: neither class nor prefix nor a missing number stands in the way of an emergency call (BX-13).
func TestEmergencyNumbers(t *testing.T) {
	p := plan()
	p.Standard = dialing.Class{ClassName: dialing.ClassName{Name: "None"}} // outbound off
	p.Emergency = []string{"5555"}
	p.Trunks = append(p.Trunks, dialing.Trunk{ID: "strict", Prefixes: []string{"+49"}, Own: "+12025550199"})
	for typed, want := range map[string]tel.Number{"911": "911", "9911": "911", "+1 911": "911", "112": "112", "5555": "5555"} {
		d, err := p.Decide(dialing.Request{Agent: "cas", To: typed, Hand: true, Working: true, Down: func(t id.Trunk) bool { return t == "any" }})
		if err != nil || d.Number != want || !d.Emergency || d.Blocked != "" || d.Target.Agent != "" {
			t.Errorf("%s: %+v, %v", typed, d, err)
		}
		if got := ways(d); !slices.Equal(got, []string{"belgium +12025550101", "strict +12025550199", "any +12025550101"}) {
			t.Errorf("%s goes by %q", typed, got)
		}
	}
	if d, err := p.Decide(dialing.Request{Agent: "ann", To: "0911"}); err != nil || d.Target.Agent != "dan" {
		t.Errorf("an extension that looks like one with a prefix: %+v, %v", d, err)
	}
	own, _ := p.Decide(dialing.Request{Agent: "ann", To: "911", From: "+12025550101", Default: "+12025550100"})
	if own.Routes[0].CallerID != "+12025550100" {
		t.Errorf("the agent's own number is shown so that the call back finds the agent, not %s", own.Routes[0].CallerID)
	}
	p.CallerIDs, p.Default = nil, ""
	if d, _ := p.Decide(dialing.Request{Agent: "ann", To: "911"}); len(d.Routes) != 3 || d.Routes[0].CallerID != "" {
		t.Errorf("without a number: %+v", d)
	}
}

// TestCallerIDOfATrunk: a trunk that may not present the wish shows its own, and the agent is told (PN-11).
func TestCallerIDOfATrunk(t *testing.T) {
	for _, c := range []struct {
		name  string
		trunk dialing.Trunk
		from  tel.Number
		want  string
		own   bool
	}{
		{"any", dialing.Trunk{ID: "t", AnyID: true}, "+12025550101", "+12025550101", false},
		{"its own by name", dialing.Trunk{ID: "t", Own: "+12025550199"}, "+12025550101", "+12025550199", true},
		{"a number of its own", dialing.Trunk{ID: "t"}, "+12025550101", "+12025550103", true},
		{"the wish belongs to it", dialing.Trunk{ID: "t", Own: "+12025550199"}, "+12025550103", "+12025550103", false},
		{"the wish is its own", dialing.Trunk{ID: "t", Own: "+12025550101"}, "+12025550101", "+12025550101", false},
		{"in its form", dialing.Trunk{ID: "t", AnyID: true, Format: tel.FormatNational}, "+12025550101", "12025550101", false},
	} {
		p := plan()
		p.CallerIDs = append(p.CallerIDs, dialing.CallerID{Number: "+12025550103", Trunk: "t"})
		p.Trunks = []dialing.Trunk{c.trunk}
		d, err := p.Decide(dialing.Request{Agent: "ann", To: "+12125550123", From: c.from})
		if err != nil || len(d.Routes) != 1 || d.Routes[0].From != c.want || d.Routes[0].Own != c.own {
			t.Errorf("%s: %+v, %v", c.name, d, err)
		}
	}
}

// TestClass goes through the rules in their order (CS-1 to CS-4).
func TestClass(t *testing.T) {
	night := func(now time.Time) bool { return now.Hour() >= 22 }
	at := func(hour int) time.Time { return time.Date(2026, 11, 21, hour, 0, 0, 0, time.UTC) }
	none := dialing.Class{BlockPremium: true, Within: night}
	timed := dialing.Class{Outbound: true, BlockPremium: true, Within: night}
	home := dialing.Class{Outbound: true, BlockPremium: true}
	open := dialing.Class{Outbound: true, Countries: []string{"32", "33"}}
	for _, c := range []struct {
		name  string
		class dialing.Class
		to    string
		hour  int
		want  dialing.Rule
	}{
		{"outbound off", none, "+33899123456", 12, dialing.OutboundDisabled},
		{"outside its time, before the country", timed, "+33899123456", 12, dialing.OutsideTime},
		{"inside its time the country", timed, "+33899123456", 23, dialing.CountryBlocked},
		{"domestic inside its time", timed, "+12125550123", 23, ""},
		{"another country", home, "+3225550100", 12, dialing.CountryBlocked},
		{"another country of one's own code", home, "+18765550100", 12, dialing.CountryBlocked},
		{"premium", home, "+19005551234", 12, dialing.PremiumBlocked},
		{"976", home, "+12129765555", 12, dialing.PremiumBlocked},
		{"a short code", home, "611", 12, dialing.PremiumBlocked},
		{"domestic", home, "+12125550123", 12, ""},
		{"an allowed country", open, "+3225550100", 12, ""},
		{"its premium numbers", open, "+33899123456", 12, ""},
		{"a country that is not", open, "+4930901820", 12, dialing.CountryBlocked},
	} {
		p := plan()
		c.class.ID, c.class.Name = "own", "Own"
		p.Classes = map[id.Agent]dialing.Class{"ann": c.class}
		d, err := p.Decide(dialing.Request{Agent: "ann", To: c.to, Now: at(c.hour)})
		if err != nil || d.Blocked != c.want || d.Class != c.class.ClassName {
			t.Errorf("%s: blocked by %q, class %v, %v; want %q", c.name, d.Blocked, d.Class, err, c.want)
		}
		if in, err := p.Decide(dialing.Request{Agent: "ann", To: "102", Now: at(c.hour)}); err != nil || in.Blocked != "" {
			t.Errorf("%s: an extension is blocked by %q, %v", c.name, in.Blocked, err)
		}
	}
}

// TestWhichClass: the agent's own, else the default one, which also governs what the organisation dials (CS-2).
func TestWhichClass(t *testing.T) {
	p := plan()
	p.Classes = map[id.Agent]dialing.Class{"ann": {ClassName: dialing.ClassName{ID: "c2", Name: "Own"}, Outbound: true, Countries: []string{"49"}}}
	p.ExternalForwarding = true
	for _, c := range []struct {
		agent   id.Agent
		purpose dialing.Purpose
		want    string
		blocked bool
	}{
		{"ann", dialing.ByHand, "c2", false}, {"bob", dialing.ByHand, "c1", true}, {"ann", dialing.Forward, "c2", false},
		{"ann", dialing.Receiving, "c2", false}, {"", dialing.External, "c1", true}, {"ann", dialing.External, "c1", true},
	} {
		d, err := p.Decide(dialing.Request{Agent: c.agent, Purpose: c.purpose, To: "+4930901820"})
		if err != nil || d.Class.ID != c.want || (d.Blocked != "") != c.blocked {
			t.Errorf("%s %s: %+v, %v", c.agent, c.purpose, d, err)
		}
		if c.blocked {
			want := dialing.Refusal{Cause: tel.CauseNotAllowed, Rule: dialing.CountryBlocked,
				Why: "the class of service Office allows no calls to this country"}
			if got := d.Refusal(); !reflect.DeepEqual(got, want) {
				t.Errorf("refused with %+v", got)
			}
		}
	}
	own := p.Classes["ann"]
	own.LeaveOutside = true
	p.Classes["ann"] = own
	if !p.LeaveOutside("ann") || p.LeaveOutside("bob") {
		t.Error("ann's class lets outside parties talk on, the default one does not")
	}
	p.Standard = dialing.Class{}
	d, _ := p.Decide(dialing.Request{Agent: "bob", To: "+4930901820"})
	if d.Class.Name != "Standard" || d.Blocked != dialing.CountryBlocked {
		t.Errorf("without a default class: %+v", d)
	}
}
