package rtc

import (
	"fmt"
	"regexp"
	"strings"
	"time"

	"github.com/pion/sdp/v3"
)

// offerLimit bounds the SDP of a browser in bytes. Chromium's offer of one audio section has 3 KB.
const offerLimit = 64 << 10

// offer is all that we take from a browser's SDP. Nothing else of it is of use: no candidates (an ICE-lite side never
// needs them, and following them would let a stranger point us at hosts of our network), no header extensions, no
// simulcast.
type offer struct {
	mid         string
	ufrag       string
	password    string
	fingerprint string        // "sha-256 AA:BB:…"
	sends       bool          // the browser sends sound
	receives    bool          // the browser takes sound
	codecs      []format      // those of ours, in the browser's order
	events      []format      // telephone-event, one for each clock
	packet      time.Duration // a=ptime, 10 to 60 ms, 0 when not offered
}

var (
	// RFC 8839 §5.4: 4 to 256 and 22 to 256 ice-chars.
	goodUfrag    = regexp.MustCompile(`^[A-Za-z0-9+/]{4,256}$`)
	goodPassword = regexp.MustCompile(`^[A-Za-z0-9+/]{22,256}$`)
	// RFC 8122 §5, with the hashes that browsers use.
	goodFingerprint = regexp.MustCompile(`^(?i:sha-(256|384|512) [0-9A-F]{2}(:[0-9A-F]{2}){31,63})$`)
	// RFC 5888 §4 token, bounded; BUNDLE's list is split at blanks.
	goodMid = regexp.MustCompile(`^[A-Za-z0-9_.-]{1,64}$`)
)

// readOffer takes from a browser's SDP what a leg needs. Its errors are ErrBadOffer and ErrNoCodec, wrapped.
func readOffer(text string) (offer, error) {
	if len(text) > offerLimit {
		return offer{}, badOffer("%d bytes, more than %d", len(text), offerLimit)
	}
	var desc sdp.SessionDescription
	if err := desc.UnmarshalString(text); err != nil {
		return offer{}, badOffer("it is no SDP") // the parser's words would repeat lines of it, the password perhaps
	}
	if len(desc.MediaDescriptions) != 1 {
		return offer{}, badOffer("%d media sections instead of one", len(desc.MediaDescriptions))
	}
	section := desc.MediaDescriptions[0]
	if err := checkSection(section); err != nil {
		return offer{}, err
	}
	var o offer
	if err := o.takeTransport(&desc, section); err != nil {
		return offer{}, err
	}
	if err := o.takeDirection(&desc, section); err != nil {
		return offer{}, err
	}
	return o, o.takeFormats(section)
}

// badOffer is ErrBadOffer with what is wrong.
func badOffer(format string, a ...any) error {
	return fmt.Errorf("%w: %s", ErrBadOffer, fmt.Sprintf(format, a...))
}

func checkSection(section *sdp.MediaDescription) error {
	name := section.MediaName
	if name.Media != "audio" || name.Port.Value == 0 {
		return badOffer("the section is not an active audio section")
	}
	if proto := strings.Join(name.Protos, "/"); proto != "UDP/TLS/RTP/SAVPF" {
		return badOffer("transport %.40q instead of UDP/TLS/RTP/SAVPF", proto)
	}
	if _, ok := section.Attribute("rtcp-mux"); !ok {
		return badOffer("no rtcp-mux")
	}
	return nil
}

func (o *offer) takeTransport(desc *sdp.SessionDescription, section *sdp.MediaDescription) error {
	for _, want := range []struct {
		name string
		into *string
		good *regexp.Regexp
	}{
		{"mid", &o.mid, goodMid},
		{"ice-ufrag", &o.ufrag, goodUfrag},
		{"ice-pwd", &o.password, goodPassword},
		{"fingerprint", &o.fingerprint, goodFingerprint},
	} {
		*want.into = attribute(desc, section, want.name)
		if !want.good.MatchString(*want.into) {
			return badOffer("%s is missing or malformed", want.name)
		}
	}
	if setup := attribute(desc, section, "setup"); setup != "actpass" && setup != "active" {
		return badOffer("setup %.20q, but the browser must be the DTLS client", setup)
	}
	return nil
}

// attribute reads a section's attribute, or the session's when the section has none.
func attribute(desc *sdp.SessionDescription, section *sdp.MediaDescription, name string) string {
	if v, ok := section.Attribute(name); ok {
		return v
	}
	v, _ := desc.Attribute(name)
	return v
}

func (o *offer) takeDirection(desc *sdp.SessionDescription, section *sdp.MediaDescription) error {
	o.sends, o.receives = true, true // RFC 8866 §6.7: sendrecv unless said otherwise
	for _, attributes := range [][]sdp.Attribute{desc.Attributes, section.Attributes} {
		for _, a := range attributes {
			switch a.Key {
			case sdp.AttrKeySendRecv:
				o.sends, o.receives = true, true
			case sdp.AttrKeySendOnly:
				o.sends, o.receives = true, false
			case sdp.AttrKeyRecvOnly:
				o.sends, o.receives = false, true
			case sdp.AttrKeyInactive:
				o.sends, o.receives = false, false
			}
		}
	}
	if !o.sends && !o.receives {
		return badOffer("sound in neither direction")
	}
	return nil
}
