package ice

import (
	"crypto/rand"
	"encoding/base64"
	"fmt"
	"net/netip"
)

// Path is a way between the two sides: an address of ours and one of theirs.
type Path struct {
	Local, Remote netip.AddrPort
}

// Credentials are what a side is known by, until ICE is restarted (RFC 8839 §5.4).
type Credentials struct {
	Ufrag, Password string
}

// NewCredentials takes credentials from the system's source of chance: 96 bits of name, 192 of password.
func NewCredentials() Credentials {
	var b [36]byte
	_, _ = rand.Read(b[:]) // it does not fail: without chance the process ends
	text := base64.RawStdEncoding.EncodeToString(b[:])
	return Credentials{Ufrag: text[:16], Password: text[16:]}
}

// String hides the password.
func (c Credentials) String() string { return "ice of " + c.Ufrag }

// Format hides the password whatever the verb.
func (c Credentials) Format(f fmt.State, _ rune) { _, _ = f.Write([]byte(c.String())) }

// Agent is the lite side of one connection. It starts no goroutine and reads no clock; its owner gives it what comes and
// sends what it answers. It is used by one goroutine at a time.
type Agent struct {
	present   Credentials
	next      Credentials // of a restart under which nothing has been nominated yet
	path      Path
	nominated bool
}

// NewAgent is an agent that no check has reached.
func NewAgent(c Credentials) *Agent { return &Agent{present: c} }

// Outcome is what follows from a message.
type Outcome struct {
	Reply []byte // to be sent back the way the request came; nil for none
	Valid bool   // the far side was there: it knows the password
	Moved bool   // Path has become another one, or was nominated now
}

// Restart begins anew with other credentials (RFC 8445 §9). The old ones and the path hold until a path is nominated under
// the new ones.
func (a *Agent) Restart(c Credentials) { a.next = c }

// Ufrags are the names under which the far side may call.
func (a *Agent) Ufrags() []string {
	if a.next.Ufrag == "" {
		return []string{a.present.Ufrag}
	}
	return []string{a.present.Ufrag, a.next.Ufrag}
}

// Path is the way to the far side: the one nominated last, or, before that, the one on which a check came last; nominated
// says which. It is the zero Path before the first check.
func (a *Agent) Path() (path Path, nominated bool) { return a.path, a.nominated }

// Handle takes a message that came on a path. Requests are answered as RFC 8489 §9.1.3 and RFC 8445 §7.3 want; what else
// comes is passed over, since we ask nothing.
func (a *Agent) Handle(m Message, on Path) Outcome {
	ufrag := m.Ufrag()
	if !m.Request() || ufrag == "" || ufrag != a.present.Ufrag && ufrag != a.next.Ufrag {
		return Outcome{}
	}
	mine := a.present
	if ufrag == a.next.Ufrag {
		mine = a.next
	}
	switch {
	case m.integrity == 0:
		return Outcome{Reply: m.refusal(badRequest, "")}
	case !m.sealedBy(mine.Password):
		return Outcome{Reply: m.refusal(unauthenticated, "")}
	case len(m.unknown) > 0:
		return Outcome{Reply: m.refusal(unknownAttribute, mine.Password)}
	case m.controlled: // a lite side never controls a full one, so the other must (RFC 8445 §6.1.1, §7.3.1.1)
		return Outcome{Reply: m.refusal(roleConflict, mine.Password)}
	case !m.priority:
		return Outcome{Reply: m.refusal(badRequest, mine.Password)}
	}
	return Outcome{Reply: m.success(on.Remote, mine.Password), Valid: true, Moved: a.move(m.useCandidate, ufrag, on)}
}

// move notes the path of a good check, and reports whether the way to the far side has changed.
func (a *Agent) move(nominates bool, ufrag string, on Path) bool {
	if !nominates {
		if !a.nominated {
			a.path = on
		}
		return false
	}
	moved := !a.nominated || a.path != on
	a.path, a.nominated = on, true
	if ufrag == a.next.Ufrag {
		a.present, a.next = a.next, Credentials{}
	}
	return moved
}
