package sip

import (
	"net/netip"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"
)

// TestTorture judges messages in the manner of RFC 4475: testdata/torture/CODE-name.sip is refused with CODE; "drop" gets no
// answer, "pass" is sound, "sound" is a response that is right but answers nothing of ours. What passes the gate but is refused later (420, 415, 405 …) is tried on the wire.
func TestTorture(t *testing.T) {
	files, err := filepath.Glob("testdata/torture/*.sip")
	if err != nil || len(files) < 45 {
		t.Fatalf("%d messages: %v", len(files), err)
	}
	for _, file := range files {
		name := strings.TrimSuffix(filepath.Base(file), ".sip")
		t.Run(name, func(t *testing.T) {
			want, _, _ := strings.Cut(name, "-")
			if got := verdictOf(t, tortureMessage(t, file)); got != want {
				t.Errorf("%s, not %s", got, want)
			}
		})
	}
}

// tortureMessage reads a message; lines end in CRLF on the wire, and <XX> stands for a byte in hexadecimal.
func tortureMessage(t testing.TB, file string) []byte {
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	message := strings.ReplaceAll(string(text), "\n", "\r\n")
	return []byte(strings.ReplaceAll(message, "<00>", "\x00"))
}

func verdictOf(t testing.TB, raw []byte) string {
	g := testGate()
	g.known = func(netip.AddrPort) bool { return true }
	r := g.judge(raw, netip.MustParseAddrPort("192.0.2.7:5060"), time.Now())
	switch {
	case r.message != nil:
		return "pass"
	case r.answer == nil:
		if e, err := open(raw); err == nil && !e.isRequest() && e.inspect() == nil {
			return "sound"
		}
		return "drop"
	}
	code, err := strconv.Atoi(strings.Fields(string(r.answer))[1])
	if err != nil {
		t.Fatal(err)
	}
	return strconv.Itoa(code)
}

func testGate() *gate {
	made := newTokens()
	return &gate{
		tokens: made, credentials: newCredentials(made), ban: NewBan(), budget: newBudget(), legs: newLegs(),
		known:  func(netip.AddrPort) bool { return false },
		device: func(user, _ string) (string, bool) { return "acme.test", user == "ann" },
	}
}

// TestTortureOnTheWire sends what the gate lets pass, and what it refuses, to a real server: it answers as the name
// says and lives on.
func TestTortureOnTheWire(t *testing.T) {
	h := openHouse(t, withTrunk)
	raw := dialRaw(t, h)
	files, _ := filepath.Glob("testdata/torture/*.sip")
	for _, file := range files {
		raw.send(string(tortureMessage(t, file)))
	}
	raw.send(plainRequest("OPTIONS", raw.local(), "after=1"))
	if code := raw.answerTo("after=1"); code != 200 {
		t.Errorf("after all this OPTIONS is answered %d", code)
	}
}

// FuzzGate: no datagram makes the gate panic, answer an ACK or a response, or answer with something that is no message.
func FuzzGate(f *testing.F) {
	files, _ := filepath.Glob("testdata/torture/*.sip")
	for _, file := range files {
		f.Add(tortureMessage(f, file))
	}
	g := testGate()
	f.Fuzz(func(t *testing.T, raw []byte) {
		g.budget = newBudget()
		answer := g.judge(raw, netip.MustParseAddrPort("192.0.2.7:5060"), time.Now()).answer
		if answer == nil {
			return
		}
		e, err := open(answer)
		if err != nil || e.isRequest() {
			t.Fatalf("answer %q: %v", answer, err)
		}
		if strings.HasPrefix(string(raw), "ACK ") || strings.HasPrefix(string(raw), "SIP/") {
			t.Fatalf("answered %q", raw)
		}
		_, _ = frame(raw)
		answerPort(answer, netip.MustParseAddrPort("192.0.2.7:5060"))
	})
}

// FuzzSDP: what is read can be answered and written, and what was written reads the same.
func FuzzSDP(f *testing.F) {
	everything := storyMouth
	everything.Codecs, everything.Mux, everything.SRTP = usualOrder, true, SecurityOptional
	for _, short := range []string{
		"0,8,101", "8/sendonly", "0/zero", "srtp", "9", "111,110+mux+control", "0+savp+mki+sha81", "96,101+video+long", "0+gcm",
		"72+mux", "0,101/stream-zero", "0/zero-six", "0/session-inactive", "8/moved", "0+savp+unknown+unencrypted+dashed+short", "0+savp+renewed",
	} {
		f.Add(storySDP(short))
	}
	f.Add(storySDP("0") + "a=rtcp:7001 IN IP6 2001:db8::7\r\na=rtcp:0\r\n")
	f.Fuzz(func(t *testing.T, text string) {
		offered, err := parseDescription(text)
		if err != nil {
			return
		}
		answer, agreed, so, err := everything.answer(1, offered)
		if err != nil {
			return
		}
		again, err := parseDescription(answer.String())
		if err != nil {
			t.Fatalf("our answer cannot be read: %v\n%s", err, answer)
		}
		if len(again.Streams) != len(offered.Streams) || !agreed.Remote.IsValid() {
			t.Fatalf("%d streams offered, %d answered", len(offered.Streams), len(again.Streams))
		}
		so = so.with(offered.Streams, answer.Streams)
		if _, err := everything.accepted(everything.offer(1, so), offered, so.Ours); err == nil && agreed.Codec == "" {
			t.Fatal("an answer of theirs is taken without a codec")
		}
		if later, err := parseDescription(everything.offer(2, so).String()); err != nil || len(later.Streams) != len(offered.Streams) {
			t.Fatalf("our next offer cannot be read: %v", err)
		}
	})
}
