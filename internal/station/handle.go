package station

import (
	"errors"
	"fmt"
	"time"

	"parley/internal/owner"
)

// Refusals of what the page or a person asks; each says what to do.
var (
	ErrElsewhere  = errors.New("work is started in another tab of the browser: use here to move it")
	ErrInCall     = errors.New("a call is on: end it first")
	ErrRingOver   = errors.New("the call does not ring any more")
	ErrNoVoice    = errors.New("the voice connection is not up yet: wait a moment or reload the page")
	ErrNotStarted = errors.New("work is not started in this browser")
	ErrNoPhone    = errors.New("no registered desk phone is linked to this agent")
	ErrNoPath     = errors.New("your phone is not connected: connect voice first")
	ErrOneCall    = errors.New("you are in one call only")
	ErrPhoneLines = errors.New("your desk phone has both calls: change from one to the other by its keys")
	ErrBothLines  = errors.New("both of your lines are in use: end one of the calls first")
	ErrInvalid    = errors.New("not understood")
)

// turn is the handling of one signal, on a copy of the station: an error leaves the station itself as it was.
type turn struct {
	*Station
	now  time.Time
	lost bool // a device was lost against the agent's wish
	out  Outcome
}

// Handle moves the station on. An error means that nothing has changed. Signals of wires and calls that come late or
// twice are no error: they change nothing but what promises ask for.
func (s *Station) Handle(now time.Time, signal Signal) (Outcome, error) {
	if signal == nil {
		return Outcome{}, fmt.Errorf("no signal: %w", ErrInvalid)
	}
	next := s.draft
	if next == nil {
		next = new(Station)
	}
	s.copyTo(next)
	t := &turn{Station: next, now: now}
	if err := t.take(signal); err != nil {
		return Outcome{}, fmt.Errorf("%s: %w", owner.Word(signal), err)
	}
	t.watchLine()
	t.watchLeaving()
	t.watchHealth()
	past := s.Past
	*s = *next
	s.draft, next.Past = next, past
	return t.out, nil
}

// usual is how many actions room is made for at once: more than most signals lead to.
const usual = 4

func (t *turn) do(actions ...Action) {
	if t.out.Actions == nil {
		t.out.Actions = make([]Action, 0, usual)
	}
	t.out.Actions = append(t.out.Actions, actions...)
}

func (t *turn) tell(events ...Event)                { t.out.Events = append(t.out.Events, events...) }
func (t *turn) after(d time.Duration, timer string) { t.do(SetTimer{Timer: timer, After: d}) }
func (t *turn) stopTimer(timer string)              { t.do(StopTimer{Timer: timer}) }

func (t *turn) take(signal Signal) error {
	switch s := signal.(type) {
	case Start:
		return t.start(s)
	case Stop:
		return t.stop(s)
	case DeskWork:
		return t.deskWork(s)
	case ConnectVoice:
		return t.connectVoice(s)
	case DisconnectVoice:
		return t.disconnectVoice(s)
	case SignOut:
		return t.signOut(s)
	case Answer:
		return t.answer(s)
	case Reject:
		return t.reject(s)
	case Switch:
		return t.switchCalls(s)
	}
	t.heardPage(signal)
	t.heardWire(signal)
	t.heardCall(signal)
	return nil
}

func (t *turn) heardPage(signal Signal) {
	switch s := signal.(type) {
	case EndWork:
		t.Leaving = true
	case Configure:
		t.configure(s)
	case TabSeen:
		t.tabSeen(s.Tab)
	case TabLost:
		if s.Tab == t.Browser.Tab {
			t.Browser.Socket = false
		}
	case RingSeen:
		t.tabSeen(s.Tab)
		t.ringSeen(s)
	}
}

func (t *turn) heardWire(signal Signal) {
	switch s := signal.(type) {
	case LegUp:
		t.legUp(s)
	case LegRinging:
		t.legRinging(s)
	case LegDown:
		t.legDown(s)
	case LegEnded:
		t.legEnded(s)
	case LegReplaced:
		t.legReplaced(s)
	case PhoneRegistered:
		t.phoneRegistered(s)
	case DialledIn:
		t.dialledIn(s)
	case KeyPressed:
		t.keyPressed(s)
	case CueEnded:
		t.cueEnded(s)
	}
}

func (t *turn) heardCall(signal Signal) {
	switch s := signal.(type) {
	case Ring:
		t.ring(s)
	case Take:
		t.takeLine(s)
	case Leave:
		t.leave(s)
	case UseLines:
		t.useLines(s)
	case Merged:
		t.merged(s)
	case Speaks:
		t.speaks(s)
	case Renew:
		t.renew(s)
	case TimeUp:
		t.timeUp(s)
	}
}

const (
	ringTimer   = "ring"   // the whole ring
	ackTimer    = "ack"    // the page's acknowledgement
	nextTimer   = "next"   // the present device's share of a ring
	aliveTimer  = "alive"  // the page's proof of life
	probeTimer  = "probe"  // the next question to a page that sleeps
	returnTimer = "return" // the way back of a browser in a call
	againTimer  = "again"  // the next question for key 1
	takeTimer   = "take"   // the agent's phone is to be answered before a placed call

	ackTime    = 1500 * time.Millisecond // CF-3
	aliveTime  = 45 * time.Second        // SP-33
	probeTime  = 15 * time.Second        // BX-54
	returnTime = 45 * time.Second        // BX-51
	againTime  = 2 * time.Second
	takeTime   = 40 * time.Second
)

func (t *turn) timeUp(s TimeUp) {
	switch s.Timer {
	case ringTimer:
		t.rangOut()
	case ackTimer:
		t.notAcknowledged()
	case nextTimer:
		t.shareOver()
	case aliveTimer:
		t.silent()
	case probeTimer:
		t.probe()
	case returnTimer:
		t.notReturned()
	case againTimer:
		t.askAgain()
	case takeTimer:
		if t.Taking != nil {
			t.takingOver("your phone was not answered")
		}
	}
}
