// Package carrier is a telephone network in the box: SIP peers that place, answer, speak, key, listen and measure.
package carrier

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/netip"
	"slices"
	"strings"
	"sync"
	"time"

	"parley/internal/codec"
	"parley/internal/id"
	"parley/internal/media"
	"parley/internal/sip"
)

// ErrClosed means that the carrier is closed.
var ErrClosed = errors.New("the carrier is closed")

// Config says how a Carrier is opened.
type Config struct {
	Listen      string // SIP, host:port; empty means 127.0.0.1 and a free port
	First, Last uint16 // RTP ports, both included; 0 means 25000 to 28999
	Log         *slog.Logger
	// Codecs are those it speaks, in its order of preference; zero means PCMU and PCMA.
	Codecs sip.Codecs
	// Answer says what the carrier does with a call that reaches it; nil means that the
	// called number decides (see NumberAnswers). It must not wait.
	Answer func(called, caller string) Behaviour
	// Arrived, if not nil, hears of each call that reaches the carrier, before it rings. It must not wait.
	Arrived func(*Call)
}

// Carrier is one SIP address with the calls that it placed and took. Its methods may be called from any goroutine.
type Carrier struct {
	config Config
	log    *slog.Logger
	media  *media.Engine
	sip    *sip.Server
	dial   func(id.Leg, sip.Target) // what it begins lives as long as the carrier, whatever becomes of who asked for it
	open   chan struct{}            // closed when sip is there

	mu     sync.Mutex // guards what follows
	calls  map[id.Leg]*Call
	closed bool
}

// Open listens for calls.
func Open(config Config) (*Carrier, error) {
	if config.Listen == "" {
		config.Listen = "127.0.0.1:0"
	}
	if config.First == 0 && config.Last == 0 {
		config.First, config.Last = 25000, 28999
	}
	if config.Codecs == (sip.Codecs{}) {
		config.Codecs = sip.Codecs{codec.PCMU, codec.PCMA}
	}
	if config.Log == nil {
		config.Log = slog.New(slog.DiscardHandler)
	}
	c := &Carrier{config: config, log: config.Log, open: make(chan struct{}), calls: map[id.Leg]*Call{}}
	if c.config.Answer == nil {
		c.config.Answer = newNumbers(c.log).behaviour
	}
	engine, err := media.Open(media.Config{Bind: bindOf(config.Listen), First: config.First, Last: config.Last, Log: c.log})
	if err != nil {
		return nil, fmt.Errorf("open carrier: %w", err)
	}
	server, err := sip.Open(sip.Config{
		Listen: config.Listen, Media: engine, Directory: anybody{}, Log: c.log, UserAgent: "Parley carrier in the box",
		Codecs: config.Codecs,
	}, exchange{c})
	if err != nil {
		engine.Close()
		return nil, fmt.Errorf("open carrier: %w", err)
	}
	c.media, c.sip, c.dial = engine, server, server.Dial
	close(c.open)
	return c, nil
}

// bindOf is the address for sound that goes with an address for SIP; a name leaves the choice to media.
func bindOf(listen string) netip.Addr {
	at, err := netip.ParseAddrPort(listen)
	if err != nil {
		return netip.Addr{}
	}
	return at.Addr()
}

// Addr is where the carrier takes SIP, UDP and TCP alike.
func (c *Carrier) Addr() netip.AddrPort { return c.sip.Addr() }

// Close hangs up every call and waits, two seconds at most, until the far sides know.
func (c *Carrier) Close() {
	c.mu.Lock()
	c.closed = true
	c.mu.Unlock()
	ctx, cancel := context.WithTimeout(context.Background(), 2*time.Second)
	defer cancel()
	c.sip.Close(ctx)
	for _, k := range c.Calls() {
		k.finish(sip.Ended{Code: 503})
	}
	c.media.Close()
}

// Call places a call. What becomes of it is heard from the Call, failures included; when ctx is done before the call
// is answered, it is hung up.
func (c *Carrier) Call(ctx context.Context, target sip.Target, b Behaviour) (*Call, error) {
	k := newCall(c, id.New[id.Leg](), b)
	k.called, k.caller = target.URI, target.From
	c.mu.Lock()
	if c.closed {
		c.mu.Unlock()
		return nil, fmt.Errorf("call %s: %w", target.URI, ErrClosed)
	}
	c.calls[k.leg] = k
	c.mu.Unlock()
	c.dial(k.leg, target)
	k.openSound()
	k.giveUpWith(ctx)
	return k, nil
}

// Calls lists the calls that have not ended, those that reached the carrier too, the oldest first.
func (c *Carrier) Calls() []*Call {
	c.mu.Lock()
	defer c.mu.Unlock()
	live := make([]*Call, 0, len(c.calls))
	for _, k := range c.calls {
		live = append(live, k)
	}
	slices.SortFunc(live, func(a, b *Call) int { return strings.Compare(string(a.leg), string(b.leg)) })
	return live
}

func (c *Carrier) find(leg id.Leg) *Call {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.calls[leg]
}

func (c *Carrier) forget(leg id.Leg) {
	c.mu.Lock()
	defer c.mu.Unlock()
	delete(c.calls, leg)
}

// exchange hears the wire for its carrier.
type exchange struct{ carrier *Carrier }

// Arrived takes a call and begins to do what the called number does.
func (x exchange) Arrived(in sip.Incoming) {
	c := x.carrier
	<-c.open // a call may come while Open still returns
	k := newCall(c, in.Leg, c.config.Answer(in.To, in.From))
	k.incoming, k.called, k.caller = true, in.To, in.From
	c.mu.Lock()
	c.calls[k.leg] = k
	c.mu.Unlock()
	k.openSound()
	if c.config.Arrived != nil {
		c.config.Arrived(k)
	}
	k.take()
}

// Happened takes what a leg did to its call.
func (x exchange) Happened(leg id.Leg, what sip.Progress) {
	if k := x.carrier.find(leg); k != nil {
		k.happened(what)
	}
}

// Registered never comes: nobody registers here.
func (exchange) Registered(sip.Registration) {}

// Unregistered never comes.
func (exchange) Unregistered(sip.Registration) {}

// anybody is the directory of a network that takes calls from everyone and knows no devices.
type anybody struct{}

// TrunkAt finds the one trunk that everybody calls through.
func (anybody) TrunkAt(netip.Addr) (sip.Trunk, bool) {
	return sip.Trunk{ID: "everybody", Name: "everybody"}, true
}

// Device finds nothing.
func (anybody) Device(string, string) (sip.Device, bool) { return sip.Device{}, false }
