package sip

import (
	"fmt"
	"strings"
	"testing"
)

// TestReplacesOnTheWire: a telephone takes its answered call over through another INVITE; what names no such call, or somebody
// else's, is refused as RFC 3891 §3 says.
func TestReplacesOnTheWire(t *testing.T) {
	h := openHouse(t, withPhone)
	h.on(answering)
	raw := dialRaw(t, h)
	answer := raw.asAnn("INVITE", "call", "", 1)
	raw.mustHave(answer, "SIP/2.0 200", "Supported: replaces")
	dialog := tagIn(answer)
	raw.send(strings.Replace(plainRequest("ACK", raw.local(), "call"), "To: <sip:100@127.0.0.1>", "To: <sip:ann@acme.test>"+dialog, 1))
	h.hears(h.call(0).Leg, "Answered")
	named := "Replaces: call;from-tag=a;to-tag=" + strings.TrimPrefix(dialog, ";tag=")
	for i, test := range []struct{ lines, want string }{
		{"Replaces: call;to-tag=1", "400"}, {named + "\r\n" + named, "400"}, {"Replaces: call;to-tag=1;from-tag=a", "481"},
		{strings.Replace(named, "call;", "other;", 1), "481"}, {strings.Replace(named, "=a;", "=b;", 1), "481"}, {named + ";early-only", "486"},
	} {
		raw.mustHave(raw.asAnn("INVITE", fmt.Sprint("refused", i), "", 1, strings.Split(test.lines, "\r\n")...), "SIP/2.0 "+test.want)
	}
	raw.mustHave(raw.asAnn("INVITE", "again", "", 1, "Require: replaces", named), "SIP/2.0 200")
	if got := h.call(1); got.Replaces != h.call(0).Leg || got.Agent != "agent-ann" {
		t.Errorf("arrived is %+v", got)
	}
	h.note(func() {
		bob := h.devices["ann"]
		bob.ID, bob.Agent = "another", "agent-bob"
		h.devices["ann"] = bob
	})
	raw.mustHave(raw.asAnn("INVITE", "bobs", "", 1, named), "SIP/2.0 403")
	raw.mustHave(raw.asAnn("BYE", "call", dialog, 2), "SIP/2.0 200")
	h.endsOnce(h.call(0).Leg)
	raw.mustHave(raw.asAnn("INVITE", "toolate", "", 1, named), "SIP/2.0 4")
}

// TestReplacesBeforeTheAnswer: a call that is not answered is not taken over (RFC 3891 §3).
func TestReplacesBeforeTheAnswer(t *testing.T) {
	h := openHouse(t, withTrunk)
	h.on(func(h *house, call Incoming) { _ = h.Ring(call.Leg) })
	raw := dialRaw(t, h)
	raw.send(plainRequest("INVITE", raw.local(), "call"))
	leg := h.call(0).Leg
	l, ok := h.legs.byID(leg)
	if !ok {
		t.Fatal("no leg")
	}
	raw.send(plainRequest("INVITE", raw.local(), "again", "Replaces: call;from-tag=1;to-tag="+l.tag))
	if got := raw.answerTo("again"); got != 481 {
		t.Errorf("answered %d", got)
	}
	raw.send(plainRequest("OPTIONS", raw.local(), "needs", "Require: replaces"))
	if got := raw.answerTo("needs"); got != 420 {
		t.Errorf("OPTIONS that requires replaces is answered %d", got)
	}
}
