package sip

import (
	"slices"
	"strconv"
)

// session is what later offers must keep of earlier ones (RFC 3264 §8): the m= lines in their order, and what a dynamic
// payload type stood for.
type session struct {
	Slots   []stream // one per m= line, all refused; ours is put in its place
	Ours    int
	Numbers formats // of dynamic payload types, both sides'
}

// refused is an m= line that nothing is sent in.
func (s stream) refused() stream {
	return stream{Kind: s.Kind, Proto: s.Proto, Formats: s.Formats[:1]}
}

// around is every m= line of a description, with our stream in its place.
func (s session) around(ours stream) []stream {
	if len(s.Slots) == 0 {
		return []stream{ours}
	}
	list := slices.Clone(s.Slots)
	list[s.Ours] = ours
	return list
}

// with is the session once a description has used some more payload types.
func (s session) with(lists ...[]stream) session {
	s.Numbers = slices.Clone(s.Numbers)
	for _, list := range lists {
		if s.Ours >= len(list) {
			continue
		}
		for _, f := range list[s.Ours].Formats {
			if number, ok := payloadType(f); ok && number >= 35 { // those below are fixed, or not to be used (RFC 3551 §6)
				s.Numbers.set(f, list[s.Ours].nameOf(f))
			}
		}
	}
	return s
}

// number is the payload type for a name: the one that it has had, else the usual one, else one that is free.
func (s session) number(name, usual string) string {
	for _, n := range s.Numbers {
		if n.Says == name {
			return n.Format
		}
	}
	if _, taken := s.Numbers.of(usual); !taken {
		return usual
	}
	for n := 96; n < 128; n++ {
		format := strconv.Itoa(n)
		if _, taken := s.Numbers.of(format); !taken && format != ourOpus && format != ourEvents && format != ourFastEvents {
			return format
		}
	}
	return usual
}
