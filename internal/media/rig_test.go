package media

import (
	"math"
	"net"
	"net/netip"
	"sync"
	"testing"
	"time"

	"parley/internal/codec"
	"parley/internal/id"
)

var loopback = netip.MustParseAddr("127.0.0.1")

func openEngine(t testing.TB, workers int) *Engine {
	t.Helper()
	e, err := Open(Config{First: 23000, Last: 23999, Workers: workers})
	if err != nil {
		t.Fatal(err)
	}
	e.full = 0 // so that legs are spread, and move
	t.Cleanup(e.Close)
	return e
}

// eventually waits until a condition holds, at most ten seconds.
func eventually(t testing.TB, what string, holds func() bool) {
	t.Helper()
	clock := time.NewTicker(2 * time.Millisecond)
	defer clock.Stop()
	deadline := time.After(10 * time.Second)
	for !holds() {
		select {
		case <-clock.C:
		case <-deadline:
			t.Fatalf("waited in vain for: %s", what)
		}
	}
}

// log keeps the events of legs.
type log struct {
	mu     sync.Mutex
	events []Event
}

func (l *log) hear(e Event) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.events = append(l.events, e)
}

func (l *log) all() []Event {
	l.mu.Lock()
	defer l.mu.Unlock()
	return append([]Event(nil), l.events...)
}

func (l *log) has(e Event) bool {
	for _, other := range l.all() {
		if other == e {
			return true
		}
	}
	return false
}

func sine(hertz float64, d time.Duration) []int16 { return sineAt(SampleRate, hertz, d) }

func sineAt(rate int, hertz float64, d time.Duration) []int16 {
	pcm := make([]int16, unitsIn(int64(d), int64(rate)))
	for i := range pcm {
		pcm[i] = int16(8000 * math.Sin(2*math.Pi*hertz*float64(i)/float64(rate)))
	}
	return pcm
}

type packet struct {
	header
	payload []byte
	at      time.Time
}

// phone is a SIP phone's sound: a socket that sends a tone and keeps what it gets.
type phone struct {
	t       testing.TB
	conn    *net.UDPConn
	codec   Codec
	encoder codec.Encoder
	event   uint8
	to      netip.AddrPort

	mu      sync.Mutex
	shield  shield
	reports [][]byte
	got     []packet
	next    header
	stop    chan struct{}
	gone    sync.WaitGroup
}

// typeOf is the payload type that phones use for a codec.
func typeOf(c Codec) uint8 {
	if pt, static := c.StaticPayloadType(); static {
		return pt
	}
	return 111
}

func newPhone(t testing.TB, c Codec) *phone {
	t.Helper()
	conn, err := net.ListenUDP("udp4", &net.UDPAddr{IP: net.IPv4(127, 0, 0, 1)})
	if err != nil {
		t.Fatal(err)
	}
	p := &phone{t: t, conn: conn, codec: c, event: 101, stop: make(chan struct{})}
	var err2 error
	if p.encoder, err2 = codec.NewEncoder(c, codec.Settings{}); err2 != nil {
		t.Fatal(err2)
	}
	p.next = header{marker: true, payloadType: typeOf(c), sequence: 65530, timestamp: 1<<32 - 400, ssrc: uint32(conn.LocalAddr().(*net.UDPAddr).Port)}
	p.gone.Go(p.listen)
	t.Cleanup(p.close)
	return p
}

func (p *phone) close() {
	select {
	case <-p.stop:
		return
	default:
	}
	close(p.stop)
	p.conn.Close()
	p.gone.Wait()
}

func (p *phone) listen() {
	b := make([]byte, 2000)
	for {
		n, err := p.conn.Read(b)
		if err != nil {
			return
		}
		p.mu.Lock()
		if isControl(b[:n]) {
			p.reports = append(p.reports, append([]byte(nil), b[:n]...))
			p.mu.Unlock()
			continue
		}
		plain, _ := p.shield.open(b[:n], false)
		p.mu.Unlock()
		h, payload, ok := parseRTP(plain)
		if !ok {
			p.t.Errorf("phone got %d bytes that are no RTP", n)
			continue
		}
		p.mu.Lock()
		p.got = append(p.got, packet{h, append([]byte(nil), payload...), time.Now()})
		p.mu.Unlock()
	}
}

func (p *phone) addr() netip.AddrPort { return p.conn.LocalAddr().(*net.UDPAddr).AddrPort() }

func (p *phone) packets() []packet {
	p.mu.Lock()
	defer p.mu.Unlock()
	return append([]packet(nil), p.got...)
}

func (p *phone) forget() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.got = nil
}

// heard is the sound of the last n packets.
func (p *phone) heard(n int) []int16 {
	decoder, err := codec.NewDecoder(p.codec, 0)
	if err != nil {
		p.t.Fatal(err)
	}
	var pcm []int16
	got := p.packets()
	for _, one := range got[max(0, len(got)-n):] {
		if one.payloadType == typeOf(p.codec) {
			pcm = decoder.Decode(pcm, one.payload)
		}
	}
	return pcm
}

func (p *phone) hears(hertz float64) bool {
	pcm := p.heard(10)
	if len(pcm) < p.codec.Rate()/5 {
		return false
	}
	found, strength := Ear{Rate: p.codec.Rate()}.Dominant(pcm)
	return math.Abs(found-hertz) < 5 && strength > 0.1
}

func (p *phone) write(h header, payload []byte) {
	b := make([]byte, headerSize, headerSize+len(payload))
	h.put(b)
	p.mu.Lock()
	b, _ = p.shield.protect(append(b, payload...), false)
	p.mu.Unlock()
	_, _ = p.conn.WriteToUDPAddrPort(b, p.to) // as on any network, it may be lost
}

// say sends 20 ms of sound.
func (p *phone) say(pcm []int16) {
	p.mu.Lock()
	h := p.next
	p.next.marker = false
	p.next.sequence++
	p.next.timestamp += uint32(len(pcm) * p.codec.ClockRate() / p.codec.Rate())
	p.mu.Unlock()
	p.write(h, p.encoder.Encode(nil, pcm))
}

// hum sends a tone in real time until the phone is closed. As a phone's own clock does, it makes up for ticks that a
// busy machine leaves out.
func (p *phone) hum(hertz float64) {
	p.gone.Go(func() {
		pcm := sineAt(p.codec.Rate(), hertz, time.Second)
		n := len(pcm) / 50
		clock := time.NewTicker(20 * time.Millisecond)
		defer clock.Stop()
		start := time.Now()
		for i := 0; ; {
			for ; time.Since(start) >= time.Duration(i)*20*time.Millisecond; i++ {
				at := i % 50 * n
				p.say(pcm[at : at+n])
			}
			select {
			case <-clock.C:
			case <-p.stop:
				return
			}
		}
	})
}

func (p *phone) terms() Terms {
	return Terms{Remote: p.addr(), Codec: p.codec, PayloadType: typeOf(p.codec), EventType: p.event, Send: true, Receive: true}
}

// dial gives the phone a leg.
func (p *phone) dial(e *Engine, name id.Leg, hear func(Event)) *Leg {
	p.t.Helper()
	l, err := e.OpenSocket(name, hear)
	if err != nil {
		p.t.Fatal(err)
	}
	l.Agree(p.terms())
	p.to = netip.AddrPortFrom(loopback, l.Port())
	return l
}
