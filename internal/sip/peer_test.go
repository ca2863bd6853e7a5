package sip

import (
	"net/netip"
	"strings"
	"testing"
	"time"

	"parley/internal/codec"
	"parley/internal/media"
	"parley/internal/srtp"
	"parley/internal/tel"
)

// TestPhoneOverTLSIsOfferedKeys: nobody on the way can read the keys that a telephone over TLS is offered, so it is, unless
// somebody said otherwise.
func TestPhoneOverTLSIsOfferedKeys(t *testing.T) {
	office, phone := openHouse(t, withPhone, withTLS), openHouse(t)
	phone.on(answering)
	for i, test := range []struct {
		transport string
		srtp      Security
		encrypted bool
	}{
		{"tls", SecurityAccepted, true}, {"tls", SecurityNone, false}, {"tls", SecurityRequired, true},
		{"tcp", SecurityAccepted, false}, {"udp", SecurityOptional, true},
	} {
		t.Run(test.transport+" "+string(test.srtp), func(t *testing.T) {
			phone.SetTrunks([]Trunk{{
				ID: "line", Proxy: office.placeOf(test.transport), Transport: test.transport, Register: true, Username: "ann", Password: "secret",
				FromDomain: "acme.test", CA: testCA(),
			}})
			office.until("one contact", func() bool { return len(office.came) == i+1 && len(office.gone) == i })
			leg := newLegID()
			office.DialDevice(leg, Device{ID: "phone", Username: "ann", SRTP: test.srtp}, "1", "")
			office.hears(leg, "Answered")
			there := phone.call(i).Leg
			waitFor(t, "sound", func() bool {
				return strings.Contains(phone.path(there), "/") && strings.Contains(office.path(leg), "/")
			})
			if got := strings.Contains(office.path(leg), "GCM") && strings.Contains(phone.path(there), "GCM"); got != test.encrypted {
				t.Errorf("the sound goes %s, there %s", office.path(leg), phone.path(there))
			}
			_ = office.HangUp(leg, tel.CauseNormal)
			office.endsOnce(leg)
			phone.endsOnce(there)
			phone.SetTrunks(nil)
			office.until("no contact", func() bool { return len(office.gone) == i+1 })
		})
	}
}

// TestRefusedInWords: who refuses an offer says why, and who is refused can read it, whichever side wants keys.
func TestRefusedInWords(t *testing.T) {
	wants := func(how Security) *house {
		return openHouse(t, func(h *house, _ *Config) {
			h.trunks[netip.MustParseAddr("127.0.0.1")] = Trunk{ID: "trunk", SRTP: how, Codecs: Codecs{codec.PCMU}}
		})
	}
	near, required, none := openHouse(t), wants(SecurityRequired), wants(SecurityNone)
	for _, test := range []struct {
		to     *house
		target Target
		want   string
	}{
		{required, Target{}, "encrypted sound (SRTP) is required here"},
		{none, Target{SRTP: SecurityRequired}, "encrypted sound (SRTP) is switched off here (we asked for encrypted sound)"},
		{none, Target{Codecs: Codecs{codec.G722}}, "no common codec"},
	} {
		leg := newLegID()
		test.target.URI, test.target.From = "sip:1@"+test.to.at(), "2"
		near.Dial(leg, test.target)
		near.hears(leg, "Ended{Cause:88 Code:488 Reason:Not Acceptable Here: "+test.want+" ByPeer:true}")
		near.endsOnce(leg)
	}
	none.on(answering)
	near.Dial("plain", Target{URI: "sip:1@" + none.at(), From: "2", SRTP: SecurityOptional})
	near.hears("plain", "Answered")
	if path := near.path("plain"); strings.Contains(path, " in ") {
		t.Errorf("optional encryption that was not taken: the sound goes %s", path)
	}
}

// TestWrongKeys: packets under another key than the one agreed on are counted, and none is heard.
func TestWrongKeys(t *testing.T) {
	far, near := openHouse(t, withTrunk), openHouse(t)
	far.on(answering)
	near.Dial("leg", Target{URI: "sip:1@" + far.at(), From: "2", SRTP: SecurityRequired, Codecs: Codecs{codec.PCMU}})
	near.hears("leg", "Answered")
	there := far.call(0).Leg
	ours, _ := near.Media("leg")
	theirs, _ := far.Media(there)
	room := near.config.Media.OpenRoom("room")
	defer room.Close()
	room.Arrange([]media.Hearing{{Leg: "leg", Play: &media.Play{Sounds: []*media.Sound{media.NewSound(make([]int16, 8000))}, Loop: true}}})
	waitFor(t, "sound", func() bool { return theirs.Stats().PacketsIn > 10 })
	if bad := theirs.Stats().Bad; bad > maxEarly {
		t.Errorf("%d bad packets under the right key", bad)
	}
	key, err := srtp.NewSecret().Key(srtp.AES128GCM, 0)
	if err != nil {
		t.Fatal(err)
	}
	ours.Agree(media.Terms{
		Remote: netip.AddrPortFrom(netip.MustParseAddr("127.0.0.1"), theirs.Port()), Codec: codec.PCMU, EventType: 101, Mux: true, Send: true,
		Receive: true, Crypto: &media.Crypto{Profile: srtp.AES128GCM, Send: key, Receive: key},
	})
	bad := theirs.Stats().Bad
	waitFor(t, "bad packets", func() bool { return theirs.Stats().Bad > bad+10 })
	heard := theirs.Stats().PacketsIn
	waitFor(t, "more of them", func() bool { return theirs.Stats().Bad > bad+20 })
	if theirs.Stats().PacketsIn != heard {
		t.Error("packets under a wrong key are taken")
	}
}

func TestDTMFWords(t *testing.T) {
	for word, want := range map[DTMF]bool{"": true, "rfc4733": true, "info": true, "in_band": true, "rfc2833": false} {
		if word.Known() != want {
			t.Errorf("%q", word)
		}
	}
}

// TestTermsSayAll: what was agreed reaches the sound; a far side that takes more bits than we would send does not get them.
func TestTermsSayAll(t *testing.T) {
	control := netip.MustParseAddrPort("192.0.2.7:9")
	for wishes, coding := range map[codec.FormatParameters]media.Coding{
		{}:                                     {},
		{FEC: true, DTX: true, Bitrate: 16000}: {FEC: true, DTX: true, Bitrate: 16000},
		{Constant: true, PlaybackRate: 16000, Bitrate: 510000}: {Constant: true, Playback: 16000, Bitrate: 24000},
	} {
		got := terms(agreement{
			Codec: "opus", PayloadType: 96, ReceiveType: 111, EventType: 97, EventHeard: 110, EventClock: 48000, Control: control, Mux: true,
			Send: true, Ptime: 40, Encoding: wishes,
		})
		want := media.Terms{
			Codec: codec.Opus, PayloadType: 96, ReceiveType: 111, EventType: 97, EventHeard: 110, EventClock: 48000, Control: control, Mux: true,
			Send: true, Ptime: 40 * time.Millisecond, Coding: coding,
		}
		if got != want {
			t.Errorf("%+v, want %+v", got, want)
		}
	}
}
