package sip

import (
	"errors"
	"net/netip"
	"slices"
	"strconv"
	"strings"
)

// errNoCommonCodec is answered 488 (RFC 3261 §21.4.26).
var errNoCommonCodec = errors.New("no common codec")

// The names of what a leg can carry (RFC 3551 §6, RFC 4733 §3).
const (
	codecPCMU  = "PCMU"
	codecPCMA  = "PCMA"
	eventsName = "telephone-event"
)

// ourEvents is the payload type that we offer for telephone-event; 0 to 16 are the DTMF keys and flash.
const (
	ourEvents   = "101"
	eventsRange = "0-16"
)

// agreement is the outcome of one offer and answer (RFC 3264), as the sound needs it.
type agreement struct {
	Codec       string         `json:"codec"`
	PayloadType uint8          `json:"payload_type"`
	EventType   uint8          `json:"event_type,omitempty"` // 0: no telephone-event
	Remote      netip.AddrPort `json:"remote"`
	Send        bool           `json:"send"`
	Receive     bool           `json:"receive"`
	Ptime       int            `json:"ptime"`
}

// mouth is our own end: where we hear, and how we name the session.
type mouth struct {
	Addr    netip.Addr `json:"addr"`
	Port    uint16     `json:"port"`
	Session uint64     `json:"session"`
}

// offer writes an offer with all that we carry.
func (m mouth) offer(version uint64) description {
	return m.describe(version, stream{
		Kind: "audio", Port: m.Port, Proto: "RTP/AVP", Formats: []string{"0", "8", ourEvents},
		Direction: sendRecv, Ptime: 20, Names: ourNames, Params: ourParams,
	})
}

// What every offer of ours says of its formats. They are only read.
var (
	ourNames  = map[string]string{"0": "PCMU/8000", "8": "PCMA/8000", ourEvents: eventsName + "/8000"}
	ourParams = map[string]string{ourEvents: eventsRange}
)

func (m mouth) describe(version uint64, streams ...stream) description {
	return description{SessionID: m.Session, Version: version, Addr: m.Addr, Streams: streams}
}

// answer picks the first codec of the first usable audio stream that we know, in the order of the offerer
// (RFC 3264 §6.1), and refuses every other stream with port 0.
func (m mouth) answer(version uint64, offered description) (description, agreement, error) {
	chosen := slices.IndexFunc(offered.Streams, stream.usable)
	if chosen < 0 {
		return description{}, agreement{}, errNoCommonCodec
	}
	theirs := offered.Streams[chosen]
	agreed := agree(theirs)
	answer := m.describe(version)
	for i, s := range offered.Streams {
		if i == chosen {
			answer.Streams = append(answer.Streams, m.accept(s, agreed))
			continue
		}
		answer.Streams = append(answer.Streams, stream{Kind: s.Kind, Proto: s.Proto, Formats: s.Formats[:1]})
	}
	return answer, agreed, nil
}

func (m mouth) accept(theirs stream, agreed agreement) stream {
	format := strconv.Itoa(int(agreed.PayloadType))
	ours := stream{
		Kind: theirs.Kind, Port: m.Port, Proto: theirs.Proto, Formats: []string{format}, Ptime: agreed.Ptime,
		Names:     map[string]string{format: agreed.Codec + "/8000"},
		Direction: directionOf(agreed),
	}
	if agreed.EventType != 0 {
		events := strconv.Itoa(int(agreed.EventType))
		ours.Formats = append(ours.Formats, events)
		ours.Names[events] = eventsName + "/8000"
		ours.Params = map[string]string{events: eventsRange}
	}
	return ours
}

// accepted reads the answer to our offer. The payload types are those of the answerer (RFC 3264 §6.1).
func accepted(answer description) (agreement, error) {
	if len(answer.Streams) == 0 || !answer.Streams[0].usable() {
		return agreement{}, errNoCommonCodec
	}
	return agree(answer.Streams[0]), nil
}

func directionOf(agreed agreement) direction {
	switch {
	case agreed.Send && agreed.Receive:
		return sendRecv
	case agreed.Send:
		return sendOnly
	case agreed.Receive:
		return recvOnly
	}
	return inactive
}

// agree takes what the far side wrote for a usable stream. An address of zeros is the hold of RFC 2543: it wants
// to hear nothing (RFC 3264 §8.4).
func agree(theirs stream) agreement {
	ours := theirs.Direction.reversed()
	format, codec := theirs.firstCodec()
	agreed := agreement{
		Codec: codec, PayloadType: format, EventType: theirs.events(),
		Remote: netip.AddrPortFrom(theirs.Addr, theirs.Port),
		Send:   ours.sends(), Receive: ours.receives(), Ptime: theirs.Ptime,
	}
	if theirs.Addr.IsUnspecified() {
		agreed.Send = false
	}
	if agreed.Ptime == 0 {
		agreed.Ptime = 20
	}
	return agreed
}

// usable tells whether s is plain RTP audio with a codec of ours. SRTP (RTP/SAVP) is not spoken yet.
func (s stream) usable() bool {
	_, codec := s.firstCodec()
	return s.Kind == "audio" && s.Port != 0 && (s.Proto == "RTP/AVP" || s.Proto == "RTP/AVPF") && codec != ""
}

func (s stream) firstCodec() (format uint8, codec string) {
	for _, f := range s.Formats {
		number, err := strconv.ParseUint(f, 10, 7)
		if err != nil {
			continue
		}
		switch name := s.nameOf(f); {
		case isName(name, codecPCMU):
			return uint8(number), codecPCMU
		case isName(name, codecPCMA):
			return uint8(number), codecPCMA
		}
	}
	return 0, ""
}

// events is the payload type of telephone-event at 8,000 Hz, 0 when there is none.
func (s stream) events() uint8 {
	for _, f := range s.Formats {
		number, err := strconv.ParseUint(f, 10, 7)
		if err == nil && isName(s.nameOf(f), eventsName) {
			return uint8(number)
		}
	}
	return 0
}

// nameOf is the rtpmap of a format; 0 and 8 need none (RFC 3551 table 4).
func (s stream) nameOf(format string) string {
	if name, ok := s.Names[format]; ok {
		return name
	}
	switch format {
	case "0":
		return "PCMU/8000"
	case "8":
		return "PCMA/8000"
	}
	return ""
}

// isName compares an rtpmap with a codec at 8,000 Hz and one channel; names have no case (RFC 8866 §6.6).
func isName(rtpmap, codec string) bool {
	name, rest, _ := strings.Cut(rtpmap, "/")
	return strings.EqualFold(name, codec) && (rest == "8000" || rest == "8000/1")
}
