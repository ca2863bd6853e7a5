package sip

import (
	"net/netip"
	"strconv"

	"parley/internal/codec"
	"parley/internal/media"
	"parley/internal/srtp"
)

// agreement is the outcome of one offer and answer (RFC 3264), as the sound needs it. The keys are not kept: after a
// restart a re-INVITE brings new ones.
type agreement struct {
	Codec       string                 `json:"codec"`                  // its name in SDP
	Clock       int                    `json:"clock,omitempty"`        // of RTP timestamps in Hz
	PayloadType uint8                  `json:"payload_type"`           // that we send
	ReceiveType uint8                  `json:"receive_type,omitempty"` // that they send
	Encoding    codec.FormatParameters `json:"encoding,omitzero"`
	EventType   uint8                  `json:"event_type,omitempty"`    // that we send; 0: no telephone-event
	EventHeard  uint8                  `json:"event_receive,omitempty"` // that they send
	EventClock  int                    `json:"event_clock,omitempty"`
	InBand      bool                   `json:"in_band,omitempty"`    // keys are heard in the sound
	KeysAside   bool                   `json:"keys_aside,omitempty"` // keys go by INFO
	Remote      netip.AddrPort         `json:"remote"`
	Control     netip.AddrPort         `json:"control,omitzero"` // for RTCP, where it is not the port after Remote (RFC 3605)
	Mux         bool                   `json:"mux,omitempty"`    // RTCP comes and goes with RTP (RFC 5761)
	Send        bool                   `json:"send"`
	Receive     bool                   `json:"receive"`
	Ptime       int                    `json:"ptime"`
	SRTP        string                 `json:"srtp,omitempty"` // the profile, "" for none
	Crypto      *media.Crypto          `json:"-"`
}

// mouth is our own end: where we hear, how we name the session, and what we are willing to speak.
type mouth struct {
	Addr     netip.Addr  `json:"addr"`
	Port     uint16      `json:"port"`
	Session  uint64      `json:"session"`
	Codecs   Codecs      `json:"codecs"`
	OurOrder bool        `json:"our_order,omitempty"` // ours goes before that of an offer
	Mux      bool        `json:"mux,omitempty"`
	SRTP     Security    `json:"srtp,omitempty"`
	DTMF     DTMF        `json:"dtmf,omitempty"`
	Secret   srtp.Secret `json:"-"`
	Round    int         `json:"round,omitempty"`  // of our keys
	Refers   bool        `json:"refers,omitempty"` // the far side may transfer by REFER
}

// opusParams is what we say of the Opus that we want to hear: one channel, with redundancy; silence need not be sent.
const opusParams = "minptime=10;useinbandfec=1;usedtx=1"

// offer writes an offer with all that we carry, in the place that our stream has had in the session so far.
func (m mouth) offer(version uint64, so session) description {
	ours := stream{Kind: "audio", Port: m.Port, Proto: "RTP/AVP", Direction: sendRecv, Ptime: 20, Mux: m.Mux}
	slow, fast := false, false
	for one := range m.Codecs.All() {
		format := so.number(one.Encoding(), usualNumber(one))
		ours.add(format, one.Encoding())
		if one == codec.Opus {
			ours.Params.set(format, opusParams)
		}
		slow, fast = slow || one.ClockRate() == 8000, fast || one.ClockRate() == 48000
	}
	if slow && m.DTMF.asEvents() {
		ours.addEvents(so.number(eventsName+"/8000", ourEvents), 8000)
	}
	if fast && m.DTMF.asEvents() {
		ours.addEvents(so.number(eventsName+"/48000", ourFastEvents), 48000)
	}
	m.offerKeys(&ours)
	return m.describe(version, so.around(ours)...)
}

func usualNumber(one codec.Codec) string {
	if number, static := one.StaticPayloadType(); static {
		return strconv.Itoa(int(number))
	}
	return ourOpus
}

func (s *stream) add(format, name string) {
	s.Formats = append(s.Formats, format)
	s.Names.set(format, name)
}

func (s *stream) addEvents(format string, clock int) {
	s.add(format, eventsName+"/"+strconv.Itoa(clock))
	s.Params.set(format, eventsRange)
}

func (m mouth) describe(version uint64, streams ...stream) description {
	return description{SessionID: m.Session, Version: version, Addr: m.Addr, Streams: streams}
}

// answer picks the first usable audio stream and its best codec, and refuses every other stream with port 0
// (RFC 3264 §6). Where encryption is wanted, a stream that has it goes before one without.
func (m mouth) answer(version uint64, offered description) (description, agreement, session, error) {
	if m.SRTP == SecurityOptional {
		strict := m
		strict.SRTP = SecurityRequired
		if answer, agreed, so, err := strict.answer(version, offered); err == nil {
			return answer, agreed, so, nil
		}
	}
	var why error
	for i, theirs := range offered.Streams {
		agreed, line, err := m.agree(theirs)
		if err != nil {
			why = telling(why, err)
			continue
		}
		so := session{Ours: i}
		for _, s := range offered.Streams {
			so.Slots = append(so.Slots, s.refused())
		}
		answer := m.describe(version, so.around(m.accept(theirs, agreed, line))...)
		return answer, agreed, so, nil
	}
	return description{}, agreement{}, session{}, why
}

