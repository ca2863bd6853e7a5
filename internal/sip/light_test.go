package sip

import (
	"fmt"
	"testing"
	"time"

	"parley/internal/id"
)

// shared is a light of the organisation that Ann's phone belongs to.
var shared = Light{Org: "org", Name: "100"}

// TestBusyLamp: a phone that subscribes to a colleague's extension is told the whole state at once and at every change, each under the next
// version, until there is no such light any more (RFC 4235, BX-27).
func TestBusyLamp(t *testing.T) {
	h := openHouse(t, withPhone)
	raw := dialRaw(t, h)
	const event = "Event: dialog"
	raw.mustHave(raw.asAnn("SUBSCRIBE", "none", "", 1, event, "Expires: 600"), "SIP/2.0 404")
	h.SetLights("elsewhere", map[Light]Glow{{Org: "elsewhere", Name: "100"}: Confirmed})
	raw.mustHave(raw.asAnn("SUBSCRIBE", "other", "", 1, event, "Expires: 600"), "SIP/2.0 404")
	h.SetLights("org", map[Light]Glow{shared: Terminated})
	answer := raw.asAnn("SUBSCRIBE", "d1", "", 1, event+";id=3", "Expires: 600")
	raw.mustHave(answer, "SIP/2.0 200", "Expires: 600")
	tells := func(version int, state, more string) {
		t.Helper()
		raw.mustHave(raw.notified(200), "Event: dialog;id=3", "Subscription-State: active;expires=", "application/dialog-info+xml", "Call-ID: d1",
			fmt.Sprintf(`version="%d" state="full" entity="sip:100@acme.test"`, version),
			fmt.Sprintf(`<dialog id="1"%s><state>%s</state></dialog>`, more, state), fmt.Sprintf("CSeq: %d NOTIFY", version+1))
	}
	tells(0, "terminated", "")
	h.SetLight(shared, Early)
	tells(1, "early", ` direction="recipient"`)
	h.SetLight(shared, Early) // nothing new
	h.SetLight(shared, Confirmed)
	tells(2, "confirmed", "")
	raw.mustHave(raw.asAnn("SUBSCRIBE", "d1", tagIn(answer), 3, event+";id=3", "Expires: 700"), "SIP/2.0 200", "Expires: 700")
	tells(3, "confirmed", "")
	h.SetLights("org", map[Light]Glow{shared: Terminated})
	tells(4, "terminated", "")
	h.SetLights("org", nil)
	raw.mustHave(raw.notified(200), "Subscription-State: terminated;reason=noresource", "Content-Length: 0")
	raw.mustHave(raw.asAnn("SUBSCRIBE", "d1", tagIn(answer), 5, event+";id=3"), "SIP/2.0 481")
	raw.mustHave(raw.asAnn("SUBSCRIBE", "odd", "", 1, "Event: presence"), "SIP/2.0 489", "Allow-Events: message-summary, dialog")
}

// TestOwnLight: a name that stands for something of one's own, such as do not disturb, is the light of the phone's agent.
func TestOwnLight(t *testing.T) {
	h := openHouse(t, withPhone)
	raw := dialRaw(t, h)
	mine, hers := shared, shared
	mine.Agent, hers.Agent = "agent-ann", "agent-eve"
	h.SetLights("org", map[Light]Glow{hers: Confirmed})
	raw.mustHave(raw.asAnn("SUBSCRIBE", "o1", "", 1, "Event: dialog"), "SIP/2.0 404")
	h.SetLights("org", map[Light]Glow{hers: Confirmed, mine: Terminated, shared: Early})
	raw.mustHave(raw.asAnn("SUBSCRIBE", "o2", "", 1, "Event: dialog"), "SIP/2.0 200")
	raw.mustHave(raw.notified(200), "<state>terminated</state>")
	h.SetLight(hers, Terminated)
	h.SetLight(mine, Confirmed)
	raw.mustHave(raw.notified(200), "<state>confirmed</state>", `version="1"`)
}

// TestMostWatched: what a device has subscribed to is bounded, the oldest going first, and each device has its own.
func TestMostWatched(t *testing.T) {
	w := newWatches()
	watch := func(device id.Device, n int) {
		about := topic{light: Light{Org: "org", Name: fmt.Sprint(n)}}
		w.put(&subscription{device: device, topic: about, callID: fmt.Sprint(n), expires: time.Now().Add(time.Minute)})
	}
	for n := range maxWatched + 2 {
		watch("phone", n)
	}
	watch("other", 0)
	if _, subs := w.of(topic{light: Light{Org: "org", Name: "0"}}); len(subs) != 1 || subs[0].device != "other" {
		t.Errorf("to 0: %+v", subs)
	}
	if n := len(w.devices["phone"]); n != maxWatched || w.devices["phone"][0].callID != "2" {
		t.Errorf("%d subscriptions of a phone, from %s on", n, w.devices["phone"][0].callID)
	}
	w.expire(time.Now().Add(time.Hour))
	if len(w.devices) != 0 || len(w.subs) != 0 {
		t.Errorf("what ran out is kept: %d, %d", len(w.devices), len(w.subs))
	}
}
