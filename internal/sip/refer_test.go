package sip

import (
	"strings"
	"testing"

	"parley/internal/tel"
)

// TestReferTo: what a Refer-To asks for, and what is refused.
func TestReferTo(t *testing.T) {
	for value, want := range map[string]referTo{
		"<sip:202@acme.test>":                              {scheme: "sip", user: "202", host: "acme.test"},
		"sip:202@acme.test;user=phone":                     {scheme: "sip", user: "202", host: "acme.test"},
		`"Bob, at home" <sips:+3225550100;npdi@[::1]>;x=y`: {scheme: "sips", user: "+3225550100", host: "[::1]"},
		"<sip:%2a97@acme.test;method=INVITE>":              {scheme: "sip", user: "*97", host: "acme.test"},
		"<tel:+32-2-555.0100;ext=1>":                       {scheme: "tel", user: "+3225550100"},
		"<sip:202@a.test?Replaces=a%40b%3Bto-tag%3D1%3Bfrom-tag%3D2&Require=replaces>": {
			scheme: "sip", user: "202", host: "a.test", replaces: "a@b;to-tag=1;from-tag=2",
		},
		"<sip:a.test?replaces=a%3Bto-tag%3D1%3Bfrom-tag%3D2>": {scheme: "sip", host: "a.test", replaces: "a;to-tag=1;from-tag=2"},
	} {
		if got, code := readReferTo([]string{value}); got != want || code != 0 {
			t.Errorf("%q is read as %+v, %d", value, got, code)
		}
	}
	for value, want := range map[string]int{
		"<sip:1@a.test>, <sip:2@a.test>": 400, "<sip:1@a.test>,sip:2@a.test": 400, "": 400, "nonsense": 400, "<>": 400, "<sip:1@a.test": 400,
		"<sip:a:b>": 400, "<sip:1@a.test?Replaces=%zz>": 400, "<sip:1@a.test?Replaces=>": 400, "<sip:1@a.test?Replaces=a&Replaces=b>": 400,
		"<mailto:a@a.test>": 603, "<http://a.test/x>": 603, "<sip:1@a.test;method=BYE>": 603, "<sip:1@a.test;method=SUBSCRIBE?Event=x>": 603,
		"<sip:a.test>": 603,
	} {
		if got, code := readReferTo([]string{value}); code != want {
			t.Errorf("%q is read as %+v, %d instead of %d", value, got, code, want)
		}
	}
	for _, values := range [][]string{nil, {"<sip:1@a.test>", "<sip:2@a.test>"}} {
		if _, code := readReferTo(values); code != 400 {
			t.Errorf("%q is answered %d", values, code)
		}
	}
}

// TestReplaces: both tags once, in any order (RFC 3891 §6.1).
func TestReplaces(t *testing.T) {
	for value, want := range map[string]replaced{
		"a@b;to-tag=1;from-tag=2":                       {callID: "a@b", ours: "1", theirs: "2"},
		" a ; From-Tag = 2 ; x=y;to-tag=1 ; early-only": {callID: "a", ours: "1", theirs: "2", early: true},
	} {
		if got, ok := readReplaces(value); got != want || !ok {
			t.Errorf("%q is read as %+v, %t", value, got, ok)
		}
	}
	for _, value := range []string{"", "a", "a;to-tag=1", "a;from-tag=2", ";to-tag=1;from-tag=2", "a;to-tag=1;to-tag=3;from-tag=2", "a;to-tag=;from-tag=2"} {
		if got, ok := readReplaces(value); ok {
			t.Errorf("%q is read as %+v", value, got)
		}
	}
}

// FuzzReferTo: a stranger's bytes are read or refused, and what is read names somebody.
func FuzzReferTo(f *testing.F) {
	f.Add("<sip:202@a.test?Replaces=a%40b%3Bto-tag%3D1%3Bfrom-tag%3D2>")
	f.Add(`"a\"<,>" <tel:+1;x=<>`)
	f.Add("sip:[::1?Replaces=%")
	f.Fuzz(func(t *testing.T, value string) {
		to, code := readReferTo([]string{value})
		if code == 0 && to.user == "" && to.replaces == "" || code != 0 && to != (referTo{}) {
			t.Errorf("%q is read as %+v, %d", value, to, code)
		}
		if r, ok := readReplaces(value); ok && (r.callID == "" || r.ours == "" || r.theirs == "") {
			t.Errorf("%q is read as %+v", value, r)
		}
	})
}

