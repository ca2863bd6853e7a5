package sip

import (
	"errors"
	"testing"

	sipgo "github.com/emiago/sipgo/sip"
)

// TestUnreadableIsRefused: what the gate finds nothing wrong with and the stack cannot read is refused all the same,
// over UDP and on a stream; the next message is served.
func TestUnreadableIsRefused(t *testing.T) {
	h := openHouse(t, withTrunk)
	raw := dialRaw(t, h)
	for name, line := range map[string]string{
		"route": "Route: <sip:proxy:port>", "record": "Record-Route: ;", "contact": "Contact: <sip:a:b>",
	} {
		request := plainRequest("INVITE", raw.local(), name, line)
		raw.send(request)
		raw.send(plainRequest("OPTIONS", raw.local(), name+"-next"))
		if got := raw.answerTo(name); got != 400 {
			t.Errorf("%q is answered %d, not 400", line, got)
		}
		if got := raw.answerTo(name + "-next"); got != 200 {
			t.Errorf("the request after %q is answered %d, not 200", line, got)
		}
		if got := verdictOf(t, []byte(request)); got != "400" {
			t.Errorf("on a stream %q is answered %s, not 400", line, got)
		}
	}
}

func TestReaderThatPanicsCannotRead(t *testing.T) {
	readers := guarded(map[string]sipgo.HeaderParser{
		"x": func(_ []byte, value string) (sipgo.Header, error) {
			if value == "" {
				panic("empty")
			}
			return sipgo.NewHeader("X", value), nil
		},
	})
	if header, err := readers["x"](nil, ""); !errors.Is(err, errUnreadable) || header != nil {
		t.Errorf("a panic gives %v, %v", header, err)
	}
	if header, err := readers["x"](nil, "1"); err != nil || header.Value() != "1" {
		t.Errorf("no panic gives %v, %v", header, err)
	}
}

// FuzzParser: nothing that the gate lets pass makes the stack's reader panic, where nobody would catch it.
func FuzzParser(f *testing.F) {
	f.Add("sip:ann@acme.test", "Route", "<sip:proxy.acme.test;lr>")
	f.Add("tel:+3225550100", "Record-Route", "<sip:[::1]:5060;lr>, <sip:x>")
	f.Add("sip:a:b@[", "Via", "SIP/2.0/TCP [::1]:;branch=z9hG4bK1,")
	f.Fuzz(func(_ *testing.T, uri, name, value string) {
		raw := []byte("INVITE " + uri + " SIP/2.0\r\n" + name + ": " + value + "\r\n\r\n")
		if e, err := open(raw); err == nil {
			_, _ = e.message()
		}
		if readable(uri, &sipgo.Uri{}) {
			_, _ = parser.ParseSIP(raw)
		}
	})
}
