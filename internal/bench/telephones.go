package bench

import (
	"context"
	"fmt"
	"net/netip"
	"sync"
	"time"

	"parley/internal/id"
	"parley/internal/media"
	"parley/internal/sip"
	"parley/internal/tel"
)

const (
	registerWait = 15 * time.Second // for all telephones to be registered
	callWait     = 10 * time.Second // for anything that a call should do
	closeWait    = 2 * time.Second
	ownTime      = time.Millisecond // each telephone sends at its own moment of the 20 ms, so exactly
)

// telephones is one SIP address with many telephones: callers that need no account, or desk phones that register with
// digest. No sound flows unless somebody arranges it. They are the carrier in the box without its manners, so that what
// they cost does not slow down what is measured.
type telephones struct {
	sip     *sip.Server
	media   *media.Engine
	arrived func(*line) // hears of a call that came, before it rings; it must not wait

	mu    sync.Mutex // guards lines
	lines map[id.Leg]*line
}

// line is one call of a telephone.
type line struct {
	telephones *telephones
	leg        id.Leg
	phone      id.Trunk // which desk phone was called
	came       time.Time
	answered   chan struct{}
	over       chan struct{}
	end        sip.Ended // to be read when over is closed
	up         sync.Once
	sound      *media.Leg // set by speak
}

// openTelephones opens telephones that answer at once and speak the codecs, the best first. Grain is how finely they
// keep time, each its own; 0 has them hear each packet at once.
func openTelephones(first, last uint16, codecs sip.Codecs, grain time.Duration, arrived func(*line)) (*telephones, error) {
	engine, err := media.Open(media.Config{Bind: loopback, First: first, Last: last, Workers: 1, Grain: grain})
	if err != nil {
		return nil, fmt.Errorf("open telephones: %w", err)
	}
	t := &telephones{media: engine, arrived: arrived, lines: map[id.Leg]*line{}}
	server, err := sip.Open(sip.Config{
		Listen: "127.0.0.1:0", Media: engine, Directory: anybody{}, UserAgent: "Parley bench",
		Codecs: codecs,
	}, exchange{t})
	if err != nil {
		engine.Close()
		return nil, fmt.Errorf("open telephones: %w", err)
	}
	t.sip = server // nobody knows the address yet, so nothing has come
	return t, nil
}

func (t *telephones) close() {
	ctx, cancel := context.WithTimeout(context.Background(), closeWait)
	defer cancel()
	t.sip.Close(ctx)
	t.media.Close()
}

// register registers desk phones with digest and waits until all are.
func (t *telephones) register(ctx context.Context, registrar string, crew []member) error {
	var phones []sip.Trunk
	for _, m := range crew {
		phones = append(phones, sip.Trunk{
			ID: id.Trunk(m.username), Name: m.username, Register: true, Registrar: registrar, Transport: "udp",
			Username: m.username, Password: m.password,
		})
	}
	t.sip.SetTrunks(phones)
	ctx, cancel := context.WithTimeout(ctx, registerWait)
	defer cancel()
	for _, p := range phones {
		for {
			state, _ := t.sip.TrunkState(p.ID)
			if state.Registered {
				break
			}
			if err := pause(ctx, 5*time.Millisecond); err != nil {
				return fmt.Errorf("register the desk phone %s: %s: %w", p.Username, state.Problem, err)
			}
		}
	}
	return nil
}

// dial calls a number at a SIP address.
func (t *telephones) dial(number tel.Number, at string) *line {
	l := t.enter(id.New[id.Leg](), "")
	t.sip.Dial(l.leg, sip.Target{URI: fmt.Sprintf("sip:%s@%s;transport=udp", number, at), From: "+12025550199"})
	return l
}

func (t *telephones) enter(leg id.Leg, phone id.Trunk) *line {
	l := &line{telephones: t, leg: leg, phone: phone, came: time.Now(), answered: make(chan struct{}), over: make(chan struct{})}
	t.mu.Lock()
	defer t.mu.Unlock()
	t.lines[leg] = l
	return l
}

func (t *telephones) find(leg id.Leg) *line {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.lines[leg]
}

// awaitAnswer waits until the call is answered.
func (l *line) awaitAnswer(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, callWait)
	defer cancel()
	select {
	case <-l.answered:
		return nil
	case <-l.over:
		return fmt.Errorf("call not answered: it ended with %d", l.end.Code)
	case <-ctx.Done():
		return fmt.Errorf("call not answered: %w", ctx.Err())
	}
}

// awaitEnd waits until the call is over.
func (l *line) awaitEnd(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, callWait)
	defer cancel()
	select {
	case <-l.over:
		return nil
	case <-ctx.Done():
		return fmt.Errorf("call does not end: %w", ctx.Err())
	}
}

// ended reports whether the call is over.
func (l *line) ended() bool {
	select {
	case <-l.over:
		return true
	default:
		return false
	}
}

// hangUp ends the call; one that has ended is let be.
func (l *line) hangUp() { _ = l.telephones.sip.HangUp(l.leg, tel.CauseNormal) }

// take rings and answers, like a person with quick hands. A call that is gone already needs neither.
func (l *line) take() {
	_ = l.telephones.sip.Ring(l.leg)
	_ = l.telephones.sip.Answer(l.leg)
}

// exchange hears the wire for its telephones.
type exchange struct{ telephones *telephones }

// Arrived takes a call.
func (x exchange) Arrived(in sip.Incoming) {
	l := x.telephones.enter(in.Leg, in.Trunk)
	if x.telephones.arrived != nil {
		x.telephones.arrived(l)
	}
	l.take()
}

// Happened notes the answer and the end.
func (x exchange) Happened(leg id.Leg, what sip.Progress) {
	l := x.telephones.find(leg)
	if l == nil {
		return
	}
	switch e := what.(type) {
	case sip.Answered:
		l.up.Do(func() { close(l.answered) })
	case sip.Ended:
		x.telephones.mu.Lock()
		delete(x.telephones.lines, leg)
		x.telephones.mu.Unlock()
		l.end = e
		close(l.over)
	}
}

// Registered never comes: nobody registers here.
func (exchange) Registered(sip.Registration) {}

// Unregistered never comes.
func (exchange) Unregistered(sip.Registration) {}

// anybody lets everybody call.
type anybody struct{}

// TrunkAt finds the one trunk that everybody calls through.
func (anybody) TrunkAt(netip.Addr) (sip.Trunk, bool) {
	return sip.Trunk{ID: "anybody", Name: "anybody"}, true
}

// Device finds nothing.
func (anybody) Device(string, string) (sip.Device, bool) { return sip.Device{}, false }
