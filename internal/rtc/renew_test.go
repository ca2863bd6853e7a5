package rtc

import (
	"errors"
	"net"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/pion/webrtc/v4"

	"parley/internal/media"
)

// path is a way through the network that can be cut: a NAT with a port of its own on each side.
type path struct {
	outside *net.UDPConn
	to      *net.UDPAddr

	mu     sync.Mutex
	inside map[string]*net.UDPConn
	latest *net.UDPConn // the one of inside that was opened last
	cut    bool
}

func newPath(t *testing.T, to net.Addr) *path {
	t.Helper()
	conn, err := net.ListenUDP("udp4", &net.UDPAddr{IP: net.IPv4(127, 0, 0, 1)})
	if err != nil {
		t.Fatal(err)
	}
	p := &path{outside: conn, to: to.(*net.UDPAddr), inside: map[string]*net.UDPConn{}}
	t.Cleanup(p.close)
	go p.carry()
	return p
}

func (p *path) carry() {
	buffer := make([]byte, 2000)
	for {
		n, from, err := p.outside.ReadFromUDP(buffer)
		if err != nil {
			return
		}
		if conn := p.door(from); conn != nil {
			_, _ = conn.Write(buffer[:n])
		}
	}
}

// door is the socket on the far side for who sends from there; nil when the path is cut.
func (p *path) door(from *net.UDPAddr) *net.UDPConn {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.cut {
		return nil
	}
	conn := p.inside[from.String()]
	if conn != nil {
		return conn
	}
	conn, err := net.DialUDP("udp4", nil, p.to)
	if err != nil {
		return nil
	}
	p.inside[from.String()], p.latest = conn, conn
	go func() {
		buffer := make([]byte, 2000)
		for {
			n, err := conn.Read(buffer)
			if err != nil {
				return
			}
			_, _ = p.outside.WriteToUDP(buffer[:n], from)
		}
	}()
	return conn
}

func (p *path) close() {
	p.mu.Lock()
	p.cut = true
	p.shut()
	p.mu.Unlock()
	_ = p.outside.Close()
}

// say sends a datagram as if it came from the browser.
func (p *path) say(t *testing.T, datagram []byte) {
	t.Helper()
	p.mu.Lock()
	defer p.mu.Unlock()
	if _, err := p.latest.Write(datagram); err != nil {
		t.Fatal(err)
	}
}

// rebind forgets the ports on the far side, as a NAT does that was idle or restarted.
func (p *path) rebind() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.shut()
	clear(p.inside)
}

// shut closes the ports on the far side. The caller holds p.mu.
func (p *path) shut() {
	for _, c := range p.inside {
		_ = c.Close()
	}
}

// through has an answer lead along the path.
func (p *path) through(answer string) string {
	port := strconv.Itoa(p.outside.LocalAddr().(*net.UDPAddr).Port)
	return regexp.MustCompile(`127\.0\.0\.1 \d+ typ host`).ReplaceAllString(answer, "127.0.0.1 "+port+" typ host")
}

// restart is an offer that starts ICE anew.
func (b *browser) restart(t *testing.T) string {
	t.Helper()
	offer, err := b.connection.CreateOffer(&webrtc.OfferOptions{ICERestart: true})
	if err != nil {
		t.Fatal(err)
	}
	if err := b.connection.SetLocalDescription(offer); err != nil {
		t.Fatal(err)
	}
	return offer.SDP
}

// callThrough is a call of two browsers, ann by a path of hers, who sings 700 Hz, and bob, who sings 1000; answer is ours to
// ann's offer.
func (s *site) callThrough(t *testing.T, way *path) (ann, bob *browser, answer string) {
	t.Helper()
	ann = newBrowser(t, nil)
	var err error
	if answer, err = s.Connect("ann", ann.offer(t)); err != nil {
		t.Fatal(err)
	}
	ann.answer(t, way.through(answer))
	eventually(t, "ann connects", func() bool { return s.has("ann", Connected{}) })
	go ann.sing(700)
	bob = s.call(t, "bob", 1000)
	room := s.sound.OpenRoom("call")
	t.Cleanup(room.Close)
	room.Arrange([]media.Hearing{{Leg: "ann", From: "bob"}, {Leg: "bob", From: "ann"}})
	eventually(t, "bob hears ann", func() bool { return bob.hears(700) })
	return ann, bob, answer
}

