package rtc

import (
	"errors"
	"net/netip"
	"os"
	"strings"
	"testing"

	"github.com/pion/sdp/v3"

	"parley/internal/ice"
	"parley/internal/media"
)

// chromium is what Chromium offers for one audio section.
func chromium(t testing.TB) string {
	t.Helper()
	text, err := os.ReadFile("testdata/chromium.sdp")
	if err != nil {
		t.Fatal(err)
	}
	return strings.ReplaceAll(strings.ReplaceAll(string(text), "\r\n", "\n"), "\n", "\r\n")
}

func TestReadOffer(t *testing.T) {
	o, err := readOffer(chromium(t))
	if err != nil {
		t.Fatal(err)
	}
	c := Sparing.choose(o, 0)
	if c.codec != media.PCMU || c.payload != 0 || c.event != 126 || !o.sends || !o.receives {
		t.Errorf("read %+v", o)
	}
}

func TestReadOfferVariants(t *testing.T) {
	for _, c := range []struct {
		name, old, new string
		want           error
		check          func(offer) bool
	}{
		{"PCMA first", " 0 8 13 ", " 8 0 13 ", nil, func(o offer) bool { return chosen(o) == media.PCMA && Sparing.choose(o, 0).payload == 8 }},
		{"static types without rtpmap", "a=rtpmap:0 PCMU/8000\r\n", "", nil, func(o offer) bool { return chosen(o) == media.PCMU }},
		{"no events at 8 kHz", "a=rtpmap:126 telephone-event/8000\r\n", "", nil, func(o offer) bool { return Sparing.choose(o, 0).event == 0 }},
		{"lower case", "PCMU/8000", "pcmu/8000/1", nil, func(o offer) bool { return chosen(o) == media.PCMU }},
		{"receives only", "a=sendrecv", "a=recvonly", nil, func(o offer) bool { return o.receives && !o.sends }},
		{"packets of 40 ms", "a=rtcp-mux\r\n", "a=rtcp-mux\r\na=ptime:40\r\n", nil, func(o offer) bool { return o.packet.Milliseconds() == 40 }},
		{"inactive", "a=sendrecv", "a=inactive", ErrBadOffer, nil},
		{"no codec of ours", " 111 63 9 0 8 13 ", " 63 9 13 ", ErrNoCodec, nil},
		{"a payload type that looks like RTCP", "a=rtpmap:0 PCMU", "a=rtpmap:0 X/1\r\na=rtpmap:72 PCMU", nil, func(o offer) bool { return chosen(o) == media.PCMA }},
		{"no rtcp-mux", "a=rtcp-mux\r\n", "", ErrBadOffer, nil},
		{"no ufrag", "a=ice-ufrag:", "a=x:", ErrBadOffer, nil},
		{"a password too short", "a=ice-pwd:", "a=ice-pwd:abc\r\na=x:", ErrBadOffer, nil},
		{"no fingerprint", "a=fingerprint:", "a=x:", ErrBadOffer, nil},
		{"weak fingerprint", "a=fingerprint:sha-256", "a=fingerprint:md5", ErrBadOffer, nil},
		{"wants to be DTLS server", "a=setup:actpass", "a=setup:passive", ErrBadOffer, nil},
		{"rejected section", "m=audio 9", "m=audio 0", ErrBadOffer, nil},
		{"video", "m=audio", "m=video", ErrBadOffer, nil},
		{"plain RTP", "UDP/TLS/RTP/SAVPF", "RTP/AVP", ErrBadOffer, nil},
		{"two sections", "a=rtcp-mux\r\n", "a=rtcp-mux\r\nm=audio 9 UDP/TLS/RTP/SAVPF 0\r\n", ErrBadOffer, nil},
		{"a mid with blanks", "a=mid:0", "a=mid:0 1", ErrBadOffer, nil},
		{"no SDP", "v=0", "hello", ErrBadOffer, nil},
		{"too long", "s=-\r\n", "s=" + strings.Repeat("x", offerLimit) + "\r\n", ErrBadOffer, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			text := chromium(t)
			if !strings.Contains(text, c.old) {
				t.Fatalf("the sample has no %q", c.old)
			}
			o, err := readOffer(strings.ReplaceAll(text, c.old, c.new))
			if !errors.Is(err, c.want) {
				t.Fatalf("got %v, want %v", err, c.want)
			}
			if c.check != nil && !c.check(o) {
				t.Errorf("read %+v", o)
			}
		})
	}
}

// answered is a reply to an offer by a server of whom nothing is known.
func answered(o offer, prefers Preference) reply {
	return reply{
		offer: o, choice: prefers.choose(o, 0), credentials: ice.NewCredentials(), fingerprint: "sha-256 AA:BB", version: 1,
		source: 7, name: "00000007", at: []netip.Addr{netip.MustParseAddr("192.0.2.7")}, port: 7085,
	}
}

// FuzzReadOffer: whatever a stranger offers, it is refused in one of two ways, or the answer is one audio section with
// nothing of the stranger's in it but numbers, the section's name and its direction.
func FuzzReadOffer(f *testing.F) {
	f.Add(chromium(f))
	f.Add("")
	f.Add("v=0\r\no=- 1 1 IN IP4 0.0.0.0\r\ns=-\r\nt=0 0\r\nm=audio 9 UDP/TLS/RTP/SAVPF 0\r\n")
	f.Fuzz(func(t *testing.T, text string) {
		o, err := readOffer(text)
		if err != nil {
			if !errors.Is(err, ErrBadOffer) && !errors.Is(err, ErrNoCodec) {
				t.Errorf("refused as %v", err)
			}
			return
		}
		answer := answered(o, Sparing).String()
		var desc sdp.SessionDescription
		if err := desc.UnmarshalString(answer); err != nil || len(desc.MediaDescriptions) != 1 {
			t.Fatalf("%v in\n%s", err, answer)
		}
		section := desc.MediaDescriptions[0]
		if mid, _ := section.Attribute("mid"); mid != o.mid || len(section.MediaName.Formats) > 2 || len(section.Attributes) > 16 {
			t.Errorf("answered\n%s", answer)
		}
	})
}
