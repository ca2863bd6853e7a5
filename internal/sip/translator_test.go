package sip

import (
	"encoding/binary"
	"fmt"
	"net"
	"strings"
	"testing"
	"time"

	"parley/internal/media"
)

// soundSocket sends and takes RTP.
type soundSocket struct {
	*net.UDPConn
	sequence uint16
}

func openSoundSocket(t *testing.T) *soundSocket {
	t.Helper()
	conn, err := net.ListenUDP("udp4", &net.UDPAddr{IP: net.IPv4(127, 0, 0, 1)})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.Close() })
	return &soundSocket{UDPConn: conn}
}

// speak sends 20 ms of PCMU to a port.
func (s *soundSocket) speak(port uint16) {
	s.sequence++
	packet := make([]byte, 172)
	packet[0] = 0x80
	binary.BigEndian.PutUint16(packet[2:], s.sequence)
	binary.BigEndian.PutUint32(packet[4:], uint32(s.sequence)*160)
	_, _ = s.WriteToUDP(packet, &net.UDPAddr{IP: net.IPv4(127, 0, 0, 1), Port: int(port)})
}

// hears tells whether a packet comes before long.
func (s *soundSocket) hears(wait time.Duration) bool {
	_ = s.SetReadDeadline(time.Now().Add(wait))
	n, err := s.Read(make([]byte, 2000))
	return err == nil && n > 12
}

// TestBehindAnAddressTranslator: a caller whose SDP names an address that nobody can reach gets its sound where its own comes
// from (RFC 4961). Who comes after it gets nothing and is not heard, held or not.
func TestBehindAnAddressTranslator(t *testing.T) {
	h := openHouse(t, withTrunk)
	h.on(answering)
	raw := dialRaw(t, h)
	caller, stranger := openSoundSocket(t), openSoundSocket(t)
	send := func(method string, cseq int, way string) {
		body := ""
		if method == "INVITE" {
			body = "v=0\r\no=- 1 1 IN IP4 10.9.9.9\r\ns=-\r\nc=IN IP4 " + way + "\r\nt=0 0\r\nm=audio 4000 RTP/AVP 0\r\n"
		}
		text := strings.Replace(plainRequest(method, raw.local(), fmt.Sprint("nat", cseq), "Content-Type: application/sdp"), "CSeq: 1", fmt.Sprint("CSeq: ", cseq), 1)
		text = strings.Replace(text, fmt.Sprint("Call-ID: nat", cseq), "Call-ID: nat", 1)
		if call, to := h.answered(); call != "" {
			text = strings.Replace(text, "To: <sip:100@127.0.0.1>", "To: <sip:100@127.0.0.1>;tag="+to, 1)
		}
		raw.send(strings.Replace(text, "Content-Length: 0", fmt.Sprint("Content-Length: ", len(body)), 1) + body)
	}
	send("INVITE", 1, "10.9.9.9")
	raw.answer("nat")
	send("ACK", 1, "")
	leg := h.call(0).Leg
	sound, _ := h.Media(leg)
	room := h.config.Media.OpenRoom("room")
	defer room.Close()
	room.Arrange([]media.Hearing{{Leg: leg, Play: &media.Play{Sounds: []*media.Sound{media.NewSound(make([]int16, 8000))}, Loop: true}}})
	waitFor(t, "sound at the caller", func() bool { caller.speak(sound.Port()); return caller.hears(20 * time.Millisecond) })

	check := func(what string) {
		t.Helper()
		bad, heard := sound.Stats().Bad, sound.Stats().PacketsIn
		waitFor(t, "the stranger's packets are counted, "+what, func() bool { stranger.speak(sound.Port()); return sound.Stats().Bad >= bad+5 })
		if stranger.hears(20*time.Millisecond) || sound.Stats().PacketsIn != heard {
			t.Errorf("the stranger has taken the sound over, %s", what)
		}
	}
	check("in the call")
	send("INVITE", 2, "0.0.0.0")
	raw.answer("nat")
	send("ACK", 2, "")
	h.hears(leg, "Held")
	check("held")
	send("INVITE", 3, "10.9.9.9")
	raw.answer("nat")
	send("ACK", 3, "")
	h.hears(leg, "Resumed")
	check("resumed")
	waitFor(t, "sound at the caller again", func() bool { return caller.hears(100 * time.Millisecond) })
}

// answered is the first call and our tag in it; both empty before there is one.
func (h *house) answered() (callID, tag string) {
	for _, l := range h.legs.all() {
		return l.callID, l.tag
	}
	return "", ""
}
