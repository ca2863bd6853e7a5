package station

import (
	"fmt"

	"parley/internal/id"
	"parley/internal/tel"
)

// Mode says how the agent's voice reaches us in a session (VC-1).
type Mode string

// The modes; empty is Web.
const (
	ByWeb    Mode = "web"
	ByCallMe Mode = "call_me"
	ByCallIn Mode = "call_in"
)

// Voice is what the agent chose for a session. Without a mode the softphone and the devices of AG-5 ring.
type Voice struct {
	Mode Mode `json:"mode,omitempty"`
	// Persistent: the path stays up between calls, and each customer comes by a beep (VC-5). CallIn is never otherwise.
	Persistent bool `json:"persistent,omitempty"`
	// What CallMe rings: a number through a trunk, or a phone of the house.
	Number tel.Number `json:"number,omitempty"`
	Phone  id.Device  `json:"phone,omitempty"`
}

// telephone tells whether the session's voice comes by telephone.
func (v Voice) telephone() bool { return v.Mode == ByCallMe || v.Mode == ByCallIn }

func (v Voice) device() Device {
	if v.telephone() {
		return Device(v.Mode)
	}
	return Browser
}

func (v Voice) check() error {
	switch {
	case v.Mode == ByCallIn && v.Persistent && v.Number == "" && v.Phone == "":
	case v.Mode == ByCallMe && (v.Number == "") != (v.Phone == ""):
	default:
		return fmt.Errorf("a voice by %q needs what it rings: %w", v.Mode, ErrInvalid)
	}
	return nil
}

// Path is the leg of a persistent session by telephone; between calls it is in none.
type Path struct {
	Leg id.Leg `json:"leg,omitempty"`
	Up  bool   `json:"up,omitempty"`
	// Worked says that it has been up in this session: a loss is told, and found at the next delivery (VC-8).
	Worked bool `json:"worked,omitempty"`
}

// PathState is how a persistent path by telephone stands, for screens; empty when there is none to stand.
type PathState string

// The states of a path.
const (
	PathAwaited    PathState = "awaited"    // the agent has not dialled in yet
	PathConnecting PathState = "connecting" // the agent's phone is called
	PathUp         PathState = "up"
	PathLost       PathState = "lost" // VC-6
)

func (s *Station) pathState() PathState {
	switch {
	case !s.Voice.telephone() || !s.Voice.Persistent:
		return ""
	case s.Path.Up:
		return PathUp
	case s.Path.Leg != "":
		return PathConnecting
	case s.Path.Worked || s.Voice.Mode == ByCallMe:
		return PathLost
	}
	return PathAwaited
}

// Cue is what a leg of the station hears while it is in no call.
type Cue string

// The cues. Accept asks for key 1, Beep announces a call, Waiting is what a path hears between calls.
const (
	Quiet   Cue = "quiet"
	Accept  Cue = "accept"
	Beep    Cue = "beep"
	Waiting Cue = "waiting"
)

// connectVoice begins a session by telephone; the same once more connects a path that is not up.
func (t *turn) connectVoice(s ConnectVoice) error {
	if err := s.Voice.check(); err != nil {
		return err
	}
	if s.Voice == t.Voice && (!s.Voice.Persistent || t.Path.Leg != "") {
		return nil
	}
	if t.Line != nil || t.Taking != nil {
		return ErrInCall
	}
	if t.Browser.Tab != "" {
		t.do(TakenOver{Tab: t.Browser.Tab})
		t.stopBrowser(false)
	}
	if s.Voice != t.Voice {
		t.endVoice()
		t.Voice = s.Voice
		if !s.Voice.Persistent {
			t.tell(Started{Device: CallMe})
		}
	}
	if s.Voice.Mode == ByCallMe && s.Voice.Persistent {
		t.Path.Leg = t.dial(s.Voice.Number, s.Voice.Phone, "")
	}
	return nil
}

func (t *turn) disconnectVoice(s DisconnectVoice) error {
	switch {
	case !t.Voice.telephone():
		return ErrNotStarted
	case (t.talksByVoice() || t.Taking != nil) && !s.Sure:
		return ErrInCall
	}
	t.endVoice()
	return nil
}

// talksByVoice tells whether the agent's call sounds through the session's telephone.
func (s *Station) talksByVoice() bool {
	return s.Line != nil && (s.Line.Device == CallMe || s.Line.Device == CallIn)
}

// endVoice ends a session by telephone, and the agent's part in a call that sounds through it.
func (t *turn) endVoice() {
	if !t.Voice.telephone() {
		return
	}
	d := t.Voice.device()
	if t.Taking != nil {
		t.takingOver("the voice connection was ended")
	}
	if t.talksByVoice() {
		line := *t.Line
		t.do(TellLost{Call: line.Call})
		t.loseOther()
		t.endDialled(&line, tel.CauseNormal)
		t.freeLine()
	}
	if a := t.attempt(d); a != nil && a.Leg != "" {
		t.do(EndLeg{Leg: a.Leg, Cause: tel.CauseNormal})
	}
	began := !t.Voice.Persistent || t.Path.Worked
	if t.Path.Leg != "" {
		t.do(EndLeg{Leg: t.Path.Leg, Cause: tel.CauseNormal})
	}
	t.Voice, t.Path = Voice{}, Path{}
	if began {
		t.tell(Stopped{Device: d})
	}
	t.attemptOver(d, Failed)
}

// signOut ends the work that was started from a page. What is done on the desk phone goes on.
func (t *turn) signOut(s SignOut) error {
	if t.Browser.Tab != "" && t.Browser.Tab != s.Tab {
		return ErrElsewhere
	}
	busy := t.talksHere() || t.talksByVoice() || t.Taking != nil
	if busy && !s.Sure {
		return ErrInCall
	}
	t.endVoice()
	if t.talksHere() {
		t.loseLine()
	}
	if t.Browser.Tab != "" {
		t.stopBrowser(false)
	}
	return nil
}
