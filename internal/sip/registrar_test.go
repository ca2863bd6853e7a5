package sip

import (
	"fmt"
	"net/netip"
	"strings"
	"testing"
	"time"
)

func wishFor(contact, callID string, cseq uint32, expires int) wish {
	w := wish{expires: expires}
	w.Contact, w.callID, w.cseq = contact, callID, cseq
	w.Source = netip.MustParseAddrPort("192.0.2.1:5060")
	return w
}

func TestRegistrar(t *testing.T) {
	now := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	r := newRegistrar()
	if came, _, ok := r.put("d", []wish{wishFor("sip:a", "c1", 1, 60)}, now); !ok || len(came) != 1 {
		t.Fatal("not registered")
	}
	if _, _, ok := r.put("d", []wish{wishFor("sip:b", "c1", 1, 60), wishFor("sip:a", "c1", 1, 60)}, now); ok {
		t.Error("an old request was taken")
	}
	if got := len(r.contacts("d", now)); got != 1 {
		t.Errorf("a refused request left %d contacts", got)
	}
	if !r.at(netip.MustParseAddrPort("192.0.2.1:5060")) {
		t.Error("the source is not known")
	}
	r.put("d", []wish{wishFor("sip:b", "c2", 1, 120)}, now)
	if got := r.contacts("d", now); len(got) != 2 || got[0].Contact != "sip:b" {
		t.Errorf("contacts %v", got)
	}
	if went := r.expire(now.Add(61 * time.Second)); len(went) != 1 || went[0].Contact != "sip:a" {
		t.Errorf("expired %v", went)
	}
	if _, went, _ := r.put("d", []wish{wishFor("sip:b", "c2", 2, 0)}, now); len(went) != 1 {
		t.Error("not removed")
	}
	if r.at(netip.MustParseAddrPort("192.0.2.1:5060")) {
		t.Error("the source is still known")
	}
	for i := range maxContacts + 5 {
		r.put("d", []wish{wishFor(fmt.Sprint("sip:", i), "c3", uint32(i), 60)}, now)
	}
	if got := len(r.contacts("d", now)); got != maxContacts {
		t.Errorf("%d contacts kept", got)
	}
	if went := r.clear("d"); len(went) != maxContacts || len(r.sources) != 0 {
		t.Error("not cleared")
	}
}

// TestRegisterOnTheWire: expiry too short, a star with and without Expires: 0, a query.
func TestRegisterOnTheWire(t *testing.T) {
	h := openHouse(t, withPhone)
	raw := dialRaw(t, h)
	tests := []struct {
		name    string
		contact string
		expires string
		want    int
		answer  string
	}{
		{"brief", "<sip:ann@192.0.2.9>", "10", 423, "Min-Expires: 60"},
		{"long", "<sip:ann@192.0.2.9>", "86400", 200, ";expires=3600"},
		{"own", "<sip:ann@192.0.2.9>;expires=70", "600", 200, ";expires=70"},
		{"star", "*", "600", 400, ""},
		{"gone", "*", "0", 200, "Date: "},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			request := func(n int, lines ...string) string {
				text := plainRequest("REGISTER", raw.local(), fmt.Sprint(test.name, n), append(lines, "Expires: "+test.expires)...)
				text = strings.Replace(text, "Contact: <sip:x@"+raw.local()+">", "Contact: "+test.contact, 1)
				return strings.Replace(text, "To: <sip:100@127.0.0.1>", "To: <sip:ann@acme.test>", 1)
			}
			raw.send(request(1))
			challenge := raw.answer(test.name + "1")
			offer, _, _ := strings.Cut(strings.SplitN(challenge, "WWW-Authenticate: ", 2)[1], "\r\n")
			header, err := (challengeFrom(offer)).answer("REGISTER", "sip:100@127.0.0.1", login{user: "ann", password: "secret"})
			if err != nil {
				t.Fatal(err)
			}
			raw.send(request(2, "Authorization: "+header.Value()))
			answer := raw.answer(test.name + "2")
			if !strings.HasPrefix(answer, fmt.Sprintf("SIP/2.0 %d ", test.want)) || !strings.Contains(answer, test.answer) {
				t.Errorf("answered %s", answer)
			}
		})
	}
	h.until("the end", func() bool { return len(h.gone) == 1 })
}

func challengeFrom(offer string) challenge { return challenge{offers: []string{offer}} }
