package jitter

// places is how many packets can wait: 320 ms of 10 ms packets.
const places = 32

// longest is the longest payload kept, in bytes.
const longest = 1500

// slot is one waiting packet.
type slot struct {
	sequence  int64 // unwrapped
	timestamp int64 // unwrapped, of its first unit
	units     int64
	at, size  int // of its payload in the shelf's memory
	taken     bool
	pass      bool // carries no sound: digits, comfort noise
}

// end is the time right after the packet's sound.
func (s *slot) end() int64 { return s.timestamp + s.units }

// shelf keeps packets by sequence number, their payloads in one ring of bytes. Payloads leave nearly in the order in
// which they came, so the ring hardly ever meets one that still waits.
type shelf struct {
	slots [places]slot
	bytes [8192]byte
	head  int
}

func (s *shelf) clear() {
	s.slots, s.head = [places]slot{}, 0
}

// find is the waiting packet of a sequence number, or nil.
func (s *shelf) find(sequence int64) *slot {
	p := &s.slots[sequence&(places-1)]
	if !p.taken || p.sequence != sequence {
		return nil
	}
	return p
}

// first is the waiting packet with the lowest sequence number from there on, or nil.
func (s *shelf) first(from int64) *slot {
	for n := range int64(places) {
		if p := s.find(from + n); p != nil {
			return p
		}
	}
	return nil
}

// put keeps a packet and says how many others had to go for it.
func (s *shelf) put(p slot, payload []byte) int {
	place := &s.slots[p.sequence&(places-1)]
	gone := 0
	if place.taken {
		place.taken = false
		gone++
	}
	if s.head+len(payload) > len(s.bytes) {
		s.head = 0
	}
	p.at, p.size, p.taken = s.head, len(payload), true
	s.head += len(payload)
	for i := range s.slots {
		if o := &s.slots[i]; o.taken && o.at < p.at+p.size && p.at < o.at+o.size {
			o.taken = false
			gone++
		}
	}
	copy(s.bytes[p.at:], payload)
	*place = p
	return gone
}

// payload is a packet's bytes, valid until the next put.
func (s *shelf) payload(p *slot) []byte {
	return s.bytes[p.at : p.at+p.size : p.at+p.size]
}
