package sip

import (
	"errors"
	"fmt"
	"net"
	"net/netip"
	"testing"

	"parley/internal/id"
	"parley/internal/tel"
)

func TestCallIsAnsweredAndHungUp(t *testing.T) {
	for _, transport := range []string{"udp", "tcp", "tls"} {
		for _, who := range []string{"caller", "called"} {
			t.Run(transport+" "+who, func(t *testing.T) {
				far, near := openHouse(t, withTrunk, withTLS), openHouse(t)
				far.on(answering)
				near.Dial("leg", Target{
					URI: "sip:+3225550100@" + far.placeOf(transport) + ";transport=" + transport, From: "+32470111222", DisplayName: `An "odd" name`, CA: testCA(),
				})
				near.hears("leg", "Answered")
				call := far.call(0)
				if call.To != "+3225550100" || call.From != "+32470111222" || call.DisplayName != "An odd name" || call.Transport != transport || call.Trunk != "trunk" ||
					call.Offered != carried() {
					t.Errorf("arrived %+v", call)
				}
				if _, ok := far.Media(call.Leg); !ok {
					t.Error("an answered call has no sound")
				}
				if who == "caller" {
					_ = near.HangUp("leg", tel.CauseNormal)
				} else {
					_ = far.HangUp(call.Leg, tel.CauseNormal)
				}
				near.endsOnce("leg")
				far.endsOnce(call.Leg)
				if err := far.HangUp(call.Leg, tel.CauseNormal); !errors.Is(err, ErrGone) {
					t.Errorf("hanging up twice: %v", err)
				}
			})
		}
	}
}

func TestRefusals(t *testing.T) {
	tests := []struct {
		cause tel.Cause
		code  int
		heard tel.Cause
	}{
		{tel.CauseUnallocated, 404, tel.CauseUnallocated}, {tel.CauseBusy, 486, tel.CauseBusy}, {tel.CauseRejected, 603, tel.CauseRejected},
		{tel.CauseNoCircuit, 503, tel.CauseTemporaryFailure}, {tel.CauseNoAnswer, 480, tel.CauseNoResponse},
	}
	for _, test := range tests {
		t.Run(fmt.Sprint(test.code), func(t *testing.T) {
			far, near := openHouse(t, withTrunk), openHouse(t)
			far.on(func(h *house, call Incoming) { _ = h.Reject(call.Leg, test.cause) })
			near.Dial("leg", Target{URI: "sip:1@" + far.at(), From: "2"})
			near.hears("leg", fmt.Sprintf("Ended{Cause:%d Code:%d", test.heard, test.code))
			far.endsOnce(far.call(0).Leg)
		})
	}
}

func TestCallerGivesUpInRing(t *testing.T) {
	far, near := openHouse(t, withTrunk), openHouse(t)
	far.on(func(h *house, call Incoming) { _ = h.Ring(call.Leg) })
	near.Dial("leg", Target{URI: "sip:1@" + far.at(), From: "2"})
	near.hears("leg", "Ringing")
	_ = near.HangUp("leg", tel.CauseNormal)
	near.endsOnce("leg")
	far.hears(far.call(0).Leg, "Ended{Cause:16 Code:487")
}

func TestEarlyMediaAndRefresh(t *testing.T) {
	far, near := openHouse(t, withTrunk), openHouse(t)
	far.on(func(h *house, call Incoming) { _ = h.EarlyMedia(call.Leg) })
	near.Dial("leg", Target{URI: "sip:1@" + far.at(), From: "2"})
	near.hears("leg", "EarlyMedia")
	leg := far.call(0).Leg
	_ = far.Answer(leg)
	near.hears("leg", "Answered")
	_ = near.Refresh("leg")
	_ = near.HangUp("leg", tel.CauseNormal)
	far.endsOnce(leg)
}

