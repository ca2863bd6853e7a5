package media

import (
	"testing"

	"parley/internal/srtp"
)

// keysOf are fresh keys of both directions, and the far side's view of them.
func keysOf(t *testing.T, p srtp.Profile) (ours, theirs *Crypto) {
	t.Helper()
	send, err := srtp.NewSecret().Key(p, 0)
	if err != nil {
		t.Fatal(err)
	}
	receive, err := srtp.NewSecret().Key(p, 0)
	if err != nil {
		t.Fatal(err)
	}
	return &Crypto{p, send, receive}, &Crypto{p, receive, send}
}

func TestSoundIsProtected(t *testing.T) {
	for p := srtp.AES128SHA80; p.Known(); p++ {
		t.Run(p.String(), func(t *testing.T) {
			e := openEngine(t, 1)
			ann, bob := newPhone(t, PCMU), newPhone(t, G722)
			ours, theirs := keysOf(t, p)
			if err := ann.shield.take(theirs); err != nil {
				t.Fatal(err)
			}
			leg := ann.dial(e, "ann", nil)
			bob.dial(e, "bob", nil)
			terms := ann.terms()
			terms.Crypto = ours
			leg.Agree(terms)
			e.OpenRoom("call").Arrange([]Hearing{{Leg: "ann", From: "bob"}, {Leg: "bob", From: "ann"}})
			ann.hum(440)
			bob.hum(700)
			eventually(t, "bob hears ann", func() bool { return bob.hears(440) })
			eventually(t, "ann hears bob", func() bool { return ann.hears(700) })
			same := *ours
			terms.Crypto = &same
			leg.Agree(terms)
			ann.forget()
			eventually(t, "the same keys again go on", func() bool { return ann.hears(700) })
			checkContinuous(t, ann.packets())
			bad := leg.Stats().Bad
			ann.mu.Lock()
			ann.shield.send = nil
			ann.mu.Unlock()
			eventually(t, "plain packets are dropped", func() bool { return leg.Stats().Bad > bad+5 })
		})
	}
}

func TestKeysOfNoUseSendNothing(t *testing.T) {
	_, _, bob := bare(t)
	terms := bob.terms
	terms.Crypto = &Crypto{Profile: srtp.AES128GCM}
	if err := bob.shield.take(terms.Crypto); err == nil {
		t.Fatal("empty keys are taken")
	}
	if _, ok := bob.shield.protect(make([]byte, 20), false); ok {
		t.Error("a packet goes out as it is")
	}
	if _, ok := bob.shield.open(make([]byte, 20), false); ok {
		t.Error("a packet comes in as it is")
	}
}

func TestControlOnOnePort(t *testing.T) {
	e := openEngine(t, 1)
	ann := newPhone(t, PCMU)
	leg := ann.dial(e, "ann", nil)
	terms := ann.terms()
	terms.Mux = true
	leg.Agree(terms)
	report := make([]byte, 8, 28)
	report[0], report[1], report[3] = 0x80, receiverReport, 1
	ann.hum(440)
	eventually(t, "sound comes", func() bool { return leg.Stats().PacketsIn > 3 })
	bad := leg.Stats().Bad
	if _, err := ann.conn.WriteToUDPAddrPort(report, ann.to); err != nil {
		t.Fatal(err)
	}
	got := func() (n int) {
		ann.mu.Lock()
		defer ann.mu.Unlock()
		return len(ann.reports)
	}
	eventually(t, "a report comes to the same port", func() bool { return got() > 0 })
	if leg.Stats().Bad != bad {
		t.Error("the far side's report counts as bad")
	}
}
