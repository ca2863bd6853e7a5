package sip

import (
	"net"
	"strings"
	"testing"
	"time"
)

// textPeer is a carrier that is sent text messages: it answers what say tells, and hands on what it heard.
func textPeer(t *testing.T, say func(message string) (status string, more string)) (at string, heard <-chan string) {
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
			message := string(buf[:n])
			all <- message
			status, more := say(message)
			if status == "" {
				continue
			}
			head := []string{"SIP/2.0 " + status}
			for line := range strings.SplitSeq(message, "\r\n") {
				switch name, _, _ := strings.Cut(line, ":"); name {
				case "Via", "From", "Call-ID", "CSeq":
					head = append(head, line)
				case "To":
					head = append(head, line+";tag=peer")
				}
			}
			_, _ = conn.WriteToUDP([]byte(strings.Join(append(head, more+"Content-Length: 0", "", ""), "\r\n")), from)
		}
	}()
	return conn.LocalAddr().String(), all
}

// TestSendText: a text message is a MESSAGE outside of any dialog, without a Contact (RFC 3428 §4), in UTF-8; the numbers are in the carrier's form, and
// the challenge of the carrier is answered within the same call of requests.
func TestSendText(t *testing.T) {
	h := openHouse(t)
	at, heard := textPeer(t, func(message string) (string, string) {
		if !strings.Contains(message, "\r\nAuthorization: ") {
			return "401 Unauthorized", askFor("acme.test") + "\r\n"
		}
		return "202 Accepted", ""
	})
	trunk := Trunk{Proxy: at, Username: "acme", Password: "secret", FromDomain: "acme.test", Format: "digits", Country: "BE"}
	if sent := h.SendText(t.Context(), trunk, "+3225550100", "+32470111222", "Notruf: Jörg, 2. Stock"); sent != (TextSent{Code: 202}) {
		t.Errorf("sent %+v", sent)
	}
	first, second := <-heard, <-heard
	for _, line := range []string{
		"MESSAGE sip:32470111222@127.0.0.1", "From: <sip:3225550100@acme.test>;tag=", "Content-Type: text/plain;charset=UTF-8\r\n", "Content-Length: 23\r\n",
		"\r\n\r\nNotruf: Jörg, 2. Stock", "CSeq: 2 MESSAGE\r\n", `username="acme"`,
	} {
		if !strings.Contains(second, line) {
			t.Errorf("%q is not in\n%s", line, second)
		}
	}
	if strings.Contains(second, "Contact:") || len(second) >= largest || lineOf(first, "Call-ID") != lineOf(second, "Call-ID") || !strings.Contains(first, "CSeq: 1 MESSAGE") {
		t.Errorf("first\n%s\nthen\n%s", first, second)
	}
}

// lineOf is the line of a header field.
func lineOf(message, name string) string {
	for line := range strings.SplitSeq(message, "\r\n") {
		if strings.HasPrefix(line, name+":") {
			return line
		}
	}
	return ""
}

// TestSendTextRefused: what comes of a text message that is not taken is said in words, and whether it may be taken later.
func TestSendTextRefused(t *testing.T) {
	h := openHouse(t)
	answers := func(status, more string) string {
		at, _ := textPeer(t, func(string) (string, string) { return status, more })
		return at
	}
	for name, c := range map[string]struct {
		trunk Trunk
		text  string
		want  string
		later bool
	}{
		"refused":        {Trunk{Proxy: answers("403 Forbidden", "")}, "x", "it answers 403 Forbidden", false},
		"no messages":    {Trunk{Proxy: answers("405 Method Not Allowed", "")}, "x", "it answers 405 Method Not Allowed", false},
		"busy":           {Trunk{Proxy: answers("503 Service Unavailable", "")}, "x", "it answers 503 Service Unavailable", true},
		"silent":         {Trunk{Proxy: answers("", "")}, "x", "does not answer", true},
		"nameless":       {Trunk{Proxy: "carrier.invalid"}, "x", "the name carrier.invalid has no address", true},
		"password":       {Trunk{Proxy: answers("401 Unauthorized", askFor("acme.test")+"\r\n"), Username: "acme", Password: "guess"}, "x", "user name or password refused", false},
		"another realm":  {Trunk{Proxy: answers("401 Unauthorized", askFor("acme.test")+"\r\n"), Password: "guess", Realm: "acme.example"}, "x", "it asks for the password of realm acme.test", false},
		"strange digest": {Trunk{Proxy: answers("401 Unauthorized", "WWW-Authenticate: Bearer\r\n")}, "x", "by a way that is not known here", false},
		"too long":       {Trunk{Proxy: answers("200 OK", "")}, strings.Repeat("x", LongestText+1), "the text is longer than 600 bytes", false},
	} {
		t.Run(name, func(t *testing.T) {
			began := time.Now()
			sent := h.SendText(t.Context(), c.trunk, "+3225550100", "+32470111222", c.text)
			if !strings.Contains(sent.Why, c.want) || sent.Later() != c.later {
				t.Errorf("%+v", sent)
			}
			if took := time.Since(began); took > 20*time.Second {
				t.Errorf("it took %s", took)
			}
		})
	}
}
