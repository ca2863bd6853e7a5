package lab

import (
	"fmt"
	"net"
	"strings"
	"testing"
	"time"

	"parley/internal/carrier"
	"parley/internal/dest"
	"parley/internal/live"
	"parley/internal/media"
)

// direct is the number that leads to the first agent of the demo.
const direct = "+12025550112"

// sippTalk lets SIPp call the only agent by a scenario, which ends the call by itself.
func sippTalk(t *testing.T, scenario string, check func(a *agent)) {
	t.Helper()
	w := Start(t, Setup{})
	a := atWork(t, w, w.Person("agent", 0), agentVoice)
	s := w.SIPp(scenario, support)
	ring := a.rung()
	if ring.Number != s.Number() {
		t.Errorf("rung by %s, not by %s", ring.Number, s.Number())
	}
	a.answer(ring)
	a.line("active")
	check(a)
	s.Ends()
	a.line("ended")
	a.status("wrap_up")
	if d := a.Record(ring.Call); d.Disposition != "answered" {
		t.Errorf("the record says %s", d.Disposition)
	}
}

// TestSIPpAnswer: SIPp speaks to the agent and hangs up.
func TestSIPpAnswer(t *testing.T) {
	t.Parallel()
	sippTalk(t, "answer", func(a *agent) { a.hears(sippVoice, agentVoice) })
}

// TestSIPpLateOffer: an INVITE without SDP (RFC 3261 §13.2.1).
func TestSIPpLateOffer(t *testing.T) {
	t.Parallel()
	sippTalk(t, "late-offer", func(a *agent) { a.hears(sippVoice, agentVoice) })
}

// TestSIPpRetransmissions: every third request of SIPp is lost.
func TestSIPpRetransmissions(t *testing.T) {
	t.Parallel()
	sippTalk(t, "lossy", func(a *agent) { a.hears(sippVoice, agentVoice) })
}

// TestSIPpHold: the caller holds by a re-INVITE with sendonly and resumes; the call stays.
func TestSIPpHold(t *testing.T) {
	t.Parallel()
	sippTalk(t, "hold", func(a *agent) {
		a.hears(sippVoice, agentVoice)
		Eventually(t, "the caller's hold is silent", func() bool { return Silent(a.last(300 * time.Millisecond)) })
		if a.noLine() {
			t.Error("the call is gone while the caller holds")
		}
		a.hears(sippVoice, agentVoice)
	})
}

// TestSIPpCancelInRing: a caller of an agent's own number gives up while it rings.
func TestSIPpCancelInRing(t *testing.T) {
	t.Parallel()
	w := Start(t, Setup{})
	a := atWork(t, w, w.Person("agent", 0), agentVoice)
	s := w.SIPp("cancel", direct)
	ring := a.rung()
	s.Ends()
	Eventually(t, "the ring ends", a.noLine)
	d := a.Record(ring.Call)
	if d.Disposition == "answered" || len(d.Offers) != 1 || d.Offers[0].Result != "canceled" {
		t.Errorf("the record says %s, offers %+v", d.Disposition, d.Offers)
	}
	a.status("available")
}

// sippCarrier is a world whose outbound calls go to SIPp, and its agent.
func sippCarrier(t *testing.T, scenario string) (*agent, *SIPp) {
	t.Helper()
	at, checked := living(t)
	w := Start(t, Setup{Args: []string{"--demo-carrier", at}})
	a := atWork(t, w, w.Person("agent", 0), agentVoice)
	checked()
	return a, SIPpCarrier(t, scenario, at)
}

