package sip

import (
	"context"
	"net"
	"regexp"
	"strings"
	"testing"
	"time"
)

// answeringPeer answers every request with a status line and further lines; an empty status says nothing.
func answeringPeer(t *testing.T, status string, lines ...string) string {
	t.Helper()
	at, _ := notingPeer(t, status, lines...)
	return at
}

// notingPeer is an answeringPeer that hands on what it was sent; of more than 16 messages the rest is lost.
func notingPeer(t *testing.T, status string, lines ...string) (at string, heard <-chan string) {
	t.Helper()
	all := make(chan string, 16)
	conn, err := net.ListenUDP("udp", &net.UDPAddr{IP: net.IPv4(127, 0, 0, 1)})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.Close() })
	go func() {
		buf := make([]byte, 65536)
		for {
			n, from, err := conn.ReadFromUDP(buf)
			if err != nil {
				return
			}
			select {
			case all <- string(buf[:n]):
			default:
			}
			if status == "" {
				continue
			}
			head := []string{"SIP/2.0 " + status}
			for line := range strings.SplitSeq(string(buf[:n]), "\r\n") {
				name, _, _ := strings.Cut(line, ":")
				switch name {
				case "Via", "From", "Call-ID", "CSeq":
					head = append(head, line)
				case "To":
					head = append(head, line+";tag=peer")
				}
			}
			_, _ = conn.WriteToUDP([]byte(strings.Join(append(head, lines...), "\r\n")), from)
		}
	}()
	return conn.LocalAddr().String(), all
}

