package ice

import (
	"bytes"
	"encoding/hex"
	"net/netip"
	"strings"
	"testing"
)

// hexed reads bytes as the RFCs print them.
func hexed(t testing.TB, text string) []byte {
	t.Helper()
	b, err := hex.DecodeString(strings.Join(strings.Fields(text), ""))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// sample is the request of RFC 5769 §2.1, whose password is the next.
func sample(t testing.TB) []byte {
	return hexed(t, `
		00 01 00 58 21 12 a4 42 b7 e7 a7 01 bc 34 d6 86 fa 87 df ae
		80 22 00 10 53 54 55 4e 20 74 65 73 74 20 63 6c 69 65 6e 74
		00 24 00 04 6e 00 01 ff 80 29 00 08 93 2f f9 b1 51 26 3b 36
		00 06 00 09 65 76 74 6a 3a 68 36 76 59 20 20 20
		00 08 00 14 9a ea a7 0c bf d8 cb 56 78 1e f2 b5 b2 d3 f2 49 c1 b5 71 a2
		80 28 00 04 e5 7a 3b cf`)
}

const samplePassword = "VOkJxbRl1RmTxUk/WvJxBt"

func TestSampleRequest(t *testing.T) {
	m, ok := Read(sample(t))
	if !ok || !m.Request() || m.Ufrag() != "evtj" || !m.priority || !m.controlled || m.useCandidate || m.unknown != nil {
		t.Fatalf("read %+v, %v", m, ok)
	}
	if !m.sealedBy(samplePassword) || m.sealedBy(samplePassword+"x") || m.sealedBy("") {
		t.Error("the integrity is not told")
	}
}

// TestSampleResponses: RFC 5769 §2.2 and §2.3 without SOFTWARE, which we do not say.
func TestSampleResponses(t *testing.T) {
	m, _ := Read(sample(t))
	for _, c := range []struct{ from, want string }{
		{"192.0.2.1:32853", "00 20 00 08 00 01 a1 47 e1 12 a6 43"},
		{"[2001:db8:1234:5678:11:2233:4455:6677]:32853", "00 20 00 14 00 02 a1 47 01 13 a9 fa a5 d3 f1 79 bc 25 f4 b5 be d2 b9 d9"},
	} {
		got := m.success(netip.MustParseAddrPort(c.from), samplePassword)
		answer, ok := Read(got)
		if !ok || answer.kind != bindingSuccess || !answer.sealedBy(samplePassword) || !bytes.Equal(got[4:20], sample(t)[4:20]) {
			t.Errorf("answer % x", got)
		}
		if want := hexed(t, c.want); !bytes.Equal(got[headerSize:headerSize+len(want)], want) {
			t.Errorf("%s is told as % x", c.from, got[headerSize:])
		}
	}
}

// TestReadRefuses: what is not whole is not read.
func TestReadRefuses(t *testing.T) {
	change := func(at int, to byte) []byte {
		b := sample(t)
		b[at] = to
		return b
	}
	good := sample(t)
	for _, c := range []struct {
		name string
		in   []byte
	}{
		{"nothing", nil}, {"a header cut off", good[:19]}, {"cut off", good[:len(good)-4]}, {"more than its length", append(sample(t), 0, 0, 0, 0)},
		{"another cookie", change(4, 0)}, {"another method", change(1, 3)}, {"another byte", change(30, 0)},
		{"an attribute beyond the end", change(23, 0xFF)}, {"a wrong length", change(3, 0x54)},
		{"a priority of three bytes", Message{raw: good}.reply(bindingRequest).add(attrPriority, []byte{1, 2, 3}).finish("")},
		{"a fingerprint in the middle", Message{raw: good}.reply(bindingRequest).add(attrFingerprint, []byte{1, 2, 3, 4}).finish("")},
	} {
		if m, ok := Read(c.in); ok {
			t.Errorf("%s: read %+v", c.name, m)
		}
	}
}

func TestKindsOfDatagrams(t *testing.T) {
	for b, want := range map[byte]string{0: "stun", 3: "stun", 4: "", 19: "", 20: "dtls", 63: "dtls", 64: "", 128: "", 191: ""} {
		got := ""
		if IsSTUN([]byte{b}) {
			got += "stun"
		}
		if IsDTLS([]byte{b}) {
			got += "dtls"
		}
		if got != want {
			t.Errorf("%d is %q, want %q", b, got, want)
		}
	}
	if IsSTUN(nil) || IsDTLS(nil) {
		t.Error("nothing is something")
	}
}

// FuzzRead: whatever a stranger sends, it is refused, or answered with a message that can be read and is no longer than a
// few hundred bytes; and nothing moves the agent without its password.
func FuzzRead(f *testing.F) {
	f.Add(sample(f))
	f.Add([]byte{})
	f.Add(Message{raw: sample(f)}.reply(bindingRequest).add(0x7777, nil).add(attrUsername, []byte("evtj:x")).finish("secret"))
	f.Fuzz(func(t *testing.T, in []byte) {
		before := bytes.Clone(in)
		m, ok := Read(in)
		if !ok {
			return
		}
		a := NewAgent(Credentials{Ufrag: m.Ufrag(), Password: "a password that nobody knows"})
		o := a.Handle(m, Path{Remote: netip.MustParseAddrPort("192.0.2.1:4000")})
		if o.Valid || o.Moved {
			t.Errorf("% x passed", in)
		}
		if o.Reply != nil {
			if _, ok := Read(o.Reply); !ok || len(o.Reply) > 200 {
				t.Errorf("answered % x", o.Reply)
			}
		}
		if !bytes.Equal(in, before) {
			t.Error("the datagram was changed")
		}
	})
}
