package rtc

import (
	"time"

	"parley/internal/media"
)

const (
	// connectTimeout is how long a browser may take from the answer to the end of the DTLS handshake.
	connectTimeout = 15 * time.Second
	// silenceTimeout is how long nothing at all may come from a browser before its leg counts as disconnected.
	silenceTimeout = 5 * time.Second
	// returnTimeout is how long a disconnected browser may take to come back. With silenceTimeout it makes the
	// 45 s that a leg waits (BX-51).
	returnTimeout = 40 * time.Second
)

// state is where a leg stands.
type state string

const (
	connecting   state = "connecting"
	connected    state = "connected"
	disconnected state = "disconnected"
	ended        state = "ended"
)

// signal is one thing a leg's machine hears.
type signal interface{ signal() }

type (
	begun   struct{} // the answer is on its way to the browser
	reached struct{} // ICE and DTLS are up
	missed  struct{} // nothing comes from the browser any more
	broken  struct{} // ICE or DTLS failed for good
	left    struct{} // the browser closed DTLS
	hangUp  struct{} // we want the leg to end
	closing struct{} // the server is closing
	timeUp  struct{ Timer timerName }
	heard   struct{ Event media.Event }
)

func (begun) signal()   {}
func (reached) signal() {}
func (missed) signal()  {}
func (broken) signal()  {}
func (left) signal()    {}
func (hangUp) signal()  {}
func (closing) signal() {}
func (timeUp) signal()  {}
func (heard) signal()   {}

// timerName names one of a leg's timers.
type timerName string

const (
	connectTimer timerName = "connect"
	returnTimer  timerName = "return"
)

// action is one thing a leg's wire is to do.
type action interface{ action() }

type (
	setTimer struct {
		Timer timerName
		After time.Duration
	}
	stopTimer struct{ Timer timerName }
	tearDown  struct{} // close the connection and its sound
)

func (setTimer) action()  {}
func (stopTimer) action() {}
func (tearDown) action()  {}

// outcome is what follows from a signal: first the actions, then what is told.
type outcome struct {
	Do   []action
	Tell []Progress
}

// machine decides for one leg: connecting → connected ⇄ disconnected → ended.
type machine struct {
	state state
}

func newMachine() *machine { return &machine{state: connecting} }

// Ended tells whether the leg is over; no signal is read after that.
func (m *machine) Ended() bool { return m.state == ended }

// Handle moves the leg on. It never refuses: what does not fit the state changes nothing, because what is told of a
// connection from several sides may come late or twice.
func (m *machine) Handle(_ time.Time, s signal) (outcome, error) {
	switch s := s.(type) {
	case begun:
		return outcome{Do: []action{setTimer{connectTimer, connectTimeout}}}, nil
	case reached:
		return m.reached(), nil
	case missed:
		return m.missed(), nil
	case broken:
		return m.end(Failed), nil
	case left:
		return m.end(BrowserLeft), nil
	case hangUp:
		return m.end(HungUp), nil
	case closing:
		return m.end(Shutdown), nil
	case timeUp:
		return m.timeUp(s.Timer), nil
	case heard:
		return outcome{Tell: []Progress{Sound(s)}}, nil
	}
	return outcome{}, nil
}

func (m *machine) reached() outcome {
	timer := connectTimer
	switch m.state {
	case connecting:
	case disconnected:
		timer = returnTimer
	default:
		return outcome{}
	}
	m.state = connected
	return outcome{Do: []action{stopTimer{timer}}, Tell: []Progress{Connected{}}}
}

func (m *machine) missed() outcome {
	if m.state != connected { // a leg that is still connecting has its own, shorter timer
		return outcome{}
	}
	m.state = disconnected
	return outcome{Do: []action{setTimer{returnTimer, returnTimeout}}, Tell: []Progress{Disconnected{}}}
}

func (m *machine) timeUp(timer timerName) outcome {
	switch {
	case timer == connectTimer && m.state == connecting:
		return m.end(NotConnected)
	case timer == returnTimer && m.state == disconnected:
		return m.end(Lost)
	}
	return outcome{}
}

func (m *machine) end(why Reason) outcome {
	if m.state == ended {
		return outcome{}
	}
	m.state = ended
	return outcome{Do: []action{tearDown{}}, Tell: []Progress{Ended{Reason: why, Cause: why.Cause()}}}
}
