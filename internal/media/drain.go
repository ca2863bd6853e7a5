package media

// maxDrain bounds how many packets are thrown away at once; more fit into no socket's buffer.
const maxDrain = 1000

// drain throws away what came before anybody wanted it, and says how much that was.
func (s socket) drain() (n uint64) {
	var b [1]byte // the rest of a datagram goes with it
	for n < maxDrain {
		if _, _, ok := s.receive(b[:]); !ok {
			break
		}
		n++
	}
	return n
}
