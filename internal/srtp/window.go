package srtp

// windowSize is how far a packet may come behind the youngest, in packets; RFC 3711 §3.3.2 wants 64 at least.
const windowSize = 128

// lastIndex is the last index of RTP under one key (RFC 3711 §9.2).
const lastIndex = 1<<48 - 1

// window notes which of the last indexes have come: bit 0 of the first word is the youngest.
type window [windowSize / 64]uint64

// slide makes room for n younger ones.
func (w *window) slide(n uint64) {
	switch {
	case n == 0:
	case n < 64:
		w[1] = w[1]<<n | w[0]>>(64-n)
		w[0] <<= n
	case n < windowSize:
		w[1] = w[0] << (n - 64)
		w[0] = 0
	default:
		*w = window{}
	}
}

func (w *window) has(age uint64) bool { return w[age/64]>>(age%64)&1 == 1 }
func (w *window) mark(age uint64)     { w[age/64] |= 1 << (age % 64) }

// index is the index that a sequence number most likely has (RFC 3711 §3.3.1); false when it came before or is too old
// to know.
func (s *source) index(sequence uint16) (uint64, bool) {
	if !s.begun {
		return uint64(sequence), true
	}
	index := s.highest&^0xFFFF | uint64(sequence)
	switch ahead := int64(index) - int64(s.highest); {
	case ahead > 1<<15:
		if index < 1<<16 {
			return 0, false // from before the first packet
		}
		index -= 1 << 16
	case ahead < -(1 << 15):
		index += 1 << 16
	}
	if index > s.highest {
		return index, true
	}
	age := s.highest - index
	return index, age < windowSize && !s.seen.has(age)
}

// take notes an index that came.
func (s *source) take(index uint64) {
	switch {
	case !s.begun:
		s.begun, s.highest = true, index
		s.seen.mark(0)
	case index > s.highest:
		s.seen.slide(index - s.highest)
		s.seen.mark(0)
		s.highest = index
	default:
		s.seen.mark(s.highest - index)
	}
}

// echo tells whether an index of RTCP is new.
func (s *source) echo(index uint32) bool {
	if !s.heard || index > s.control {
		return true
	}
	age := uint64(s.control - index)
	return age < windowSize && !s.echoes.has(age)
}

// takeEcho notes an index of RTCP that came.
func (s *source) takeEcho(index uint32) {
	switch {
	case !s.heard:
		s.heard, s.control = true, index
		s.echoes.mark(0)
	case index > s.control:
		s.echoes.slide(uint64(index - s.control))
		s.echoes.mark(0)
		s.control = index
	default:
		s.echoes.mark(uint64(s.control - index))
	}
}