// TestTryTrunk: what comes of asking a trunk once is said in words, with code, time and address, and what to do.
func TestTryTrunk(t *testing.T) {
	asker, office, secured := openHouse(t), openHouse(t, withPhone), openHouse(t, withTLS)
	asker.Server.checks.wait = time.Second
	speaks := func(format string) []string {
		sdp := "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=audio 9 RTP/AVP " + format + "\r\n"
		return []string{"Content-Type: application/sdp", "", sdp}
	}
	nothing := []string{"Content-Length: 0", "", ""}
	ann := Trunk{Proxy: "unused.invalid", Register: true, Registrar: office.at(), Username: "ann", Password: "secret", FromDomain: "acme.test"}
	wrong, right, other, asking := ann, ann, ann, Trunk{Proxy: answeringPeer(t, "401 Unauthorized", append([]string{askFor("acme.test")}, nothing...)...)}
	wrong.Password = "guess"
	right.Realm, other.Realm, asking.Realm, asking.Password = "acme.test", "acme.example", "acme.example", "guess"
	for name, test := range map[string]struct {
		trunk         Trunk
		ok            bool
		words, advice string
	}{
		"answers":        {Trunk{Proxy: asker.at()}, true, `^127\S+ over udp answers: 200 OK after \d+ ms\.$`, "^$"},
		"over TCP":       {Trunk{Proxy: office.at(), Transport: "tcp"}, true, `over tcp answers: 200 OK`, "^$"},
		"over TLS":       {Trunk{Proxy: secured.placeOf("tls"), Transport: "tls", CA: testCA()}, true, `over tls answers: 200 OK`, "^$"},
		"not trusted":    {Trunk{Proxy: secured.placeOf("tls"), Transport: "tls"}, false, `^The certificate of 127\S+ over tls cannot be trusted\.$`, "authority"},
		"no connection":  {Trunk{Proxy: "127.0.0.1:9", Transport: "tcp"}, false, `^No connection to 127.0.0.1:9 over tcp could be made\.$`, "firewall"},
		"no TLS there":   {Trunk{Proxy: "127.0.0.1:9", Transport: "tls"}, false, `^No connection to`, "firewall"},
		"no address":     {Trunk{Proxy: "no.such.host.invalid"}, false, `^The name no.such.host.invalid has no address\.$`, "spelling"},
		"silent":         {Trunk{Proxy: answeringPeer(t, "")}, false, `^127\S+ over udp does not answer OPTIONS within 1s\.$`, "firewall"},
		"forbidden":      {Trunk{Proxy: answeringPeer(t, "403 Not from there", nothing...)}, false, `refuses OPTIONS: 403 Not from there after`, "public address"},
		"out of service": {Trunk{Proxy: answeringPeer(t, "503 Busy", nothing...)}, false, `refuses OPTIONS: 503 Busy`, "takes no calls"},
		"elsewhere":      {Trunk{Proxy: answeringPeer(t, "302 Moved", nothing...)}, false, `302 Moved`, "elsewhere"},
		"a fault":        {Trunk{Proxy: answeringPeer(t, "500 Oh", nothing...)}, false, `500 Oh`, "fault"},
		"odd":            {Trunk{Proxy: answeringPeer(t, "499 Odd", nothing...)}, false, `499 Odd`, "Ask the carrier"},
		"no such method": {Trunk{Proxy: answeringPeer(t, "405 No", nothing...)}, true, `answers: 405 No`, "^$"},
		"its codecs":     {Trunk{Proxy: answeringPeer(t, "200 OK", speaks("8")...)}, true, `answers: 200 OK`, "^$"},
		"no codec": {
			Trunk{Proxy: answeringPeer(t, "200 OK", speaks("8")...), Codecs: CodecsNamed([]string{"PCMU"})}, false,
			`it speaks none of the codecs PCMU\.$`, "codecs",
		},
		"registered":     {ann, true, `^Registered at 127\S+ over udp for 3600 s: 200 OK after \d+ ms\.$`, "^$"},
		"right realm":    {right, true, `^Registered at`, "^$"},
		"other realm":    {other, false, `is given no password: it asks for the password of realm acme\.test, and ours is for realm acme\.example\.$`, "^Look at the realm"},
		"asked by other": {asking, false, `is given no password: it asks for the password of realm acme\.test`, "^Look at the realm"},
		"wrong password": {wrong, false, `refuses REGISTER: 403 Forbidden`, "password"},
	} {
		t.Run(name, func(t *testing.T) {
			got := asker.TryTrunk(context.Background(), test.trunk)
			if got.OK() != test.ok || !regexp.MustCompile(test.words).MatchString(got.Words()) || !regexp.MustCompile(test.advice).MatchString(got.Advice()) {
				t.Errorf("ok %t: %q; advice %q; %+v", got.OK(), got.Words(), got.Advice(), got)
			}
			if name == "its codecs" && got.Codecs.String() != "PCMA" {
				t.Errorf("of the peer: %s", got.Codecs)
			}
			if name == "over TLS" && !strings.HasPrefix(got.TLS, "TLS 1.3, certificate of 127.0.0.1 until ") {
				t.Errorf("of TLS: %q", got.TLS)
			}
			if text := got.Words() + got.Advice() + got.Why + got.Reason; strings.Contains(text, "secret") || strings.Contains(text, "guess") {
				t.Errorf("the words hold a password: %s", text)
			}
		})
	}
	office.until("the trial's contact is taken back", func() bool { return len(office.came) == 2 && len(office.gone) == 2 })
}

// TestTryKeepsTheRegistration: to test a trunk that is registered leaves its contact where it is.
func TestTryKeepsTheRegistration(t *testing.T) {
	office, line := openHouse(t, withPhone), openHouse(t)
	trunk := Trunk{ID: "line", Proxy: office.at(), Register: true, Username: "ann", Password: "secret", FromDomain: "acme.test"}
	line.SetTrunks([]Trunk{trunk})
	office.until("one contact", func() bool { return len(office.came) == 1 })
	if got := line.TryTrunk(context.Background(), trunk); !got.OK() {
		t.Fatalf("%s %+v", got.Words(), got)
	}
	contacts := office.Server.registrar.contacts("phone", time.Now())
	office.until("the contact that was there", func() bool { return len(contacts) == 1 && contacts[0].Contact == office.came[0].Contact })
}
