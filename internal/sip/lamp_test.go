package sip

import (
	"fmt"
	"strings"
	"testing"
	"time"
)

// asAnn sends a request of Ann's phone, with the digest that is asked for, and gives the answer.
func (p *rawPeer) asAnn(method, callID, toTag string, cseq int, lines ...string) string {
	p.t.Helper()
	text := func(name string, more ...string) string {
		s := plainRequest(method, p.local(), name, append(append([]string{}, lines...), more...)...)
		s = strings.Replace(s, "From: <sip:x@test>;tag=1", "From: <sip:ann@acme.test>;tag=a", 1)
		s = strings.Replace(s, "To: <sip:100@127.0.0.1>", "To: <sip:ann@acme.test>"+toTag, 1)
		s = strings.Replace(s, "Call-ID: "+name, "Call-ID: "+callID, 1)
		return strings.Replace(s, "CSeq: 1 ", fmt.Sprintf("CSeq: %d ", cseq), 1)
	}
	p.send(text(fmt.Sprint(callID, cseq, "a")))
	answer := p.answer(callID)
	if !strings.HasPrefix(answer, "SIP/2.0 401") {
		return answer
	}
	offer, _, _ := strings.Cut(strings.SplitN(answer, "WWW-Authenticate: ", 2)[1], "\r\n")
	header, err := challengeFrom(offer).answer(method, "sip:100@127.0.0.1", login{user: "ann", password: "secret"})
	if err != nil {
		p.t.Fatal(err)
	}
	p.send(text(fmt.Sprint(callID, cseq, "b"), "Authorization: "+header.Value()))
	return p.answer(callID)
}

// notified waits for the next NOTIFY and answers it with a code; one that is sent again is passed over.
func (p *rawPeer) notified(code int) string {
	p.t.Helper()
	_ = p.conn.SetReadDeadline(time.Now().Add(patience))
	buf := make([]byte, 65536)
	for {
		n, err := p.conn.Read(buf)
		if err != nil {
			p.t.Fatalf("no NOTIFY: %v", err)
		}
		message := string(buf[:n])
		if !strings.HasPrefix(message, "NOTIFY ") {
			continue
		}
		reply := fmt.Sprintf("SIP/2.0 %d So\r\n", code)
		for _, line := range strings.Split(message, "\r\n") {
			for _, name := range []string{"Via: ", "From: ", "To: ", "Call-ID: ", "CSeq: "} {
				if strings.HasPrefix(line, name) {
					reply += line + "\r\n"
				}
			}
		}
		p.send(reply + "Content-Length: 0\r\n\r\n")
		return message
	}
}

func (p *rawPeer) mustHave(message string, all ...string) {
	p.t.Helper()
	for _, one := range all {
		if !strings.Contains(message, one) {
			p.t.Fatalf("no %q in:\n%s", one, message)
		}
	}
}

func tagIn(message string) string {
	_, rest, _ := strings.Cut(strings.SplitN(message, "To: ", 2)[1], ";tag=")
	tag, _, _ := strings.Cut(rest, "\r\n")
	return ";tag=" + tag
}

// TestSubscribedLamp: a phone that subscribes hears of the counts at once and of every change, until it ends that (RFC 3842, RFC 6665).
func TestSubscribedLamp(t *testing.T) {
	h := openHouse(t, withPhone)
	raw := dialRaw(t, h)
	h.SetLamp("phone", Lamp{New: 2, Old: 3})
	const event = "Event: message-summary"
	answer := raw.asAnn("SUBSCRIBE", "s1", "", 1, event, "Expires: 600")
	raw.mustHave(answer, "SIP/2.0 200", "Expires: 600")
	first := raw.notified(200)
	raw.mustHave(first, "Event: message-summary", "Subscription-State: active;expires=", "application/simple-message-summary",
		"Messages-Waiting: yes\r\nMessage-Account: sip:ann@acme.test\r\nVoice-Message: 2/3 (0/0)\r\n", "Call-ID: s1", ";tag=a")
	h.SetLamp("phone", Lamp{New: 2, Old: 3}) // nothing new
	h.SetLamp("phone", Lamp{Old: 5})
	raw.mustHave(raw.notified(200), "Messages-Waiting: no", "Voice-Message: 0/5 (0/0)", "CSeq: 2 NOTIFY")
	dialog := tagIn(answer)
	raw.mustHave(raw.asAnn("SUBSCRIBE", "s1", dialog, 3, event, "Expires: 0"), "SIP/2.0 200", "Expires: 0")
	raw.mustHave(raw.notified(200), "Subscription-State: terminated;reason=timeout")
	raw.mustHave(raw.asAnn("SUBSCRIBE", "s1", dialog, 5, event), "SIP/2.0 481")
	for lines, want := range map[string]string{
		"Event: presence": "489", "Expires: 600": "489", event + "\r\nExpires: 10": "423",
	} {
		raw.mustHave(raw.asAnn("SUBSCRIBE", "odd"+want+fmt.Sprint(len(lines)), "", 1, strings.Split(lines, "\r\n")...), "SIP/2.0 "+want)
	}
}

// TestLampUnasked: a registered phone that has not subscribed is told all the same, also when it comes; a subscriber that refuses is
// told no more.
func TestLampUnasked(t *testing.T) {
	h := openHouse(t, withPhone)
	raw := dialRaw(t, h)
	h.SetLamp("phone", Lamp{New: 1})
	raw.mustHave(raw.asAnn("REGISTER", "r1", "", 1, "Expires: 600"), "SIP/2.0 200")
	raw.mustHave(raw.notified(481), "Messages-Waiting: yes", "Voice-Message: 1/0 (0/0)", "Subscription-State: terminated")
	h.SetLamp("phone", Lamp{New: 0, Old: 1})
	raw.mustHave(raw.notified(200), "Messages-Waiting: no", "Voice-Message: 0/1 (0/0)")
	raw.mustHave(raw.asAnn("SUBSCRIBE", "s2", "", 1, "Event: message-summary;id=7"), "SIP/2.0 200", "Expires: 3600")
	raw.mustHave(raw.notified(481), "Event: message-summary;id=7", "Call-ID: s2")
	waitFor(t, "the end of the subscription", func() bool { _, subs := h.watches.of(lampOf("phone")); return len(subs) == 0 })
	for i := range maxSubscriptions + 3 {
		h.watches.put(&subscription{device: "phone", topic: lampOf("phone"), callID: fmt.Sprint(i), expires: time.Now().Add(time.Minute)})
	}
	if _, subs := h.watches.of(lampOf("phone")); len(subs) != maxSubscriptions || subs[0].callID != "3" {
		t.Errorf("%d subscriptions kept", len(subs))
	}
	h.watches.expire(time.Now().Add(time.Hour))
	if _, subs := h.watches.of(lampOf("phone")); len(subs) != 0 {
		t.Error("what ran out is kept")
	}
}