func TestNobodyThere(t *testing.T) {
	near := openHouse(t)
	silent, err := net.ListenPacket("udp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer silent.Close()
	near.Dial("deaf", Target{URI: "sip:1@" + silent.LocalAddr().String(), From: "2"})
	near.Dial("shut", Target{URI: "sip:1@127.0.0.1:1;transport=tcp", From: "2"})
	near.Dial("odd", Target{URI: "mailto:1", From: "2"})
	near.hears("shut", "Ended{Cause:41 Code:503")
	near.hears("odd", "Ended{Cause:38 Code:480")
	near.hears("deaf", "Ended{Cause:102 Code:408")
}

func TestStrangerIsRefused(t *testing.T) {
	far, near := openHouse(t), openHouse(t)
	near.Dial("leg", Target{URI: "sip:1@" + far.at(), From: "2"})
	near.hears("leg", "Ended{Cause:21 Code:403")
	far.note(func() {
		if len(far.arrived) != 0 {
			t.Error("a stranger's call arrived")
		}
	})
}

func TestDrain(t *testing.T) {
	far, near := openHouse(t, withTrunk), openHouse(t)
	far.Drain()
	near.Dial("leg", Target{URI: "sip:1@" + far.at(), From: "2"})
	near.hears("leg", "Ended{Cause:41 Code:503")
}

func TestTakenPortIsNamed(t *testing.T) {
	first := openHouse(t)
	_, err := Open(Config{Listen: first.at(), Directory: first}, first)
	if err == nil {
		t.Fatal("two servers on one port")
	}
	if want := first.at(); !contains(err.Error(), want) {
		t.Errorf("%q does not name %s", err, want)
	}
}

// TestPhoneRegistersAndIsCalled uses a server's trunk registration as the phone: digest on both sides.
func TestPhoneRegistersAndIsCalled(t *testing.T) {
	for _, transport := range []string{"udp", "tcp", "tls"} {
		t.Run(transport, func(t *testing.T) {
			office, phone := openHouse(t, withPhone, withTLS), openHouse(t)
			phone.on(answering)
			line := Trunk{
				ID: "line", Proxy: office.placeOf(transport), Transport: transport, Register: true, Username: "ann", Password: "secret",
				FromDomain: "acme.test", CA: testCA(),
			}
			phone.SetTrunks([]Trunk{line})
			office.until("a registration", func() bool { return len(office.came) == 1 })
			if office.came[0].Agent != "agent-ann" {
				t.Errorf("registered %+v", office.came[0])
			}
			office.DialDevice("leg", Device{ID: "phone", Username: "ann"}, "+32470111222", "Customer")
			office.hears("leg", "Answered")
			if call := phone.call(0); call.Trunk != "line" || call.From != "+32470111222" {
				t.Errorf("arrived %+v", call)
			}
			_ = office.HangUp("leg", tel.CauseNormal)
			phone.endsOnce(phone.call(0).Leg)

			out := line
			out.Register, out.FromUser = false, "ann"
			phone.DialTrunk("out", out, "+3225550100", Caller{Number: "ann"})
			call := office.call(0)
			if call.Device != "phone" || call.Trunk != "" || call.To != "+3225550100" {
				t.Errorf("arrived %+v", call)
			}
			_ = office.Answer(call.Leg)
			phone.hears("out", "Answered")
			_ = phone.HangUp("out", tel.CauseNormal)
			office.endsOnce(call.Leg)

			phone.SetTrunks(nil)
			office.until("the end of the registration", func() bool { return len(office.gone) == 1 })
			office.DialDevice("none", Device{ID: "phone", Username: "ann"}, "1", "")
			office.hears("none", "Ended{Cause:38 Code:480 Reason:no registered contact")
		})
	}
}

func TestWrongPassword(t *testing.T) {
	office, phone := openHouse(t, withPhone), openHouse(t)
	good := Trunk{Proxy: office.at(), Register: true, Username: "ann", Password: "secret", FromDomain: "acme.test"}
	good.ID = "good"
	wrong := good
	wrong.ID, wrong.Password = "wrong", "guess"
	unknown := wrong
	unknown.ID, unknown.Username = "unknown", "bob"
	phone.SetTrunks([]Trunk{good, wrong, unknown})
	codes := map[id.Trunk]int{"good": 200, "wrong": 403, "unknown": 403}
	office.until("a registration", func() bool { return len(office.came) == 1 })
	for name, code := range codes {
		waitFor(t, string(name), func() bool {
			state, ok := phone.TrunkState(name)
			return ok && state.Code == code && state.Registered == (code == 200)
		})
	}
}

// TestForkedToTwoPhones: both ring, one answers, the other is cancelled.
func TestForkedToTwoPhones(t *testing.T) {
	office, desk, home := openHouse(t, withPhone), openHouse(t), openHouse(t)
	desk.on(func(h *house, call Incoming) { _ = h.Ring(call.Leg) })
	home.on(func(h *house, call Incoming) { _ = h.Ring(call.Leg) })
	line := Trunk{ID: "line", Proxy: office.at(), Register: true, Username: "ann", Password: "secret", FromDomain: "acme.test"}
	desk.SetTrunks([]Trunk{line})
	home.SetTrunks([]Trunk{line})
	office.until("both", func() bool { return len(office.came) == 2 })
	office.DialDevice("leg", Device{ID: "phone", Username: "ann"}, "1", "")
	rings, other := desk.call(0), home.call(0)
	_ = home.Answer(other.Leg)
	office.hears("leg", "Answered")
	desk.hears(rings.Leg, "Ended{Cause:16 Code:487")
	_ = home.HangUp(other.Leg, tel.CauseNormal)
	office.endsOnce("leg")
}

func TestHundredCalls(t *testing.T) {
	far, near := openHouse(t, withTrunk), openHouse(t)
	far.on(answering)
	for i := range 100 {
		near.Dial(id.Leg(fmt.Sprint("leg", i)), Target{URI: fmt.Sprintf("sip:%d@%s", i, far.at()), From: "2"})
	}
	for i := range 100 {
		leg := id.Leg(fmt.Sprint("leg", i))
		near.hears(leg, "Answered")
		_ = near.HangUp(leg, tel.CauseNormal)
	}
	for i := range 100 {
		near.endsOnce(id.Leg(fmt.Sprint("leg", i)))
		far.endsOnce(far.call(i).Leg)
	}
	waitFor(t, "no leg left", func() bool { return len(far.legs.all()) == 0 && len(near.legs.all()) == 0 })
}

// TestLargeRequestGoesOverTCP: an INVITE over 1300 bytes (RFC 3261 §18.1.1).
func TestLargeRequestGoesOverTCP(t *testing.T) {
	far, near := openHouse(t, withTrunk), openHouse(t, func(_ *house, c *Config) {
		for range 60 {
			c.UserAgent += "a long name of a program "
		}
	})
	near.Dial("leg", Target{URI: "sip:1@" + far.at(), From: "2"})
	if call := far.call(0); call.Transport != "tcp" {
		t.Errorf("came over %s", call.Transport)
	}
	_ = near.HangUp("leg", tel.CauseNormal)
	near.endsOnce("leg")
}

func TestPublicAddress(t *testing.T) {
	s := &Server{config: Config{Public: netip.MustParseAddr("203.0.113.5")}, addr: netip.MustParseAddrPort("0.0.0.0:5060")}
	tests := []struct{ peer, want string }{{"198.51.100.1", "203.0.113.5"}, {"127.0.0.1", "127.0.0.1"}}
	for _, test := range tests {
		if got := s.hostFor(netip.MustParseAddr(test.peer)); got != test.want {
			t.Errorf("for %s: %s, not %s", test.peer, got, test.want)
		}
	}
}