// TestReferOnTheWire: a telephone in a call asks, is told by NOTIFY what comes of it, and reads why it cannot be.
func TestReferOnTheWire(t *testing.T) {
	h := openHouse(t, withPhone)
	h.on(answering)
	raw := dialRaw(t, h)
	answer := raw.asAnn("INVITE", "call", "", 1)
	raw.mustHave(answer, "SIP/2.0 200", "REFER")
	leg, dialog := h.call(0).Leg, tagIn(answer)
	raw.send(strings.Replace(plainRequest("ACK", raw.local(), "call"), "To: <sip:100@127.0.0.1>", "To: <sip:ann@acme.test>"+dialog, 1))
	h.hears(leg, "Answered")
	raw.mustHave(raw.asAnn("REFER", "call", dialog, 5, "Refer-To: <sip:+3225550100@acme.test>"), "SIP/2.0 202 Accepted", "Contact: ")
	raw.mustHave(raw.notified(200), "SIP/2.0 100 Trying\r\n", "Event: refer\r\n", "Subscription-State: active;expires=", "message/sipfrag;version=2.0")
	h.hears(leg, "Referred{To:+3225550100 Replaces:}")
	if err := h.Refer(leg, tel.CauseNotAllowed, "no calls\r\n\"there\""); err != nil {
		t.Fatal(err)
	}
	raw.mustHave(raw.notified(200), "\r\n\r\nSIP/2.0 403 no callsthere\r\n", "Event: refer\r\n", "Subscription-State: terminated;reason=noresource")
	for i, test := range []struct{ lines, want string }{
		{"Refer-To: <sip:202@elsewhere.test>", "603"}, {"Refer-To: <mailto:a@acme.test>", "603"}, {"Subject: none", "400"},
		{"Refer-To: <sip:202@acme.test>\r\nRefer-To: <sip:203@acme.test>", "400"}, {"r: <sip:202@acme.test;method=BYE>", "603"},
		{"Refer-To: <sip:202@acme.test?Replaces=a>", "400"},
	} {
		raw.mustHave(raw.asAnn("REFER", "call", dialog, 10+i, strings.Split(test.lines, "\r\n")...), "SIP/2.0 "+test.want)
	}
	raw.mustHave(raw.asAnn("REFER", "call", dialog, 20, "Refer-To: <sip:202@acme.test?Replaces=a%3Bto-tag%3D1%3Bfrom-tag%3D2>"), "SIP/2.0 202")
	raw.mustHave(raw.notified(200), "SIP/2.0 481 ", "Event: refer;id=20\r\n", "terminated")
	raw.mustHave(raw.asAnn("REFER", "call", dialog, 21, "Refer-To: <tel:+3225550100>", "Refer-Sub: false"), "SIP/2.0 202", "Refer-Sub: false")
	h.until("the second wish", func() bool { return len(h.heard[leg]) >= 3 })
	raw.mustHave(raw.asAnn("REFER", "call", dialog, 22, "Refer-To: <tel:+3225550100>"), "SIP/2.0 491")
	raw.mustHave(raw.asAnn("BYE", "call", dialog, 23), "SIP/2.0 200")
	h.endsOnce(leg)
}

// TestCarrierDoesNotTransfer: a trunk is no agent: its REFER is refused, in a dialog and outside (RFC 3515 §2.4.2).
func TestCarrierDoesNotTransfer(t *testing.T) {
	h := openHouse(t, withTrunk)
	h.on(answering)
	raw := dialRaw(t, h)
	raw.send(plainRequest("INVITE", raw.local(), "call"))
	dialog := tagIn(raw.answer("call"))
	refer := plainRequest("REFER", raw.local(), "call", "Refer-To: <sip:202@127.0.0.1>")
	raw.send(strings.Replace(refer, "To: <sip:100@127.0.0.1>", "To: <sip:100@127.0.0.1>"+dialog, 1))
	for code := 200; code != 403; code = raw.answerTo("call") {
		if code != 200 { // the INVITE's comes until it is acknowledged
			t.Fatalf("REFER is answered %d", code)
		}
	}
	raw.send(plainRequest("REFER", raw.local(), "outside", "Refer-To: <sip:202@127.0.0.1>"))
	if code := raw.answerTo("outside"); code != 403 {
		t.Errorf("a REFER outside of any call is answered %d", code)
	}
}

// TestSameFarEnd: who may name a dialog: the same device, one of the same agent, or the same trunk.
func TestSameFarEnd(t *testing.T) {
	ann, other := farEnd{Org: "o", Device: "d1", Agent: "ann"}, farEnd{Org: "o", Device: "d2", Agent: "ann"}
	for name, test := range map[string]struct {
		a, b farEnd
		want bool
	}{
		"the same": {ann, ann, true}, "another of the same agent": {ann, other, true}, "trunk": {farEnd{Org: "o", Trunk: "t"}, farEnd{Org: "o", Trunk: "t"}, true},
		"another agent's": {ann, farEnd{Org: "o", Device: "d3", Agent: "bob"}, false}, "another organisation": {ann, farEnd{Org: "p", Device: "d1", Agent: "ann"}, false},
		"nobody's": {farEnd{}, farEnd{}, false}, "a trunk's": {ann, farEnd{Org: "o", Trunk: "t"}, false},
	} {
		if got := test.a.same(test.b); got != test.want {
			t.Errorf("%s: %t", name, got)
		}
	}
}
