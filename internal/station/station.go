package station

import (
	"slices"
	"time"

	"parley/internal/id"
	"parley/internal/tel"
)

// Station is one agent's voice. Only its owner may touch it; it is plain data.
type Station struct {
	Agent     id.Agent `json:"agent"`
	Org       id.Org   `json:"org"`
	Preferred Device   `json:"preferred"`
	Strategy  Strategy `json:"strategy"`
	Browser   Page     `json:"browser,omitzero"`
	Phone     Phone    `json:"phone,omitzero"`
	// Number is the receiving number (US-9); it rings while work is started anywhere.
	Number tel.Number `json:"number,omitempty"`
	Direct []Device   `json:"direct,omitempty"` // that ring for direct calls (PR-3); empty: all; replaced, never changed
	Voice  Voice      `json:"voice,omitzero"`
	Path   Path       `json:"path,omitzero"`
	// Taking is a call that the agent places, while the agent's own phone is called first.
	Taking *Taking  `json:"taking,omitempty"`
	Ring   *Ringing `json:"ring,omitempty"`
	// Line is the call that the agent speaks in, Other the one on the other line, which waits (SP-25); with one call there is no
	// Other. Line 2 of a transfer is the call's. Turn counts the changes from one call to the other.
	Line  *Line `json:"line,omitempty"`
	Other *Line `json:"other,omitempty"`
	Turn  int   `json:"turn,omitempty"`
	Next  int   `json:"next"` // numbers the legs that the station dials: "<agent>.s<n>"
	// Leaving says that a supervisor has taken the agent off work, for when the call has ended.
	Leaving bool `json:"leaving,omitempty"`
	// Health is what the ACD was told last: up, asleep, or empty for down.
	Health Health `json:"health,omitempty"`
	// Past holds the latest offers that are over, so that twins of their signals are known for what they are.
	Past []id.Offer `json:"past,omitempty"`

	draft *Station // room for the next turn's copy, so that a signal need not make it anew; its content means nothing
}

// Health is how the agent's devices are, as the ACD knows them.
type Health string

// The healths; a station starts with none.
const (
	Up     Health = "up"
	Asleep Health = "asleep"
)

// New gives the station of an agent who has started no work yet.
func New(agent id.Agent, org id.Org) *Station {
	return &Station{Agent: agent, Org: org, Preferred: Browser, Strategy: Sequential}
}

// Anew is the station that takes the place of one that broke. It goes on numbering legs, since the old ones may not have
// ended yet.
func (s *Station) Anew() *Station {
	fresh := New(s.Agent, s.Org)
	fresh.Next = s.Next
	return fresh
}

// Ended is always false: a station lives as long as its agent's profile.
func (s *Station) Ended() bool { return false }

// Copy gives the state to somebody else: what happens to the station later does not change it.
func (s *Station) Copy() Station {
	var d Station
	s.copyTo(&d)
	return d
}

// copyTo makes d as s is, in the list that d has already.
func (s *Station) copyTo(d *Station) {
	past := d.Past[:0]
	*d = *s
	d.draft, d.Past = nil, nil
	if s.Past != nil {
		d.Past = append(past, s.Past...)
	}
	if s.Ring != nil {
		r := *s.Ring
		r.Devices = slices.Clone(r.Devices) // Left is replaced, never changed
		d.Ring = &r
	}
	if s.Line != nil {
		l := *s.Line
		d.Line = &l
	}
	if s.Other != nil {
		l := *s.Other
		d.Other = &l
	}
	if s.Taking != nil {
		k := *s.Taking
		d.Taking = &k
	}
}

// Face is what screens show of a station by itself; its ring and its line are shown with their calls.
type Face struct {
	Tab        id.Tab // that is the agent's phone
	Registered bool   // the desk phone
	Working    bool   // on the desk phone
	Voice      Voice
	Path       PathState
}

// Face gives what screens show now. Two faces can be compared.
func (s *Station) Face() Face {
	return Face{
		Tab: s.Browser.Tab, Registered: s.Phone.Registered, Working: s.Phone.Working, Voice: s.Voice, Path: s.pathState(),
	}
}

// Page is the browser tab that is the agent's phone.
type Page struct {
	Tab       id.Tab    `json:"tab,omitempty"`
	Leg       id.Leg    `json:"leg,omitempty"`
	Connected bool      `json:"connected,omitempty"` // ICE and DTLS are up
	Socket    bool      `json:"socket,omitempty"`
	Asleep    bool      `json:"asleep,omitempty"`
	Seen      time.Time `json:"seen,omitzero"`
}

// Phone is the agent's desk phone.
type Phone struct {
	ID         id.Device `json:"id,omitempty"`
	Registered bool      `json:"registered,omitempty"`
	Working    bool      `json:"working,omitempty"` // work was started on it
}

// Ringing is a ring without a result.
type Ringing struct {
	Call    id.Call   `json:"call"`
	Offer   id.Offer  `json:"offer"`
	Direct  bool      `json:"direct,omitempty"`
	Auto    bool      `json:"auto,omitempty"`  // devices answer by themselves (BX-28)
	Waits   bool      `json:"waits,omitempty"` // it began in another call, for the other line (SP-25)
	Began   time.Time `json:"began"`
	Ends    time.Time `json:"ends"`
	Left    []Device  `json:"left,omitempty"` // devices still to ring, in order
	Devices []Attempt `json:"devices"`        // devices that ring or rang
}

// Attempt is one device's part in a ring.
type Attempt struct {
	Device Device `json:"device"`
	Leg    id.Leg `json:"leg,omitempty"`
	Seen   bool   `json:"seen,omitempty"`
	Over   bool   `json:"over,omitempty"`
	Asked  bool   `json:"asked,omitempty"` // somebody or something answered and is asked for key 1
}

// Line is the call that the agent is in.
type Line struct {
	Call   id.Call `json:"call"`
	Leg    id.Leg  `json:"leg"`
	Device Device  `json:"device"`
	// Dialled says that the station dialled the leg for this call and ends it; a desk phone's that the agent dialled from is
	// the call's, and a voice path stays.
	Dialled bool `json:"dialled,omitempty"`
	Lost    bool `json:"lost,omitempty"` // the browser is away; waited for (BX-51)
	// Both says that the call needs both lines: no other one can wait.
	Both bool `json:"both,omitempty"`
}
