package sip

import (
	"fmt"
	"net/netip"
	"strconv"
	"strings"

	"parley/internal/srtp"
)

// direction says which way a stream flows, seen from the one who wrote the description (RFC 8866 §6.7).
type direction string

const (
	sendRecv direction = "sendrecv"
	sendOnly direction = "sendonly"
	recvOnly direction = "recvonly"
	inactive direction = "inactive"
)

// reversed is the direction seen from the other side.
func (d direction) reversed() direction {
	switch d {
	case sendOnly:
		return recvOnly
	case recvOnly:
		return sendOnly
	default:
		return d
	}
}

func (d direction) sends() bool    { return d == sendRecv || d == sendOnly }
func (d direction) receives() bool { return d == sendRecv || d == recvOnly }

// description is a session description (RFC 8866), as much of it as a telephone needs.
type description struct {
	SessionID uint64
	Version   uint64
	Origin    netip.Addr
	Addr      netip.Addr // c= of the session, invalid when there is none
	Streams   []stream
}

// stream is one m= section with what it inherits from the session.
type stream struct {
	Kind      string // "audio", "video" …
	Port      uint16
	Proto     string // "RTP/AVP" …
	Formats   []string
	Addr      netip.Addr
	Direction direction
	Ptime     int     // milliseconds, 0 when not given
	Names     formats // rtpmap, "PCMU/8000"
	Params    formats // fmtp
	MaxPtime  int     // milliseconds, 0 when not given
	Mux       bool    // a=rtcp-mux
	Crypto    []srtp.Line
	Control   netip.AddrPort // of RTCP, invalid when it is the port after Port

	controlPort uint16 // of a=rtcp, until the address is known
}

// Bounds of what a stranger may send.
const (
	maxStreams = 16
	maxFormats = 64
)

// parseDescription reads a session description. It wants v=0 first and an address for every stream in use.
func parseDescription(text string) (description, error) {
	reader := sdpReader{direction: sendRecv}
	number := -1
	for line := range strings.SplitSeq(strings.TrimRight(text, "\r\n"), "\n") {
		number++
		line = strings.TrimSuffix(line, "\r")
		if len(line) < 2 || line[1] != '=' {
			return description{}, fmt.Errorf("session description: line %d is not type=value", number+1)
		}
		if number == 0 && line != "v=0" {
			return description{}, fmt.Errorf("session description: does not begin with v=0")
		}
		if err := reader.line(line[0], line[2:]); err != nil {
			return description{}, fmt.Errorf("session description: line %d: %w", number+1, err)
		}
	}
	return reader.finish()
}

type sdpReader struct {
	description
	direction direction // of the session
	ptime     int
}

func (r *sdpReader) line(kind byte, value string) error {
	switch kind {
	case 'o':
		return r.origin(value)
	case 'c':
		return r.connection(value)
	case 'm':
		return r.stream(value)
	case 'a':
		r.attribute(value)
	}
	return nil
}

// fieldsOf is strings.Fields for a few of them.
func fieldsOf(text string, room *[8]string) []string {
	fields := room[:0]
	for field := range strings.FieldsSeq(text) {
		fields = append(fields, field)
	}
	return fields
}

// origin reads o=; identifiers that are not numbers are kept as zero, for only our own matter.
func (r *sdpReader) origin(value string) error {
	var room [8]string
	fields := fieldsOf(value, &room)
	if len(fields) != 6 {
		return fmt.Errorf("o= has %d fields, not 6", len(fields))
	}
	r.SessionID, _ = strconv.ParseUint(fields[1], 10, 64)
	r.Version, _ = strconv.ParseUint(fields[2], 10, 64)
	r.Origin, _ = netip.ParseAddr(fields[5])
	return nil
}

func (r *sdpReader) connection(value string) error {
	var room [8]string
	fields := fieldsOf(value, &room)
	if len(fields) != 3 || fields[0] != "IN" || (fields[1] != "IP4" && fields[1] != "IP6") {
		return fmt.Errorf("c= is not an internet address")
	}
	text, _, _ := strings.Cut(fields[2], "/") // the time to live of multicast
	addr, err := netip.ParseAddr(text)
	if err != nil {
		return fmt.Errorf("c= names a host, not an address")
	}
	if n := len(r.Streams); n > 0 {
		r.Streams[n-1].Addr = addr.WithZone("")
		return nil
	}
	r.Addr = addr.WithZone("")
	return nil
}

func (r *sdpReader) stream(value string) error {
	fields := strings.Fields(value)
	if len(fields) < 4 || len(fields) > 3+maxFormats {
		return fmt.Errorf("m= has %d fields", len(fields))
	}
	if len(r.Streams) == maxStreams {
		return fmt.Errorf("more than %d streams", maxStreams)
	}
	port, _, _ := strings.Cut(fields[1], "/")
	number, err := strconv.ParseUint(port, 10, 16)
	if err != nil {
		return fmt.Errorf("m= has no port")
	}
	r.Streams = append(r.Streams, stream{
		Kind: fields[0], Port: uint16(number), Proto: fields[2], Formats: fields[3:],
		Addr: r.Addr, Direction: r.direction, Ptime: r.ptime,
	})
	return nil
}

func (r *sdpReader) attribute(value string) {
	name, rest, _ := strings.Cut(value, ":")
	way, ptime := &r.direction, &r.ptime
	if n := len(r.Streams); n > 0 {
		way, ptime = &r.Streams[n-1].Direction, &r.Streams[n-1].Ptime
		r.format(&r.Streams[n-1], name, rest)
		r.Streams[n-1].detail(name, rest)
	}
	switch name {
	case "sendrecv", "sendonly", "recvonly", "inactive":
		*way = direction(name)
	case "ptime":
		if n, err := strconv.Atoi(strings.TrimSpace(rest)); err == nil && n > 0 && n <= 200 {
			*ptime = n
		}
	}
}

func (r *sdpReader) format(s *stream, name, rest string) {
	format, value, found := strings.Cut(strings.TrimSpace(rest), " ")
	if !found || len(s.Names) > maxFormats || len(s.Params) > maxFormats {
		return
	}
	switch name {
	case "rtpmap":
		s.Names.set(format, strings.TrimSpace(value))
	case "fmtp":
		s.Params.set(format, strings.TrimSpace(value))
	}
}

func (r *sdpReader) finish() (description, error) {
	if len(r.Streams) == 0 {
		return description{}, fmt.Errorf("session description: no stream")
	}
	for i := range r.Streams {
		s := &r.Streams[i]
		s.settleControl()
		if s.Port != 0 && !s.Addr.IsValid() {
			return description{}, fmt.Errorf("session description: no address for the %q stream", s.Kind)
		}
	}
	return r.description, nil
}
