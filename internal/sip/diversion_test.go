package sip

import (
	"reflect"
	"strings"
	"testing"

	sipgo "github.com/emiago/sipgo/sip"

	"parley/internal/tel"
)

// asking is an INVITE with these headers Diversion.
func asking(values ...string) *sipgo.Request {
	req := sipgo.NewRequest(sipgo.INVITE, sipgo.Uri{Scheme: "sip", User: "1", Host: "test"})
	for _, value := range values {
		req.AppendHeader(sipgo.NewHeader("Diversion", value))
	}
	return req
}

// TestForwardings: what strangers write of a call's diversions, and what the next one who is called is told of them.
func TestForwardings(t *testing.T) {
	one := func(from, uri string, change ...func(*tel.Forwarding)) tel.Forwarding {
		f := tel.Forwarding{From: tel.Number(from), URI: uri, Why: tel.DiversionUnknown, Times: 1}
		for _, c := range change {
			c(&f)
		}
		return f
	}
	as := func(why tel.Diversion, privacy string, times, limit int) func(*tel.Forwarding) {
		return func(f *tel.Forwarding) { f.Why, f.Privacy, f.Times, f.Limit = why, privacy, times, limit }
	}
	for name, test := range map[string]struct {
		came []string
		want []tel.Forwarding
		told []string
	}{
		"none": {},
		"whole": {
			[]string{`"Front, desk" <sip:+3225550101@acme.test:5070;user=phone>;reason=no-answer;privacy=off;counter=2;limit=5;screen=yes`},
			[]tel.Forwarding{one("+3225550101", "sip:+3225550101@acme.test:5070", as(tel.DiversionNoAnswer, "off", 2, 5), func(f *tel.Forwarding) {
				f.Name, f.Screen = "Front, desk", "yes"
			})},
			[]string{`"Front, desk" <sip:+3225550101@acme.test:5070>;reason=no-answer;privacy=off;counter=2;limit=5;screen=yes`},
		},
		"several in one, and another header": {
			[]string{`<sip:3@a.test>;reason="user-busy" , <tel:+32-2-555.01.02>;Reason = Unconditional;counter=1`, `sip:1@a.test;reason=away`},
			[]tel.Forwarding{
				one("3", "sip:3@a.test", as(tel.DiversionBusy, "", 1, 0)),
				one("+3225550102", "tel:+3225550102", as(tel.DiversionUnconditional, "", 1, 0)),
				one("1", "sip:1@a.test", as(tel.DiversionAway, "", 1, 0)),
			},
			[]string{"<sip:3@a.test>;reason=user-busy;counter=1", "<tel:+3225550102>;reason=unconditional;counter=1", "<sip:1@a.test>;reason=away;counter=1"},
		},
		"not to be shown": {
			[]string{"<sip:1@a.test>;privacy=full,<sip:2@a.test>;privacy=\"uri\",<sip:3@a.test>;privacy=name", "<sip:anonymous@anonymous.invalid>"},
			[]tel.Forwarding{
				one("", "sip:1@a.test", as("unknown", "full", 1, 0)), one("", "sip:2@a.test", as("unknown", "uri", 1, 0)),
				one("3", "sip:3@a.test", as("unknown", "name", 1, 0)), one("", "sip:anonymous@anonymous.invalid"),
			},
			[]string{
				"<sip:1@a.test>;reason=unknown;privacy=full;counter=1", "<sip:2@a.test>;reason=unknown;privacy=uri;counter=1",
				"<sip:3@a.test>;reason=unknown;privacy=name;counter=1", "<sip:anonymous@anonymous.invalid>;reason=unknown;counter=1",
			},
		},
		"words of their own": {
			[]string{`<sip:1@a.test>;reason="x;y, z";privacy=maybe;counter=100;limit=-1;screen=perhaps;;=;odd`, "<sip:2@a.test>;counter=0;limit=0"},
			[]tel.Forwarding{one("", "sip:1@a.test", as("unknown", "full", 1, 0)), one("2", "sip:2@a.test", as("unknown", "", 1, 1))},
			[]string{"<sip:1@a.test>;reason=unknown;privacy=full;counter=1", "<sip:2@a.test>;reason=unknown;counter=1;limit=1"},
		},
		"no addresses": {[]string{"", ",;,", "<>", "<sip:", `"open <sip:1@a.test>`, "*", "sip:*?", "<sip:1@>", "<http://a.test>", "<mailto:a@b>", "<sip:1@a test>"}, nil, nil},
		"too many": {
			[]string{strings.Repeat("<sip:1@a>,", 40)}, repeated(one("1", "sip:1@a")),
			repeated("<sip:1@a>;reason=unknown;counter=1"),
		},
	} {
		t.Run(name, func(t *testing.T) {
			got := forwardings(asking(test.came...))
			if !reflect.DeepEqual(got, test.want) {
				t.Errorf("read as %+v, not\n%+v", got, test.want)
			}
			trunk := Trunk{Diverts: true}
			var told []string
			for _, header := range trunk.diversions(Caller{Behind: got}, "carrier.test") {
				told = append(told, header.Value())
			}
			if !reflect.DeepEqual(told, test.told) {
				t.Errorf("told %q, not\n%q", told, test.told)
			}
			if trunk.Diverts = false; trunk.diversions(Caller{Diverted: "1", Behind: got}, "carrier.test") != nil {
				t.Error("a trunk that is not set so is told")
			}
		})
	}
}