// living is a SIP address whose OPTIONS is answered until checked has seen one: SIPp would take it for its call. The next comes half a
// minute later.
func living(t *testing.T) (address string, checked func()) {
	t.Helper()
	var conn net.PacketConn
	Eventually(t, "a port is free", func() (free bool) {
		var err error
		conn, err = net.ListenPacket("udp", fmt.Sprintf("127.0.0.1:%d", freePort(t)))
		return err == nil
	})
	asked := make(chan struct{}, 1)
	go func() {
		buf := make([]byte, 65536)
		for {
			n, from, err := conn.ReadFrom(buf)
			if err != nil {
				return
			}
			request := string(buf[:n])
			if _, err = conn.WriteTo([]byte(written(okTo(request, field(request, "To")+";tag=alive"), "")), from); err == nil {
				select {
				case asked <- struct{}{}:
				default:
				}
			}
		}
	}()
	t.Cleanup(func() { _ = conn.Close() })
	return conn.LocalAddr().String(), func() {
		t.Helper()
		select {
		case <-asked:
		case <-time.After(Patience):
			t.Fatal("nobody asks whether the trunk lives")
		}
		_ = conn.Close()
	}
}

// TestSIPpBusyCarrier: the carrier answers 486.
func TestSIPpBusyCarrier(t *testing.T) {
	t.Parallel()
	a, s := sippCarrier(t, "carrier-busy")
	which := a.dial("+12025550199")
	s.Ends()
	if l := a.line("ended"); l.Reason != "busy" {
		t.Errorf("the line says %q", l.Reason)
	}
	if d := a.Record(which); d.Disposition != "busy" || d.Code != 486 {
		t.Errorf("the record says %s, %d", d.Disposition, d.Code)
	}
	a.status("available")
}

// TestSIPpOutboundCancel: the agent gives up while the carrier rings.
func TestSIPpOutboundCancel(t *testing.T) {
	t.Parallel()
	a, s := sippCarrier(t, "carrier-cancel")
	which := a.dial("+12025550199")
	Eventually(t, "ringback", func() bool { return media.Ear{}.Strength(a.last(300*time.Millisecond), 440) > 0.05 })
	a.do(which, "hangup")
	s.Ends()
	if d := a.Record(which); d.Disposition != "no_answer" {
		t.Errorf("the record says %s", d.Disposition)
	}
}

// TestSIPpOutboundAnswer: the carrier answers and speaks, the agent hangs up.
func TestSIPpOutboundAnswer(t *testing.T) {
	t.Parallel()
	a, s := sippCarrier(t, "carrier-answer")
	which := a.dial("+12025550199")
	a.line("active")
	a.hears(sippVoice, agentVoice)
	a.do(which, "hangup")
	s.Ends()
	if d := a.Record(which); d.Disposition != "answered" {
		t.Errorf("the record says %s", d.Disposition)
	}
}

// TestHundredCalls: 20 a second, each answered by the queue and ended, and each with its record.
func TestHundredCalls(t *testing.T) {
	t.Parallel()
	w := Start(t, Setup{})
	boss := w.SignIn(w.Person("admin", 0))
	s := w.SIPp("many", support, "-m", "100", "-r", "20", "-l", "100")
	s.Ends()
	Eventually(t, "a hundred records", func() bool {
		page := boss.Calls(map[string][]string{"limit": {"200"}})
		if page.Total != 100 {
			return false
		}
		for _, c := range page.Items {
			if c.Status != "ended" || c.Disposition != "abandoned" || c.EndedAt.IsZero() || c.QueueName != "Support" {
				return false
			}
		}
		return true
	})
	for _, line := range w.Log() {
		if strings.Contains(line, "level=ERROR") || strings.Contains(line, "panic") {
			t.Errorf("the program logged %s", line)
		}
	}
}

// TestSIPpRefer: a carrier that sends REFER is refused, since it would move the caller at the cost of the company; the call goes on until
// it hangs up (RFC 3515 §2.4.2).
func TestSIPpRefer(t *testing.T) {
	t.Parallel()
	sippTalk(t, "refer", func(a *agent) { a.hears(sippVoice, agentVoice) })
}

