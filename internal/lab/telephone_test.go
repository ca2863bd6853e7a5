package lab

import (
	"math/rand/v2"
	"net"
	"slices"
	"sync"
	"testing"

	"github.com/pion/rtp"
	pion "github.com/pion/srtp/v3"

	"parley/internal/codec"
	"parley/internal/id"
	"parley/internal/media"
	"parley/internal/srtp"
)

// telephone is a far side that the engine has no part in: pion's RTP and SRTP over a socket of its own. It says one tone, and
// keeps what it gets.
type telephone struct {
	t            testing.TB
	name         id.Leg
	codec        media.Codec
	hertz        int
	conn         *net.UDPConn
	to           *net.UDPAddr
	leg          *media.Leg
	terms        media.Terms
	encoder      codec.Encoder
	seal, unseal *pion.Context // nil for plain RTP
	stop         chan struct{}
	gone         sync.WaitGroup

	mu     sync.Mutex // guards what follows
	hushed bool
	queue  []said
	got    []rtp.Packet
	told   []media.Event
}

// said is 20 ms of what a telephone says in place of its tone.
type said struct {
	pcm  []int16  // at the rate of its encoder
	key  [][]byte // or telephone-events (RFC 4733 §2.3)
	past int      // packets since the key went down
}

// payloadOf is the payload type of a codec here.
func payloadOf(c media.Codec) uint8 {
	if static, is := c.StaticPayloadType(); is {
		return static
	}
	return 111
}

// connect gives a new telephone a leg of the engine; change may alter its terms.
func connect(t *testing.T, e *media.Engine, name id.Leg, c media.Codec, hertz int, change func(*telephone)) *telephone {
	t.Helper()
	p := &telephone{t: t, name: name, codec: c, hertz: hertz, conn: soundSocket(t), stop: make(chan struct{})}
	var err error
	if p.encoder, err = codec.NewEncoder(c, codec.Settings{}); err != nil {
		t.Fatal(err)
	}
	p.terms = media.Terms{
		Remote: p.conn.LocalAddr().(*net.UDPAddr).AddrPort(), Codec: c, PayloadType: payloadOf(c), EventType: eventPayload, Mux: true,
		Send: true, Receive: true,
	}
	if change != nil {
		change(p)
	}
	if p.leg, err = e.OpenSocket(name, p.hear); err != nil {
		t.Fatal(err)
	}
	p.leg.Agree(p.terms)
	p.to = &net.UDPAddr{IP: net.IPv4(127, 0, 0, 1), Port: int(p.leg.Port())}
	p.gone.Go(p.speak)
	p.gone.Go(p.listen)
	t.Cleanup(func() {
		close(p.stop)
		_ = p.conn.Close()
		p.gone.Wait()
	})
	return p
}

// encrypted has a telephone use SRTP, with a key for each direction (RFC 3711).
func encrypted(p *telephone) {
	context := func() (srtp.Key, *pion.Context) {
		key := make(srtp.Key, srtp.AES128SHA80.KeyLength())
		for i := range key {
			key[i] = byte(rand.Uint32())
		}
		c, err := pion.CreateContext(key[:16], key[16:], pion.ProtectionProfileAes128CmHmacSha1_80)
		if err != nil {
			p.t.Fatal(err)
		}
		return key, c
	}
	p.terms.Crypto = &media.Crypto{Profile: srtp.AES128SHA80}
	p.terms.Crypto.Receive, p.seal = context()
	p.terms.Crypto.Send, p.unseal = context()
}

func (p *telephone) hear(e media.Event) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.told = append(p.told, e)
}

func (p *telephone) events() []media.Event {
	p.mu.Lock()
	defer p.mu.Unlock()
	return slices.Clone(p.told)
}

// hush makes it silent, or lets it say its tone again.
func (p *telephone) hush(on bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.hushed = on
}

// say has it say something once, and waits until it is said.
func (p *telephone) say(what []said) {
	p.t.Helper()
	p.mu.Lock()
	p.queue = what
	p.mu.Unlock()
	Within(p.t, 2*Patience, string(p.name)+" has said it", func() bool {
		p.mu.Lock()
		defer p.mu.Unlock()
		return len(p.queue) == 0
	})
}

// next is what it says in the nth 20 ms.
func (p *telephone) next(n int) said {
	p.mu.Lock()
	defer p.mu.Unlock()
	if len(p.queue) > 0 {
		one := p.queue[0]
		p.queue = p.queue[1:]
		return one
	}
	rate := p.encoder.Rate()
	pcm := make([]int16, rate/50)
	for i := range pcm {
		if !p.hushed {
			pcm[i] = sineAt(rate, p.hertz, n*len(pcm)+i)
		}
	}
	return said{pcm: pcm}
}

func (p *telephone) speak() {
	units := p.codec.ClockRate() / 50
	h := rtp.Header{Version: 2, SequenceNumber: 65500, SSRC: uint32(p.hertz)} // it wraps soon
	pace(p.stop, func(n int) bool {
		one := p.next(n)
		h.PayloadType, h.Timestamp, h.Marker = p.terms.PayloadType, uint32((n-one.past)*units), false
		payloads := one.key
		if payloads == nil {
			payloads = [][]byte{p.encoder.Encode(nil, one.pcm)}
		} else {
			h.PayloadType = eventPayload
		}
		for i, payload := range payloads {
			h.Marker = one.key != nil && one.past+i == 0
			p.send(&rtp.Packet{Header: h, Payload: payload})
			h.SequenceNumber++
		}
		return true
	})
}

func (p *telephone) send(packet *rtp.Packet) {
	b, err := packet.Marshal()
	if err == nil && p.seal != nil {
		b, err = p.seal.EncryptRTP(nil, b, nil)
	}
	if err != nil {
		p.t.Errorf("%s cannot send: %v", p.name, err)
		return
	}
	_, _ = p.conn.WriteToUDP(b, p.to) // as on any network
}

func (p *telephone) listen() {
	b := make([]byte, 2000)
	for {
		n, err := p.conn.Read(b)
		if err != nil {
			return
		}
		if n > 1 && b[1] >= 192 && b[1] <= 223 { // a report (RFC 5761 §4)
			continue
		}
		whole := slices.Clone(b[:n])
		if p.unseal != nil {
			whole, err = p.unseal.DecryptRTP(nil, whole, nil)
		}
		var packet rtp.Packet
		if err == nil {
			err = packet.Unmarshal(whole)
		}
		if err != nil {
			p.t.Errorf("%s gets what is no packet: %v", p.name, err)
			continue
		}
		p.mu.Lock()
		p.got = append(p.got, packet)
		p.mu.Unlock()
	}
}

// forget drops what it got and was told so far.
func (p *telephone) forget() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.got, p.told = nil, nil
}

func (p *telephone) packets() []rtp.Packet {
	p.mu.Lock()
	defer p.mu.Unlock()
	return slices.Clone(p.got)
}

// heard is the sound that it got, at 8 kHz.
func (p *telephone) heard() []int16 {
	p.t.Helper()
	decoder, err := codec.NewDecoder(p.codec, media.SampleRate)
	if err != nil {
		p.t.Fatal(err)
	}
	var pcm []int16
	for _, packet := range p.packets() {
		if packet.PayloadType == p.terms.PayloadType {
			pcm = decoder.Decode(pcm, packet.Payload)
		}
	}
	return pcm
}