func (m mouth) accept(theirs stream, agreed agreement, line srtp.Line) stream {
	ours := stream{
		Kind: theirs.Kind, Port: m.Port, Proto: theirs.Proto, Ptime: agreed.Ptime, Direction: directionOf(agreed), Mux: agreed.Mux,
	}
	format := strconv.Itoa(int(agreed.PayloadType))
	ours.add(format, codecNamed(agreed.Codec).Encoding())
	if agreed.Codec == codec.Opus.String() {
		ours.Params.set(format, opusParams)
	}
	if agreed.EventType != 0 {
		ours.addEvents(strconv.Itoa(int(agreed.EventType)), agreed.EventClock)
	}
	if agreed.Crypto != nil {
		ours.Crypto = []srtp.Line{{Tag: line.Tag, Profile: line.Profile, Key: agreed.Crypto.Send}}
	}
	return ours
}

// accepted reads the answer to our offer. What we send has the payload types of the answer, what comes those of the offer
// (RFC 3264 §6.1).
func (m mouth) accepted(offered, answer description, place int) (agreement, error) {
	if place >= len(answer.Streams) || place >= len(offered.Streams) {
		return agreement{}, errNoCommonCodec
	}
	ours, theirs := offered.Streams[place], answer.Streams[place]
	m.Codecs, m.OurOrder = ours.codecs(), false
	if len(ours.Crypto) == 0 {
		m.SRTP = SecurityNone // what was not offered is not to be answered
	}
	agreed, line, err := m.agree(theirs)
	if err != nil {
		return agreement{}, err
	}
	agreed.Mux = agreed.Mux && ours.Mux
	if agreed.Crypto != nil {
		if agreed.Crypto.Send = ours.keyOf(line); agreed.Crypto.Send == nil {
			return agreement{}, errNoKey
		}
	}
	agreed.ReceiveType = ours.numberOf(codecNamed(agreed.Codec).Encoding(), agreed.PayloadType)
	if agreed.EventType != 0 {
		agreed.EventHeard = ours.numberOf(eventsName+"/"+strconv.Itoa(agreed.EventClock), agreed.EventType)
	}
	return agreed, nil
}

// numberOf is the format that we gave to a name, or other when we gave none.
func (s stream) numberOf(name string, other uint8) uint8 {
	for _, f := range s.Formats {
		if ours, ok := payloadType(f); ok && s.nameOf(f) == name {
			return ours
		}
	}
	return other
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

// agree takes what the far side wrote for a stream, and the key of theirs that counts. An address of zeros is the hold of
// RFC 2543: it wants to hear nothing (RFC 3264 §8.4).
func (m mouth) agree(theirs stream) (agreement, srtp.Line, error) {
	if theirs.Kind != "audio" || theirs.Port == 0 {
		return agreement{}, srtp.Line{}, errNoCommonCodec
	}
	format, one := theirs.pick(m.Codecs, m.OurOrder)
	number, ok := payloadType(format)
	if one == codec.None || !ok {
		return agreement{}, srtp.Line{}, errNoCommonCodec
	}
	crypto, line, err := m.keys(theirs)
	if err != nil {
		return agreement{}, srtp.Line{}, err
	}
	var wishes codec.FormatParameters
	if params, said := theirs.Params.of(format); said && one == codec.Opus {
		wishes = codec.ParseFormatParameters(params)
	}
	ours := theirs.Direction.reversed()
	agreed := agreement{
		Codec: one.String(), Clock: one.ClockRate(), PayloadType: number, ReceiveType: number, Encoding: wishes,
		Remote: netip.AddrPortFrom(theirs.Addr, theirs.Port), Control: theirs.Control, Mux: theirs.Mux && m.Mux && muxable(number),
		Send: ours.sends() && !theirs.Addr.IsUnspecified(), Receive: ours.receives(), Ptime: theirs.packetTime(), Crypto: crypto,
	}
	if crypto != nil {
		agreed.SRTP = crypto.Profile.String()
	}
	if events, clock := theirs.events(agreed.Clock); events != "" && m.DTMF.asEvents() {
		if number, ok := payloadType(events); ok {
			agreed.EventType, agreed.EventHeard, agreed.EventClock = number, number, clock
		}
	}
	agreed.KeysAside = m.DTMF == DTMFInfo
	agreed.InBand = m.DTMF.heardInSound(agreed.EventType != 0)
	return agreed, line, nil
}

// muxable tells whether a payload type cannot be taken for RTCP (RFC 5761 §4).
func muxable(number uint8) bool { return number < 64 || number > 95 }

// packetTime is how long our packets are to be, in milliseconds.
func (s stream) packetTime() int {
	ptime := s.Ptime
	if ptime == 0 {
		ptime = 20
	}
	if s.MaxPtime > 0 {
		ptime = min(ptime, s.MaxPtime)
	}
	return ptime
}
