package sip

import (
	"net/netip"
	"strings"
	"testing"
	"time"

	sipgo "github.com/emiago/sipgo/sip"

	"parley/internal/id"
)

// TestAutoAnswer: an INVITE asks a phone to answer by itself, in the three ways that phones know, and only where that is wanted (BX-28).
func TestAutoAnswer(t *testing.T) {
	office := openHouse(t, withPhone)
	at, heard := notingPeer(t, "486 Busy Here", "Content-Length: 0", "", "")
	w := wish{expires: 60}
	w.Contact, w.callID, w.cseq = "sip:ann@"+at, "c1", 1
	w.Source = netip.MustParseAddrPort(at)
	w.hop = hop{Addr: w.Source, Transport: "udp"}
	if err := sipgo.ParseUri(w.Contact, &w.uri); err != nil {
		t.Fatal(err)
	}
	if _, _, ok := office.registrar.put("phone", []wish{w}, time.Now()); !ok {
		t.Fatal("not registered")
	}
	for leg, auto := range map[string]bool{"plain": false, "auto": true} {
		office.DialDevice(id.Leg(leg), Device{ID: "phone", Username: "ann", Auto: auto}, "201", "Ann")
		office.hears(id.Leg(leg), "Ended{Cause:17 Code:486")
		message := <-heard
		for strings.HasPrefix(message, "ACK ") {
			message = <-heard
		}
		for _, line := range []string{
			"Answer-Mode: Auto\r\n", "Call-Info: <sip:127.0.0.1>;answer-after=0\r\n",
			"Alert-Info: <http://127.0.0.1>;info=alert-autoanswer;delay=0\r\n",
		} {
			if strings.Contains(message, line) != auto {
				t.Errorf("auto is %v, and of %q it says\n%s", auto, line, message)
			}
		}
	}
}
