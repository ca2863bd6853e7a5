package sip

import (
	"iter"
	"slices"
	"strconv"
	"strings"

	"parley/internal/codec"
)

// Codecs is an order of preference, the best first; it ends at codec.None. The zero Codecs leave the order to us: an
// offer of ours has G.722, PCMU, PCMA and Opus, and an offer of theirs is answered in their order (RFC 3264 §6.1).
type Codecs [4]codec.Codec

// usualOrder is that of our offers. Opus comes last: telephones that have it mostly have G.722 as well, which costs a
// tenth of the work.
var usualOrder = Codecs{codec.G722, codec.PCMU, codec.PCMA, codec.Opus}

// All gives the codecs in their order.
func (c Codecs) All() iter.Seq[codec.Codec] {
	return func(yield func(codec.Codec) bool) {
		for _, one := range c {
			if one == codec.None || !yield(one) {
				return
			}
		}
	}
}

// CodecsNamed are the codecs of those names in SDP, whatever their case; what is none of ours is passed over.
func CodecsNamed(names []string) Codecs {
	var list Codecs
	for _, name := range names {
		if one := codecNamed(name); one != codec.None {
			list.add(one)
		}
	}
	return list
}

// Has tells whether one is among the codecs.
func (c Codecs) Has(one codec.Codec) bool { return one != codec.None && slices.Contains(c[:], one) }

// String lists the codecs' names in SDP, with commas between.
func (c Codecs) String() string {
	var names []string
	for one := range c.All() {
		names = append(names, one.String())
	}
	return strings.Join(names, ",")
}

// Only is what is left of c when just those of allowed count.
func (c Codecs) Only(allowed Codecs) Codecs {
	var left Codecs
	for one := range c.All() {
		if allowed.Has(one) {
			left.add(one)
		}
	}
	return left
}

func (c *Codecs) add(one codec.Codec) {
	if i := slices.Index(c[:], codec.None); i >= 0 && !c.Has(one) {
		c[i] = one
	}
}

// codecNamed finds a codec by its name in SDP alone.
func codecNamed(name string) codec.Codec {
	for one := range usualOrder.All() {
		if strings.EqualFold(one.String(), name) {
			return one
		}
	}
	return codec.None
}

// The payload types that we offer where RFC 3551 fixes none.
const (
	ourOpus       = "111"
	ourEvents     = "101" // telephone-event at 8,000 Hz
	ourFastEvents = "110" // at 48,000 Hz
)

const eventsName = "telephone-event"

// eventsRange are the events that we understand: 0 to 16 are the DTMF keys and flash (RFC 4733 §3.2).
const eventsRange = "0-16"

// nameOf is the rtpmap of a format; 0, 8 and 9 need none (RFC 3551 table 4).
func (s stream) nameOf(format string) string {
	if name, ok := s.Names.of(format); ok {
		return name
	}
	switch format {
	case "0":
		return codec.PCMU.Encoding()
	case "8":
		return codec.PCMA.Encoding()
	case "9":
		return codec.G722.Encoding()
	}
	return ""
}

// codecs lists what we know of a stream's formats, in its order.
func (s stream) codecs() Codecs {
	var known Codecs
	for _, f := range s.Formats {
		if one := codec.ByEncoding(s.nameOf(f)); one != codec.None {
			known.add(one)
		}
	}
	return known
}

// pick is the codec that a stream and our order share: the first of the stream's, or the first of ours.
func (s stream) pick(order Codecs, oursFirst bool) (format string, one codec.Codec) {
	first, second := s.codecs(), order
	if oursFirst {
		first, second = second, first
	}
	shared := first.Only(second)
	if shared[0] == codec.None {
		return "", codec.None
	}
	for _, f := range s.Formats {
		if codec.ByEncoding(s.nameOf(f)) == shared[0] {
			return f, shared[0]
		}
	}
	return "", codec.None
}

// events is the format and the clock of telephone-event; "" when there is none. That with the clock of the codec is
// right (RFC 4733 §2.1); a telephone that has only the other one is taken at its word, or its keys would be lost.
func (s stream) events(clock int) (string, int) {
	format, found := "", 0
	for _, f := range s.Formats {
		name, rest, _ := strings.Cut(s.nameOf(f), "/")
		if !strings.EqualFold(name, eventsName) {
			continue
		}
		rate, err := strconv.Atoi(strings.TrimSuffix(rest, "/1"))
		if err != nil || rate != 8000 && rate != 48000 || found == clock {
			continue
		}
		if found == 0 || rate == clock {
			format, found = f, rate
		}
	}
	return format, found
}

// payloadType reads a format, 0 to 127.
func payloadType(format string) (uint8, bool) {
	n, err := strconv.ParseUint(format, 10, 7)
	return uint8(n), err == nil
}
