package bench

import (
	"encoding/binary"
	"fmt"
	"sync"
	"time"

	"parley/internal/id"
	"parley/internal/media"
)

const (
	packetTime = 20 * time.Millisecond
	rtpHeader  = 12  // bytes (RFC 3550 §5.1)
	samples    = 160 // in a packet, a byte each
	probeMark  = 0x7061726c65792121
)

// probe sends packets that carry the time through a call from one telephone to another, and notes how long each took.
// The server forwards G.711 untouched, so the time arrives as it was sent.
type probe struct {
	in       *media.Leg // its packets are what the calling telephone sends
	began    time.Time
	sequence uint16

	mu   sync.Mutex // guards what follows
	took spread
}

// newProbe puts a probe into an answered call.
func newProbe(name id.Leg, caller, phone *line) (*probe, error) {
	p := &probe{began: time.Now()}
	var err error
	if p.in, err = caller.telephones.media.OpenPipe(name+".in", func([]byte) {}, func(media.Event) {}); err != nil {
		return nil, fmt.Errorf("open a probe: %w", err)
	}
	ear, err := phone.telephones.media.OpenPipe(name+".ear", p.hear, func(media.Event) {})
	if err != nil {
		return nil, fmt.Errorf("open a probe: %w", err)
	}
	terms := media.Terms{Codec: media.PCMU, Send: true, Receive: true}
	p.in.Agree(terms)
	ear.Agree(terms)
	caller.telephones.media.OpenRoom(id.Call(name + ".in")).Arrange([]media.Hearing{{Leg: caller.leg, From: p.in.Name()}})
	phone.telephones.media.OpenRoom(id.Call(name + ".ear")).Arrange([]media.Hearing{
		{Leg: ear.Name(), From: phone.leg}, {Leg: phone.leg, Play: hush},
	})
	return p, nil
}

// send sends one packet.
func (p *probe) send() {
	p.sequence++
	packet := quiet(p.sequence)
	binary.BigEndian.PutUint64(packet[rtpHeader:], probeMark)
	binary.BigEndian.PutUint64(packet[rtpHeader+8:], uint64(time.Since(p.began)))
	p.in.Receive(packet)
}

// quiet is a packet of 20 ms of silence in PCMU.
func quiet(sequence uint16) []byte {
	packet := make([]byte, rtpHeader+samples)
	packet[0] = 2 << 6 // version
	binary.BigEndian.PutUint16(packet[2:], sequence)
	binary.BigEndian.PutUint32(packet[4:], uint32(sequence)*samples)
	binary.BigEndian.PutUint32(packet[8:], 1) // one source, so one name is as good as another
	for i := range packet[rtpHeader:] {
		packet[rtpHeader+i] = 0xff // the least of the positive values of the law
	}
	return packet
}

// hear notes a packet that came; others are not ours.
func (p *probe) hear(packet []byte) {
	if len(packet) != rtpHeader+samples || binary.BigEndian.Uint64(packet[rtpHeader:]) != probeMark {
		return
	}
	took := time.Since(p.began) - time.Duration(binary.BigEndian.Uint64(packet[rtpHeader+8:]))
	p.mu.Lock()
	defer p.mu.Unlock()
	p.took = append(p.took, took)
}

// delays are those measured so far.
func (p *probe) delays() spread {
	p.mu.Lock()
	defer p.mu.Unlock()
	return append(spread(nil), p.took...)
}
