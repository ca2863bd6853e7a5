package bench

import (
	"net"
	"testing"
	"time"

	"parley/internal/id"
)

func openTest(t *testing.T, nth uint16, arrived func(*line)) *telephones {
	t.Helper()
	tel, err := openTelephones(usual.first+nth*usual.share, usual.first+(nth+1)*usual.share-1, plain, 0, arrived)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(tel.close)
	return tel
}

func TestTelephonesCallAndProbe(t *testing.T) {
	came := make(chan *line, 1)
	callers, phones := openTest(t, 0, nil), openTest(t, 1, func(l *line) { came <- l })
	caller := callers.dial("+12025552000", phones.sip.Addr().String())
	if err := caller.awaitAnswer(t.Context()); err != nil {
		t.Fatal(err)
	}
	phone := <-came
	if phone.came.Before(caller.came) {
		t.Error("the call came before it was dialled")
	}
	p, err := newProbe("probe", caller, phone)
	if err != nil {
		t.Fatal(err)
	}
	until(t, "sound comes", func() bool {
		p.send()
		return len(p.delays()) >= 5
	})
	if took := p.delays().median(); took <= 0 || took > time.Second {
		t.Errorf("sound took %s", took)
	}
	p.hear([]byte("neither RTP nor ours"))
	caller.hangUp()
	if err := caller.awaitEnd(t.Context()); err != nil {
		t.Error(err)
	}
	if err := phone.awaitEnd(t.Context()); err != nil {
		t.Error(err)
	}
}

func TestCallThatIsRefused(t *testing.T) {
	callers := openTest(t, 0, nil)
	busy, err := net.ListenPacket("udp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	at := busy.LocalAddr().String()
	_ = busy.Close()
	l := callers.dial("+12025552000", at)
	l.hangUp()
	if err := l.awaitAnswer(t.Context()); err == nil {
		t.Error("a call to nobody was answered")
	}
}

func TestOptionsAreAnswered(t *testing.T) {
	phones := openTest(t, 1, nil)
	if err := askOptions(t.Context(), phones.sip.Addr().String()); err != nil {
		t.Error(err)
	}
}

func TestSpeakAfterTheEnd(t *testing.T) {
	phones := openTest(t, 1, nil)
	l := phones.enter(id.Leg("gone"), "")
	if l.speak(); l.sound != nil {
		t.Error("a call that is gone speaks")
	}
}
