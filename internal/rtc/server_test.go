package rtc

import (
	"errors"
	"fmt"
	"net/netip"
	"regexp"
	"runtime"
	"strings"
	"testing"

	"github.com/pion/dtls/v3"
	"github.com/pion/webrtc/v4"

	"parley/internal/id"
	"parley/internal/media"
	"parley/internal/tel"
)

func TestToneBothWays(t *testing.T) {
	s := newSite(t, 29000)
	ann := s.call(t, "ann", 700)
	bob := s.call(t, "bob", 1000)
	room := s.sound.OpenRoom("call")
	defer room.Close()
	room.Arrange([]media.Hearing{{Leg: "ann", From: "bob"}, {Leg: "bob", From: "ann"}})
	eventually(t, "ann hears bob", func() bool { return ann.hears(1000) })
	eventually(t, "bob hears ann", func() bool { return bob.hears(700) })

	eventually(t, "ann's key is told", func() bool {
		return s.has("ann", Sound{media.DigitPressed{Leg: "ann", Digit: tel.Digit("5")}})
	})
	eventually(t, "bob's browser reports", func() bool { return s.Stats("bob").RoundTrip > 0 })
	stats := s.Stats("bob")
	if stats.State != "connected" || stats.Codec != media.PCMU || stats.Sent < 25 || stats.Received < 25 || !stats.Remote.Addr().IsLoopback() {
		t.Errorf("bob's stats are %+v", stats)
	}
}

// TestSRTPProfiles: a browser that knows only one of the profiles connects. That Chromium gets GCM, when it knows both,
// is seen in the browser tests.
func TestSRTPProfiles(t *testing.T) {
	s := newSite(t, 29100)
	for _, p := range []dtls.SRTPProtectionProfile{dtls.SRTP_AEAD_AES_128_GCM, dtls.SRTP_AES128_CM_HMAC_SHA1_80} {
		t.Run(fmt.Sprintf("%#04x", uint16(p)), func(t *testing.T) { s.call(t, id.New[id.Leg](), 700, p) })
	}
}

// TestPacketsGoOutAsTheyAre: media's sequence numbers and timestamps reach the browser, so a recorder and a browser
// agree on time, and a digit keeps the payload type of events.
func TestPacketsGoOutAsTheyAre(t *testing.T) {
	s := newSite(t, 29010)
	ann := s.call(t, "ann", 700)
	room := s.sound.OpenRoom("call")
	defer room.Close()
	pcm := make([]int16, 0, 16000)
	for n := 0; n < 100; n++ {
		pcm = append(pcm, sine(440, n*160)...)
	}
	room.Arrange([]media.Hearing{{Leg: "ann", Play: &media.Play{Tag: "tone", Sounds: []*media.Sound{media.NewSound(pcm)}, Loop: true}}})
	eventually(t, "ann hears the prompt", func() bool { return ann.hears(440) })
	voice, ok := s.Media("ann")
	if !ok {
		t.Fatal("no sound")
	}
	voice.SendDigit("7", 0)
	eventually(t, "the digit arrives", func() bool {
		for _, h := range ann.received() {
			if h.PayloadType == 126 {
				return true
			}
		}
		return false
	})
	steps := 0
	headers := ann.received()
	for i := 1; i < len(headers); i++ {
		a, b := headers[i-1], headers[i]
		if a.PayloadType != 0 || b.PayloadType != 0 || b.SequenceNumber != a.SequenceNumber+1 {
			continue
		}
		if b.Timestamp-a.Timestamp == 160 && a.SSRC == b.SSRC {
			steps++
		}
	}
	if steps < 20 {
		t.Errorf("%d even steps in %d packets", steps, len(headers))
	}
}

func TestHangUpFromBothSides(t *testing.T) {
	s := newSite(t, 29020)
	ann, bob := s.call(t, "ann", 700), s.call(t, "bob", 1000)
	ann.close()
	s.ends(t, "ann", BrowserLeft)
	s.HangUp("bob")
	s.HangUp("bob")
	s.ends(t, "bob", HungUp)
	eventually(t, "bob's browser sees the end", func() bool {
		return bob.connection.ConnectionState() == webrtc.PeerConnectionStateClosed
	})
	if _, there := s.Media("bob"); there || s.Stats("bob").State != "" {
		t.Error("bob's leg is still there")
	}
	s.call(t, "bob", 500) // the name is free again
}

func TestAnswer(t *testing.T) {
	s := newSite(t, 29030)
	answer, err := s.Connect("ann", chromium(t))
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		"a=ice-lite\r\n", "m=audio 9 UDP/TLS/RTP/SAVPF 0 126\r\n", "a=setup:passive\r\n", "a=sendrecv\r\n", "a=rtcp-mux\r\n",
		"a=rtpmap:126 telephone-event/8000\r\n", " " + s.Addr().Addr().String() + " ", "a=end-of-candidates\r\n",
	} {
		if !strings.Contains(answer, want) {
			t.Errorf("no %q in\n%s", want, answer)
		}
	}
	if n := len(regexp.MustCompile(`a=candidate:`).FindAllString(answer, -1)); n != 1 {
		t.Errorf("%d candidates in\n%s", n, answer)
	}
	if strings.Contains(strings.ToLower(answer), "opus") {
		t.Errorf("Opus in\n%s", answer)
	}
	if state := s.Stats("ann").State; state != "connecting" {
		t.Errorf("ann is %s", state)
	}
	if _, err := s.Connect("ann", chromium(t)); !errors.Is(err, ErrTaken) {
		t.Errorf("a second Connect gives %v", err)
	}
	s.HangUp("ann")
	s.ends(t, "ann", HungUp)
}