// TestNetworkChanges: the path between browser and server dies in a call; a renewed offer finds another one, and the
// same leg goes on with the same keys and the same sound (BX-52).
func TestNetworkChanges(t *testing.T) {
	s := newSite(t, 29200)
	old, next := newPath(t, s.port.conn.LocalAddr()), newPath(t, s.port.conn.LocalAddr())
	ann, bob, _ := s.callThrough(t, old)

	old.close()
	eventually(t, "ann's silence is told", func() bool { return s.has("ann", Disconnected{}) })
	answer, err := s.Renew("ann", ann.restart(t))
	if err != nil {
		t.Fatal(err)
	}
	ann.answer(t, next.through(answer))
	eventually(t, "ann is connected again", func() bool {
		told := s.of("ann")
		return told[len(told)-1] == Progress(Connected{}) || len(told) > 3 && s.Stats("ann").State == "connected"
	})
	before := s.Stats("ann").Received
	eventually(t, "sound flows again", func() bool { return s.Stats("ann").Received > before+50 })
	eventually(t, "ann hears bob", func() bool { return ann.hears(1000) })
	eventually(t, "bob hears ann", func() bool { return bob.hears(700) })
}

// TestRenewWhileItWorks: a page that only suspects a change of network restarts ICE on a connection that works.
func TestRenewWhileItWorks(t *testing.T) {
	s := newSite(t, 29210)
	ann := s.call(t, "ann", 700)
	for range 3 {
		answer, err := s.Renew("ann", ann.restart(t))
		if err != nil {
			t.Fatal(err)
		}
		ann.answer(t, answer)
		before := s.Stats("ann").Received
		eventually(t, "sound flows on", func() bool { return s.Stats("ann").Received > before+25 })
	}
	if s.has("ann", Disconnected{}) {
		t.Errorf("told %v", s.of("ann"))
	}
}

func TestRenewRefusals(t *testing.T) {
	s := newSite(t, 29220)
	ann := s.call(t, "ann", 700)
	offer := ann.connection.LocalDescription().SDP
	again := regexp.MustCompile(`(a=ice-ufrag:)\S+`).ReplaceAllString(offer, "${1}abcdefgh")
	for _, c := range []struct {
		name, leg, offer string
		want             error
	}{
		{"nobody", "bob", offer, ErrNoLeg},
		{"no restart", "ann", offer, ErrBadOffer},
		{"nonsense", "ann", "v=0", ErrBadOffer},
		{"another certificate", "ann", regexp.MustCompile(`sha-256 ..`).ReplaceAllString(offer, "sha-256 00"), ErrBadOffer},
		{"another section", "ann", strings.NewReplacer("a=mid:0", "a=mid:1", "BUNDLE 0", "BUNDLE 1").Replace(again), ErrBadOffer},
		{"another codec", "ann", regexp.MustCompile(`SAVPF \d+`).ReplaceAllString(again, "SAVPF 97") + "a=rtpmap:97 PCMU/8000\r\n", ErrBadOffer},
	} {
		t.Run(c.name, func(t *testing.T) {
			if _, err := s.Renew(nameOf(c.leg), c.offer); !errors.Is(err, c.want) {
				t.Errorf("got %v, want %v", err, c.want)
			}
		})
	}
	before := s.Stats("ann").Received
	eventually(t, "refusals disturb nothing", func() bool { return s.Stats("ann").Received > before+25 })
	s.HangUp("ann")
	s.ends(t, "ann", HungUp)
	if _, err := s.Renew("ann", offer); !errors.Is(err, ErrNoLeg) {
		t.Errorf("a leg that has ended: %v", err)
	}
}
