package lab

import (
	"fmt"
	"regexp"
	"strings"
	"testing"
	"time"

	"parley/internal/call"
	"parley/internal/live"
)

var (
	everyVia = regexp.MustCompile(`Via: [^\r]*\r\n`)
	names    = regexp.MustCompile(`(?:From|To|Call-ID|CSeq): [^\r]*\r\n`)
)

// accepts waits for a re-INVITE and answers it with the caller's description in its next version.
func (k *byHand) accepts() {
	k.t.Helper()
	invite := k.hearsOf("INVITE")
	sdp := k.description(2)
	head := "SIP/2.0 200 OK\r\n" + strings.Join(everyVia.FindAllString(invite, -1), "") + strings.Join(names.FindAllString(invite, -1), "")
	k.send(fmt.Sprintf("%sContact: <sip:x@%s>\r\nContent-Type: application/sdp\r\nContent-Length: %d\r\n\r\n%s", head, k.conn.LocalAddr(), len(sdp), sdp))
	k.hearsOf("ACK")
}

// hearsOf waits for the next request of that method.
func (k *byHand) hearsOf(method string) string {
	k.t.Helper()
	_ = k.conn.SetReadDeadline(time.Now().Add(Patience))
	buf := make([]byte, 65536)
	for {
		n, err := k.conn.Read(buf)
		if err != nil {
			k.t.Fatalf("no %s: %v", method, err)
		}
		if text := string(buf[:n]); strings.HasPrefix(text, method+" ") {
			return text
		}
	}
}

// TestSoundIsRepaired is a caller whose NAT forgets its binding in mid-call: nothing is heard any more, the program sends a
// re-INVITE, and takes the sound from the port that it comes from since.
func TestSoundIsRepaired(t *testing.T) {
	t.Parallel()
	w := Start(t, Setup{})
	a := atWork(t, w, w.Person("agent", 0), agentVoice)
	k := callByHand(t, w, sales, "+32470111222", false)
	ring := a.rung()
	a.answer(ring)
	a.line("active")
	a.hears(callerVoice)
	line := func(what string, is func(live.Line) bool) {
		t.Helper()
		a.Wait(what, func(p live.Snapshot) bool { return len(p.Me.Lines) == 1 && is(p.Me.Lines[0]) })
	}
	k.through <- nil
	silent := time.Now()
	line("the banner says that it is being repaired", func(l live.Line) bool {
		return l.OneWay != nil && l.OneWay.Deaf == "you" && l.Repair == call.Repairing
	})
	if took := time.Since(silent); took > 6*time.Second {
		t.Errorf("one-way audio was found after %s", took)
	}
	k.accepts()
	k.through <- soundSocket(t)
	line("the banner says that the sound is back", func(l live.Line) bool { return l.OneWay == nil && l.Repair == call.Repaired })
	a.hears(callerVoice)
	line("the banner is gone", func(l live.Line) bool { return l.OneWay == nil && l.Repair == "" })
	k.within("BYE", sales, 2)
	var told []string
	Eventually(t, "the call has ended", func() bool { return !a.Record(ring.Call).EndedAt.IsZero() })
	for _, e := range a.Record(ring.Call).Timeline {
		if strings.HasPrefix(e.Kind, "repair") {
			told = append(told, e.Kind+" "+e.Params["text"]+e.Params["result"])
		}
	}
	if got := strings.Join(told, "; "); got != "repair-began 1; repair-over back" {
		t.Errorf("the timeline tells of %q", got)
	}
}