// TestSIPpPhoneRefers: SIPp is Ann's desk phone, and sends her caller on to Bob by REFER; it is told of it, and let go.
func TestSIPpPhoneRefers(t *testing.T) {
	t.Parallel()
	w := Start(t, Setup{})
	u := w.Person("agent", 0)
	at := &net.UDPAddr{IP: net.IPv4(127, 0, 0, 1), Port: freePort(t)}
	if err := plugIn(t, w, u, at).conn.Close(); err != nil {
		t.Fatal(err)
	}
	ann, bob := workingAtDesk(t, w, u), atWork(t, w, w.Person("agent", 1), otherVoice)
	phone := SIPpCarrier(t, "phone-refer", at.String(), "-s", bob.User.Extension, "-key", "parley", w.SIP)
	k := caller(t, network(t, carrier.Config{}), w, direct, "+32470111222", callerVoice)
	hearsTone(t, k, sippVoice, callerVoice)
	offered := bob.rung()
	phone.Ends()
	bob.answer(offered)
	bob.hears(callerVoice, otherVoice)
	hearsOnly(t, k, otherVoice)
	bob.do(offered.Call, "hangup")
	ended(t, k)
	if got := transfers(bob.Record(offered.Call)); len(got) != 1 || got[0] != "cold "+named(ann)+" → "+named(bob)+" completed " {
		t.Errorf("the record says %q", got)
	}
}

// TestSIPpGlare: SIPp sends a re-INVITE when Parley does, which asks for its sound; both are refused and come again (RFC 3261 §14.1).
func TestSIPpGlare(t *testing.T) {
	t.Parallel()
	sippTalk(t, "glare", func(a *agent) { a.hears(sippVoice, agentVoice) })
}

// sippTarget is Ann with a caller, and SIPp at the numbers that she calls on line 2.
func sippTarget(t *testing.T, scenario string) (ann *agent, k *carrier.Call, ring live.Line, s *SIPp) {
	t.Helper()
	ann, s = sippCarrier(t, scenario)
	k = caller(t, network(t, carrier.Config{}), ann.world, sales, "+32470111222", callerVoice)
	ring = ann.rung()
	ann.answer(ring)
	hearsOnly(t, k, agentVoice)
	ann.move(ring.Call, "consult", dest.External, "+12025550199", "")
	return ann, k, ring, s
}

// TestSIPpTargetsFail: who is to be consulted is engaged, declines, or does not answer: Ann has her caller back and is told why (TR-3).
func TestSIPpTargetsFail(t *testing.T) {
	t.Parallel()
	for scenario, why := range map[string]string{"carrier-busy": "busy", "carrier-declined": "the call was declined", "carrier-silent": "nobody answered"} {
		t.Run(scenario, func(t *testing.T) {
			t.Parallel()
			ann, k, ring, s := sippTarget(t, scenario)
			s.Ends()
			ann.failed(why)
			hearsOnly(t, k, agentVoice)
			ann.hearsOnly(callerVoice)
			ann.do(ring.Call, "hangup")
			ended(t, k)
			if got := transfers(ann.Record(ring.Call)); len(got) != 1 || !strings.HasSuffix(got[0], "failed "+why) {
				t.Errorf("the record says %q", got)
			}
		})
	}
}

// TestSIPpTargetAnswersTwice: of two who answer one INVITE the first is kept and the other ended; Ann speaks with the first and hands
// her caller on (RFC 3261 §13.2.2.4).
func TestSIPpTargetAnswersTwice(t *testing.T) {
	t.Parallel()
	ann, k, ring, s := sippTarget(t, "carrier-two-answers")
	ann.second("active")
	Eventually(t, "Ann hears the first who answered", func() bool { return OnlyTone(ann.last(300*time.Millisecond), sippVoice, callerVoice) })
	onHold(t, k)
	ann.do(ring.Call, "consult/complete")
	hearsTone(t, k, sippVoice, agentVoice)
	k.HangUp()
	s.Ends()
	if got := transfers(ann.Record(ring.Call)); len(got) != 1 || !strings.Contains(got[0], " completed ") {
		t.Errorf("the record says %q", got)
	}
}