func TestAnswerOfOneDirection(t *testing.T) {
	s := newSite(t, 29040)
	for _, c := range []struct{ name, offer, want string }{
		{"a browser without a microphone", "a=recvonly", "a=sendonly\r\n"},
		{"a browser without a speaker", "a=sendonly", "a=recvonly\r\n"},
	} {
		t.Run(c.name, func(t *testing.T) {
			leg := id.New[id.Leg]()
			answer, err := s.Connect(leg, strings.Replace(chromium(t), "a=sendrecv", c.offer, 1))
			if err != nil || !strings.Contains(answer, c.want) {
				t.Errorf("%v\n%s", err, answer)
			}
			s.HangUp(leg)
			s.ends(t, leg, HungUp)
		})
	}
}

func TestRefusals(t *testing.T) {
	s := newSite(t, 29050)
	if _, err := s.Connect("ann", "hello"); !errors.Is(err, ErrBadOffer) {
		t.Errorf("a bad offer gives %v", err)
	}
	if _, err := s.Connect("ann", strings.Replace(chromium(t), " 111 63 9 0 8 13 ", " 63 ", 1)); !errors.Is(err, ErrNoCodec) {
		t.Errorf("no codec gives %v", err)
	}
	if told := s.of("ann"); told != nil {
		t.Errorf("told %v of a leg that never was", told)
	}
	s.HangUp("nobody")
	if _, there := s.Media("nobody"); there {
		t.Error("sound of nobody")
	}
}

func TestTakenPort(t *testing.T) {
	s := newSite(t, 29060)
	_, err := Open(Config{Listen: s.Addr().String(), Media: s.sound, Log: quiet()}, s)
	if err == nil || !strings.Contains(err.Error(), s.Addr().String()) {
		t.Errorf("a taken port gives %v", err)
	}
}

func TestPublicAddress(t *testing.T) {
	s := newSite(t, 29070)
	behind, err := Open(Config{Listen: "0.0.0.0:0", Public: netip.MustParseAddr("203.0.113.9"), Media: s.sound, Log: quiet()}, s)
	if err != nil {
		t.Fatal(err)
	}
	defer behind.Close()
	answer, err := behind.Connect("ann", chromium(t))
	if err != nil || strings.Count(answer, "a=candidate:") != 1 || !strings.Contains(answer, " 203.0.113.9 ") {
		t.Errorf("%v\n%s", err, answer)
	}
}

// TestEveryAddress: bound to every address, a browser on loopback connects by one of the candidates.
func TestEveryAddress(t *testing.T) {
	for _, listen := range []string{"0.0.0.0:0", "[::]:0"} {
		t.Run(listen, func(t *testing.T) {
			s := newSite(t, 29080)
			every, err := Open(Config{Listen: listen, Media: s.sound, Log: quiet()}, s)
			if err != nil {
				t.Fatal(err)
			}
			defer every.Close()
			(&site{Server: every, ledger: s.ledger, sound: s.sound}).call(t, "ann", 700)
		})
	}
}

// TestNothingLeaks: legs that were hung up, left, refused, or cut off by Close leave no goroutine.
func TestNothingLeaks(t *testing.T) {
	sound := newSite(t, 29090)
	before := runtime.NumGoroutine()
	for range 3 {
		told := &ledger{}
		server, err := Open(Config{Listen: "127.0.0.1:0", Media: sound.sound, Log: quiet()}, told)
		if err != nil {
			t.Fatal(err)
		}
		s := &site{Server: server, ledger: told, sound: sound.sound}
		ann, bob, eve := s.call(t, "ann", 700), s.call(t, "bob", 800), s.call(t, "eve", 900)
		if _, err := s.Connect("never", chromium(t)); err != nil {
			t.Fatal(err)
		}
		if _, err := s.Connect("mallory", "v=0"); err == nil {
			t.Fatal("a bad offer was taken")
		}
		s.HangUp("ann")
		bob.close()
		s.ends(t, "bob", BrowserLeft)
		s.Close()
		s.Close()
		s.ends(t, "eve", Shutdown)
		s.ends(t, "never", Shutdown)
		if _, err := s.Connect("late", chromium(t)); !errors.Is(err, ErrClosed) {
			t.Errorf("a closed server gives %v", err)
		}
		ann.close()
		eve.close()
	}
	eventually(t, "as many goroutines as before", func() bool { return runtime.NumGoroutine() <= before })
}
