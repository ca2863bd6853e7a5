package ice

import (
	"encoding/binary"
	"fmt"
	"net/netip"
	"slices"
	"strings"
	"testing"

	"parley/internal/story"
)

// TestStories: a far side checks paths, nominates them and restarts; each story shows what it is answered and where the
// path leads.
func TestStories(t *testing.T) { story.Run(t, "testdata/stories/*.txt", replay) }

// replay keeps a story's remarks and signals, and writes anew what follows from each.
func replay(t *testing.T, text string) string {
	t.Helper()
	var b strings.Builder
	a := NewAgent(Credentials{Ufrag: "first", Password: passwordOf("first")})
	for line := range strings.Lines(text) {
		switch line[0] {
		case '#', '\n':
			b.WriteString(line)
		case '<':
			b.WriteString(line)
			step(t, &b, a, strings.Fields(line[1:]))
		}
	}
	return b.String()
}

func passwordOf(ufrag string) string { return "the password of " + ufrag }

func step(t *testing.T, b *strings.Builder, a *Agent, words []string) {
	t.Helper()
	if words[0] == "restart" {
		a.Restart(Credentials{Ufrag: words[1], Password: passwordOf(words[1])})
	} else {
		remote := netip.MustParseAddrPort(words[2])
		m, ok := Read(checkOf(t, words[0], words[1], words[3:]))
		if !ok {
			t.Fatalf("%q cannot be read", words)
		}
		o := a.Handle(m, Path{Remote: remote})
		tellReply(t, b, o.Reply)
		if o.Moved {
			b.WriteString("  moved\n")
		}
	}
	path, nominated := a.Path()
	where, how := "nowhere", ""
	if path.Remote.IsValid() {
		where = path.Remote.String()
	}
	if nominated {
		how = ", nominated"
	}
	fmt.Fprintf(b, "  path %s%s, known as %s\n", where, how, strings.Join(a.Ufrags(), " and "))
}

// checkOf makes a message: a kind, our name, and what is particular about it.
func checkOf(t *testing.T, kind, ufrag string, how []string) []byte {
	t.Helper()
	kinds := map[string]uint16{"check": bindingRequest, "indication": bindingIndication, "response": bindingSuccess}
	if kinds[kind] == 0 {
		t.Fatalf("no message %q", kind)
	}
	r := Message{raw: make([]byte, headerSize)}.reply(kinds[kind])
	binary.BigEndian.PutUint32(r[4:], cookie)
	name := ufrag + ":theirs"
	if slices.Contains(how, "of-one-name") {
		name = ufrag
	}
	r = r.add(attrUsername, []byte(name))
	if !slices.Contains(how, "without-priority") {
		r = r.add(attrPriority, []byte{1, 2, 3, 4})
	}
	if slices.Contains(how, "nominates") {
		r = r.add(attrUseCandidate, nil)
	}
	role := uint16(attrControlling)
	if slices.Contains(how, "as-controlled") {
		role = attrControlled
	}
	r = r.add(role, make([]byte, 8)).add(0xC057, make([]byte, 4)) // the last as Chromium does
	if slices.Contains(how, "with-something-unknown") {
		r = r.add(0x7777, []byte{1})
	}
	switch {
	case slices.Contains(how, "unsealed"):
		return r.finish("")
	case slices.Contains(how, "wrongly-sealed"):
		return r.finish("guessed")
	}
	return r.finish(passwordOf(ufrag))
}

func tellReply(t *testing.T, b *strings.Builder, raw []byte) {
	t.Helper()
	if raw == nil {
		b.WriteString("  no answer\n")
		return
	}
	m, ok := Read(raw)
	if !ok {
		t.Fatalf("answered % x", raw)
	}
	sealed := "unsealed"
	for _, ufrag := range []string{"first", "second", "third", "fourth"} {
		if m.sealedBy(passwordOf(ufrag)) {
			sealed = "sealed by " + ufrag
		}
	}
	what := "success"
	if m.kind == bindingError {
		value := raw[headerSize+attributeHead:]
		what = fmt.Sprint("error ", int(value[2])*100+int(value[3]))
	}
	fmt.Fprintf(b, "  answer %s, %s\n", what, sealed)
}

// TestRefusalNamesTheUnknown: a 420 lists what was not understood (RFC 8489 §6.3.1).
func TestRefusalNamesTheUnknown(t *testing.T) {
	m, _ := Read(checkOf(t, "check", "first", []string{"with-something-unknown"}))
	got := m.refusal(unknownAttribute, "")
	want := []byte{0, attrUnknown, 0, 2, 0x77, 0x77, 0, 0}
	if !strings.Contains(string(got), string(want)) {
		t.Errorf("% x has no % x", got, want)
	}
}

// TestCredentials: each is another, as RFC 8839 §5.4 wants them, and a password is in no log.
func TestCredentials(t *testing.T) {
	a, b := NewCredentials(), NewCredentials()
	if a == b || len(a.Ufrag) < 4 || len(a.Password) < 22 || strings.Trim(a.Ufrag+a.Password, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/") != "" {
		t.Errorf("made %q %q", a.Ufrag, a.Password)
	}
	if text := fmt.Sprintf("%v %+v %#v %s", a, a, a, a); strings.Contains(text, a.Password) {
		t.Error("the password shows")
	}
}
