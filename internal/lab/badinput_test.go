package lab

import (
	"fmt"
	"math/rand/v2"
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"

	"parley/internal/carrier"
)

// TestUnknownNumber: 404, and a line in the log that says which trunk and number.
func TestUnknownNumber(t *testing.T) {
	t.Parallel()
	w := Start(t, Setup{})
	w.SIPp("unknown", "+12025559999").Ends()
	Eventually(t, "a line in the log", func() bool {
		for _, line := range w.Log() {
			if strings.Contains(line, "level=WARN") && strings.Contains(line, "+12025559999") && strings.Contains(line, "trunk=") {
				t.Logf("the log says %s", line)
				return true
			}
		}
		return false
	})
}

// TestUnknownPeer: an INVITE from an address that is no trunk's is refused and never becomes a call.
func TestUnknownPeer(t *testing.T) {
	t.Parallel()
	w := Start(t, Setup{})
	n := network(t, carrier.Config{Listen: "127.0.0.2:0"})
	k := caller(t, n, w, sales, "+32470111222", callerVoice)
	if end := ended(t, k); end.Code != http.StatusForbidden {
		t.Errorf("the stranger was answered %d", end.Code)
	}
	if page := w.SignIn(w.Person("admin", 0)).Calls(nil); page.Total != 0 {
		t.Errorf("the stranger's call is on record")
	}
}

// TestNoCommonCodec: 488, and the service goes on.
func TestNoCommonCodec(t *testing.T) {
	t.Parallel()
	w := Start(t, Setup{})
	w.SIPp("no-codec", sales).Ends()
	n := network(t, carrier.Config{})
	reached(t, "the next call is answered", caller(t, n, w, sales, "+32470111222", callerVoice).Answered())
}

// TestMalformedMessages get their 4xx and never more; the service goes on.
func TestMalformedMessages(t *testing.T) {
	t.Parallel()
	w := Start(t, Setup{})
	r := stranger(t, w, "127.0.0.1")
	bad := map[string]func(text string) string{
		"no Max-Forwards number": func(s string) string { return strings.Replace(s, "Max-Forwards: 70", "Max-Forwards: many", 1) },
		"CSeq of another method": func(s string) string { return strings.Replace(s, "1 INVITE", "1 BYE", 1) },
		"CSeq too large":         func(s string) string { return strings.Replace(s, "CSeq: 1 ", "CSeq: 36893488147419103232 ", 1) },
		"no From":                func(s string) string { return regexp.MustCompile(`From: .*\r\n`).ReplaceAllString(s, "") },
		"no To":                  func(s string) string { return regexp.MustCompile(`\r\nTo: .*`).ReplaceAllString(s, "") },
		"length beyond the end":  func(s string) string { return strings.Replace(s, "Content-Length: 0", "Content-Length: 9999", 1) },
		"negative length":        func(s string) string { return strings.Replace(s, "Content-Length: 0", "Content-Length: -9", 1) },
		"quoted string open":     func(s string) string { return strings.Replace(s, "From: <", "From: \"open <", 1) },
		"SDP that is none": func(s string) string {
			return strings.Replace(s, "Content-Length: 0", "Content-Type: application/sdp\r\nContent-Length: 4", 1) + "v=0x"
		},
		"body of another kind": func(s string) string {
			return strings.Replace(s, "Content-Length: 0", "Content-Type: text/x\r\nContent-Length: 4", 1) + "abcd"
		},
	}
	for name, spoil := range bad {
		text, callID := r.request("INVITE", sales, "+32470111222")
		r.send(spoil(text))
		got := code(r.reply(callID, 2*time.Second))
		t.Logf("%s: %d", name, got)
		if got != 0 && (got < 400 || got > 499) { // silence is what a message gets that cannot be answered
			t.Errorf("%s was answered %d", name, got)
		}
	}
	if got := r.asks("OPTIONS", "ping", "x"); got != http.StatusOK {
		t.Errorf("OPTIONS is answered %d afterwards", got)
	}
	n := network(t, carrier.Config{})
	reached(t, "the next call is answered", caller(t, n, w, sales, "+32470111222", callerVoice).Answered())
}

// TestJunkDatagrams: ten thousand of them change nothing.
func TestJunkDatagrams(t *testing.T) {
	t.Parallel()
	w := Start(t, Setup{})
	n := network(t, carrier.Config{})
	k := caller(t, n, w, support, "+32470111222", callerVoice)
	reached(t, "a call before", k.Answered())
	before := w.Memory()
	sources := make([]*raw, 50)
	for i := range sources {
		sources[i] = stranger(t, w, fmt.Sprintf("127.0.1.%d", i+1))
	}
	junk := make([]byte, 400)
	for i := range 10000 {
		for j := range junk {
			junk[j] = byte(rand.IntN(256))
		}
		text := string(junk[:20+i%380])
		if i%4 == 0 {
			text = "INVITE " + text
		}
		sources[i%len(sources)].send(text)
	}
	if _, over := k.End(); over {
		t.Error("the call ended")
	}
	reached(t, "a call after", caller(t, n, w, sales, "+32470111333", callerVoice).Answered())
	grown := (w.Memory() - before) >> 20
	t.Logf("MEASURED memory after 10,000 junk datagrams: %d MB more, %d MB in all", grown, w.Memory()>>20)
	if grown > 30 {
		t.Errorf("memory grew by %d MB", grown)
	}
	if err := w.health(); err != nil {
		t.Error(err)
	}
}

// health asks /healthz.
func (w *World) health() error {
	res, err := http.Get(w.HTTP + "/healthz")
	if err != nil {
		return err
	}
	defer func() { _ = res.Body.Close() }()
	if res.StatusCode != http.StatusOK {
		return fmt.Errorf("/healthz says %d", res.StatusCode)
	}
	return nil
}
