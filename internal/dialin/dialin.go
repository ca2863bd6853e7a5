// Package dialin decides what happens to who calls a number by which agents connect their voice (VC-2): it asks for agent
// id and PIN. The keys themselves never come here: they go to a vault, which tells how many there were and whether they fit.
package dialin

import (
	"errors"
	"fmt"
	"time"

	"parley/internal/id"
	"parley/internal/owner"
	"parley/internal/tel"
)

// Stage is how far a caller has come.
type Stage string

// The stages.
const (
	Fresh    Stage = ""
	Ringing  Stage = "ringing"
	AtID     Stage = "id"
	AtPIN    Stage = "pin"
	Checking Stage = "checking"
	Leaving  Stage = "leaving" // hears why, and is hung up
	Over     Stage = "over"
)

// maxTries is how often one caller may key id and PIN.
const maxTries = 3

// DialIn is one such call. Only its owner may touch it; it is plain data.
type DialIn struct {
	Leg   id.Leg `json:"leg"`
	Stage Stage  `json:"stage,omitempty"`
	Tries int    `json:"tries,omitempty"`
	Keyed bool   `json:"keyed,omitempty"` // something of the present field
}

// New gives the call on a leg that has just come.
func New(leg id.Leg) *DialIn { return &DialIn{Leg: leg} }

// Ended tells whether the leg is another's now, or gone.
func (d *DialIn) Ended() bool { return d.Stage == Over }

const (
	keyTimer  = "key"  // the next key
	lifeTimer = "life" // all of it

	firstTime = 20 * time.Second // for the first key of a field
	nextTime  = 5 * time.Second  // for each one after it
	lifeTime  = 3 * time.Minute
)

// ErrInvalid is the refusal of what is no signal.
var ErrInvalid = errors.New("not understood")

// Handle moves the call on. What comes late or twice changes nothing.
func (d *DialIn) Handle(_ time.Time, signal Signal) (Outcome, error) {
	t := &turn{DialIn: d}
	switch s := signal.(type) {
	case Begin:
		t.begin()
	case LegUp:
		t.legUp()
	case LegEnded:
		d.Stage = Over
	case KeyPressed:
		t.keyPressed()
	case FieldDone:
		t.fieldDone()
	case Checked:
		t.checked(s)
	case Said:
		t.said()
	case TimeUp:
		t.timeUp(s)
	default:
		return Outcome{}, fmt.Errorf("%s: %w", owner.Word(signal), ErrInvalid)
	}
	return t.out, nil
}

type turn struct {
	*DialIn
	out Outcome
}

func (t *turn) do(all ...Action) { t.out.Actions = append(t.out.Actions, all...) }

func (t *turn) begin() {
	if t.Stage == Fresh {
		t.Stage = Ringing
		t.do(Answer{Leg: t.Leg}, SetTimer{Timer: lifeTimer, After: lifeTime})
	}
}

func (t *turn) legUp() {
	if t.Stage == Ringing {
		t.ask(AtID, AskID)
	}
}

// ask has the caller key a field.
func (t *turn) ask(field Stage, words ...Words) {
	t.Stage, t.Keyed = field, false
	most := MostID
	if field == AtPIN {
		most = PINLength
	}
	t.do(Collect{Leg: t.Leg, Field: field, Most: most}, Say{Leg: t.Leg, Words: words}, SetTimer{Timer: keyTimer, After: firstTime})
}

func (t *turn) asks() bool { return t.Stage == AtID || t.Stage == AtPIN }

// keyPressed ends what is said with the first key, and waits for the next one.
func (t *turn) keyPressed() {
	if !t.asks() {
		return
	}
	if !t.Keyed {
		t.Keyed = true
		t.do(Hush{Leg: t.Leg})
	}
	t.do(SetTimer{Timer: keyTimer, After: nextTime})
}

func (t *turn) fieldDone() {
	if !t.asks() {
		return
	}
	t.do(Hush{Leg: t.Leg})
	if t.Stage == AtID {
		t.ask(AtPIN, AskPIN)
		return
	}
	t.Stage = Checking
	t.do(StopTimer{Timer: keyTimer}, Check{Leg: t.Leg})
}

func (t *turn) checked(s Checked) {
	switch {
	case t.Stage != Checking:
	case s.Verdict == Fits && s.Agent != "":
		t.Stage = Over
		t.do(Pass{Leg: t.Leg, Agent: s.Agent})
	case s.Verdict == Locked:
		t.leave(Later)
	default:
		t.again(Wrong)
	}
}

// again asks for id and PIN anew, unless it was tried too often.
func (t *turn) again(why ...Words) {
	t.Tries++
	if t.Tries >= maxTries {
		t.leave(append(why, Later)...)
		return
	}
	t.ask(AtID, append(why, AskID)...)
}

// leave says why and hangs up.
func (t *turn) leave(words ...Words) {
	t.Stage = Leaving
	t.do(StopTimer{Timer: keyTimer}, Say{Leg: t.Leg, Words: words})
}

func (t *turn) said() {
	if t.Stage == Leaving {
		t.hangUp()
	}
}

func (t *turn) hangUp() {
	t.Stage = Over
	t.do(End{Leg: t.Leg, Cause: tel.CauseNormal})
}

func (t *turn) timeUp(s TimeUp) {
	switch {
	case t.Stage == Over:
	case s.Timer == lifeTimer:
		t.hangUp()
	case s.Timer != keyTimer || !t.asks():
	case t.Keyed: // what was keyed is all there is
		t.fieldDone()
	default:
		t.again()
	}
}