func repeated[T any](one T) []T {
	all := make([]T, tel.MaxForwardings)
	for i := range all {
		all[i] = one
	}
	return all
}

// TestForwardedOnTheWire: one Parley sends a call on to another one, which reads all of its diversions, the latest first.
func TestForwardedOnTheWire(t *testing.T) {
	near, far := openHouse(t), openHouse(t, withTrunk)
	trunk := Trunk{Proxy: far.at(), FromDomain: "acme.test", Diverts: true}
	before := forwardings(asking("<sip:+3225550102@b.test>;reason=user-busy;privacy=full, <tel:+3225550101>;reason=no-answer;limit=4"))
	near.DialTrunk("leg", trunk, "1", Caller{Number: "+32470111222", Diverted: "+3225550103", Because: tel.DiversionFollowMe, Behind: before})
	latest := tel.Forwarding{From: "+3225550103", URI: "sip:+3225550103@acme.test", Why: tel.DiversionFollowMe, Privacy: "off", Times: 1}
	if got := far.call(0).Behind; len(before) != 2 || !reflect.DeepEqual(got, append([]tel.Forwarding{latest}, before...)) {
		t.Errorf("the far side reads %+v", got)
	}
	_ = far.HangUp(far.call(0).Leg, tel.CauseBusy)
	near.endsOnce("leg")
}

// FuzzForwardings: whatever stands in Diversion, at most so many are read, and what is told of them is one line that is read again
// as the same.
func FuzzForwardings(f *testing.F) {
	for _, seed := range []string{
		"", "<sip:+3225550101@acme.test>;reason=no-answer;privacy=off;counter=1", `"a\"b,c" <sips:1;npdi@[::1]:5061;user=phone>;reason="x;y";limit=99;screen=no`,
		"<tel:+32-2-555;ext=1>;counter=07,sip:2@b;reason=away", "sip:%00%0d%0aX:y@a", `"\`, "<<sip:a@b>>", ",,;;==\"\"", "\"n\";sip:x", "<sip:\xff@\xfe>",
		"<sip:a@b>;reason", "sip:a:b@c:99999;privacy=FULL", "*", "sip:*?", "<sip://u@h>",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, value string) {
		all := forwardings(asking(value, value))
		if len(all) > tel.MaxForwardings {
			t.Fatalf("%d are read", len(all))
		}
		for _, one := range all {
			line := told(one)
			if strings.ContainsAny(line, "\r\n\x00") || one.Times < 1 || one.Times > 99 || one.Limit < 0 || one.Limit > 99 {
				t.Fatalf("told %q of %+v", line, one)
			}
			again := forwardings(asking(line))
			if len(again) != 1 || told(again[0]) != line {
				t.Fatalf("%q is read again as %+v", line, again)
			}
		}
	})
}
