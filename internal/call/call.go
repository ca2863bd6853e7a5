package call

import (
	"time"

	"parley/internal/dest"
	"parley/internal/id"
	"parley/internal/prompt"
	"parley/internal/quality"
	"parley/internal/tel"
	"parley/internal/treatment"
)

// Call is the state of one call. Only its owner may touch it; it is plain data.
type Call struct {
	ID          id.Call       `json:"id"`
	Org         id.Org        `json:"org"`
	Direction   Direction     `json:"direction"`
	Type        Type          `json:"type"`
	Stage       Stage         `json:"stage"`
	Since       time.Time     `json:"since"` // when the stage began
	Started     time.Time     `json:"started"`
	AnsweredAt  time.Time     `json:"answered_at,omitzero"` // when two people could talk
	From        tel.Number    `json:"from"`
	Name        string        `json:"name,omitempty"`
	To          tel.Number    `json:"to"`
	Trunk       id.Trunk      `json:"trunk,omitempty"`
	Caller      Caller        `json:"caller,omitzero"`
	Screen      Screen        `json:"screen,omitzero"`
	Queue       *Queue        `json:"queue,omitempty"`
	EnteredAt   time.Time     `json:"entered_at,omitzero"` // entry to the queue, kept through missed offers
	Parties     []Party       `json:"parties"`
	Rings       []OpenRing    `json:"rings,omitempty"` // the agents being rung, in the order in which that began
	Recording   OpenRecording `json:"recording,omitzero"`
	Typed       string        `json:"typed,omitempty"`  // what the agent dialled
	Target      id.Agent      `json:"target,omitempty"` // the agent who is called directly
	TargetName  string        `json:"target_name,omitempty"`
	RingSeconds int           `json:"ring_seconds,omitempty"`
	Routes      []Route       `json:"routes,omitempty"`      // the trunks that are left to try
	TrunkName   string        `json:"trunk_name,omitempty"`  // of the one that is tried or carries the call
	Emergency   bool          `json:"emergency,omitempty"`   // an emergency number was dialled (BX-13)
	Notice      string        `json:"notice,omitempty"`      // what the agent who placed it is told
	AutoRecord  bool          `json:"auto_record,omitempty"` // record as soon as two can talk (RC-1)
	QueuedAt    time.Time     `json:"queued_at,omitzero"`    // when this stay in the queue began
	Waiting     bool          `json:"waiting,omitempty"`     // the ACD has the call in its queue
	Offered     bool          `json:"offered,omitempty"`     // to somebody, in the latest stay in a queue
	Attempt     Attempt       `json:"attempt,omitzero"`      // at a callback, which this call makes
	Booking     id.Callback   `json:"booking,omitempty"`     // that the caller has asked for, without an answer yet
	Booked      id.Callback   `json:"booked,omitempty"`      // that keeps the caller's place
	Pending     Pending       `json:"pending,omitzero"`      // a callback of the caller's, who calls again
	Detect      bool          `json:"detect,omitempty"`      // who answers a placed call is to be found out
	Ringback    bool          `json:"ringback,omitempty"`    // the far side of a placed call rings
	// NoticeHeard says that the caller has heard the recording notice; Announcing that it plays now, before the
	// recording that Announced asked for begins (RC-9).
	NoticeHeard bool     `json:"notice_heard,omitempty"`
	Announcing  bool     `json:"announcing,omitempty"`
	Announced   id.Agent `json:"announced,omitempty"`
	// Consent is what the customer's number asks for before a recording, nil: nothing; replaced, never changed. Consented is what has
	// come of asking; Deciding says that the customer's key still counts, for the recording that Decider asked for (BX-18).
	Consent   *Consent       `json:"consent,omitempty"`
	Consented ConsentOutcome `json:"consented,omitempty"`
	Deciding  bool           `json:"deciding,omitempty"`
	Decider   id.Agent       `json:"decider,omitempty"`
	// Playing is the announcement that everybody hears now; nil when there is none. Announcements counts them.
	Playing       *Announcement `json:"playing,omitempty"`
	Announcements int           `json:"announcements,omitempty"`
	// Finding says that the plan has been asked where the call goes; Route is its answer until the caller can hear of it. At
	// is where the call is now, Travel how it came there.
	Finding  bool             `json:"finding,omitempty"`
	Hops     int              `json:"hops,omitempty"` // destinations so far
	Travel   Travel           `json:"travel,omitzero"`
	Route    *Routed          `json:"route,omitempty"`
	At       dest.Destination `json:"at,omitzero"`
	Language prompt.Language  `json:"language,omitempty"` // of system prompts; empty: the organisation's
	// Precedence is how the call waits in queues, as the places on its way have set it; what it does not say, the queue says.
	Precedence treatment.Precedence `json:"precedence,omitzero"`
	Forward    dest.Destination     `json:"forward,omitzero"` // of the agent who is called directly, when no device is reached (AG-8)
	// FollowMe is where else the calls of that agent ring, until the ringing begins; Following is that ringing (BX-29).
	FollowMe  *FollowMe     `json:"follow_me,omitempty"`
	Following *Following    `json:"following,omitempty"`
	AtName    string        `json:"at_name,omitempty"`
	Outside   *Outside      `json:"outside,omitempty"` // the number outside that is being called for the caller
	SentOn    tel.Diversion `json:"sent_on,omitempty"` // why it could not stay where it was last, as Diverted has it
	// Behind are the diversions that an inbound call came with, the latest first; they are never changed.
	Behind []tel.Forwarding `json:"behind,omitempty"`
	// Trouble is why the call ends, if it does; Unreached is how it would have ended for the agent's sake alone.
	Trouble   string  `json:"trouble,omitempty"`
	Unreached *ending `json:"unreached,omitempty"`
	// Treatment is what the caller goes through while nobody is there; Alarm is when it is woken.
	Treatment   treatment.Treatment `json:"treatment,omitzero"`
	Alarm       time.Time           `json:"alarm,omitzero"`
	Whispering  id.Agent            `json:"whispering,omitempty"`  // who hears the whisper, before the caller
	Message     *Message            `json:"message,omitempty"`     // that is recorded now, or was recorded last
	Drop        *Drop               `json:"drop,omitempty"`        // the message that is left on an answering machine
	Taping      *Taping             `json:"taping,omitempty"`      // the greeting that is spoken into a mailbox now
	Move        *Move               `json:"move,omitempty"`        // somebody who is being brought in, or failed to be
	Moves       int                 `json:"moves,omitempty"`       // how many there were, a supervisor's coming included
	Brought     *Brought            `json:"brought,omitempty"`     // by whom the other one was sent on, until an agent is there; never changed
	MoveAlarm   time.Time           `json:"move_alarm,omitzero"`   // when what line 2 of a move goes through is woken
	Watching    *Watching           `json:"watching,omitempty"`    // the supervisor; replaced, never changed
	Picker      id.Agent            `json:"picker,omitempty"`      // who answers for somebody who is rung
	Page        *Page               `json:"page,omitempty"`        // to a paging group; replaced, never changed
	Park        *Parked             `json:"park,omitempty"`        // somebody who is parked
	Help        *Help               `json:"help,omitempty"`        // that an agent has asked for; replaced, never changed
	Merging     *Merging            `json:"merging,omitempty"`     // into the other call of an agent who has two; replaced, never changed
	Merges      int                 `json:"merges,omitempty"`      // how many tries there were
	Lead        Lead                `json:"lead,omitzero"`         // for which the call counts (OB-14)
	Unexplained id.Queue            `json:"unexplained,omitempty"` // that was left, and owes an Explained
	// Seats are the promises to agents, Closing the legs and Unstopped the recordings whose last word is awaited.
	Seats     []Seat         `json:"seats,omitempty"`
	Closing   []id.Leg       `json:"closing,omitempty"`
	Unstopped []id.Recording `json:"unstopped,omitempty"`
	// Past holds the latest offers that are over, so that late words about them are known for what they are.
	Past []id.Offer `json:"past,omitempty"`
	// Arranged and Tape are what the sound was told last.
	Arranged []Hearing `json:"arranged,omitempty"`
	Tape     *Tape     `json:"tape,omitempty"`
	// Next numbers the legs and direct rings that the call names, Recordings its recordings.
	Next       int       `json:"next"`
	Recordings int       `json:"recordings,omitempty"`
	Last       time.Time `json:"last,omitzero"` // when the last signal was handled

	draft *Call // room for the next turn's copy, so that a signal need not make it anew; its content means nothing
}

// New gives a call that nothing has happened to yet.
func New(which id.Call, org id.Org) *Call { return &Call{ID: which, Org: org, Stage: Fresh} }

// Ended tells whether the call is over and every promise kept.
func (c *Call) Ended() bool {
	return c.Stage == Ended && len(c.Closing) == 0 && len(c.Unstopped) == 0 && c.Unexplained == ""
}

// Copy gives the state to somebody else: what happens to the call later does not change it.
func (c *Call) Copy() Call {
	var d Call
	c.copyTo(&d)
	return d
}

// copyTo makes d as c is, in the lists that d has already. Queue, Consent, Route, Routes, Message, Drop, Taping, Move, Watching, Page, Park,
// Help, FollowMe, Following, Merging, Arranged and Tape are replaced, never changed.
func (c *Call) copyTo(d *Call) {
	room := d.lists()
	*d = *c
	d.draft = nil
	d.Parties = refill(room.parties, c.Parties)
	d.Seats = refill(room.seats, c.Seats)
	d.Closing = refill(room.closing, c.Closing)
	d.Unstopped = refill(room.unstopped, c.Unstopped)
	d.Past = refill(room.past, c.Past)
	d.Rings = refill(room.rings, c.Rings)
	d.Treatment = c.Treatment.Copy()
}

// adopt makes c what next has become; next is left with the lists of c as room for the next copy.
func (c *Call) adopt(next *Call) {
	room := c.lists()
	*c = *next
	c.draft = next
	next.Parties, next.Seats, next.Closing, next.Unstopped, next.Past = room.parties, room.seats, room.closing, room.unstopped, room.past
	next.Rings = room.rings
}

// lists are the parts of a call that are changed in place.
type lists struct {
	parties   []Party
	seats     []Seat
	closing   []id.Leg
	unstopped []id.Recording
	past      []id.Offer
	rings     []OpenRing
}

func (c *Call) lists() lists {
	return lists{c.Parties, c.Seats, c.Closing, c.Unstopped, c.Past, c.Rings}
}

// refill gives a copy of a list in the room that another one leaves; nil stays nil.
func refill[T any](room, list []T) []T {
	if list == nil {
		return nil
	}
	return append(room[:0], list...)
}

// Party is a place in the call. Who hears whom follows from the flags of all parties.
type Party struct {
	ID     id.Party   `json:"id"`
	Kind   Kind       `json:"kind"`
	State  PartyState `json:"state"`
	Agent  id.Agent   `json:"agent,omitempty"`
	Name   string     `json:"name,omitempty"` // of the agent, as people know them
	Number tel.Number `json:"number,omitempty"`
	Leg    id.Leg     `json:"leg,omitempty"`
	Own    bool       `json:"own,omitempty"`    // the leg is the call's own to end; else it is a station's
	Closed bool       `json:"closed,omitempty"` // the leg has ended
	Device string     `json:"device,omitempty"` // "trunk", "browser", "desk_phone" or "multicast"
	Up     bool       `json:"up,omitempty"`     // its leg is answered
	Early  bool       `json:"early,omitempty"`  // its leg sends sound before the answer
	Side   int        `json:"side,omitempty"`   // 1: on line 2 of an agent who calls somebody else; hears only who is there
	Held   bool       `json:"held,omitempty"`   // hears hold audio, is heard by none
	HeldBy id.Agent   `json:"held_by,omitempty"`
	HeldAt time.Time  `json:"held_at,omitzero"`
	Muted  bool       `json:"muted,omitempty"`
	Silent bool       `json:"silent,omitempty"` // no sound packets for a second: the others hear hold audio (BX-51)
	Talks  bool       `json:"talks,omitempty"`  // now, in a conference
	// Listens says that this one hears a page and is not heard, Toned that its tone has been heard there (BX-28).
	Listens bool      `json:"listens,omitempty"`
	Toned   bool      `json:"toned,omitempty"`
	Away    bool      `json:"peer_held,omitempty"` // the far side has put us on hold
	Joined  time.Time `json:"joined,omitzero"`
	// BroughtBy is the agent who brought this one into the call, with Notes (TR-9).
	BroughtBy id.Agent `json:"brought_by,omitempty"`
	Notes     string   `json:"notes,omitempty"`
	// Queue is the one whose agent this is who has come by a consultation of it; it is never changed.
	Queue *Queue `json:"queue,omitempty"`
	// Detecting says that its sound is looked at for who answered.
	Detecting bool `json:"detecting,omitempty"`
	// Speaks and Hears are SP-12's rule for the sound from and to its leg; Unheard says that nothing comes from there,
	// Deaf that nothing arrives there (BX-57). Path is the way of the sound that it hears.
	Speaks  quality.Banner `json:"speaks,omitzero"`
	Hears   quality.Banner `json:"hears,omitzero"`
	Unheard bool           `json:"unheard,omitempty"`
	Deaf    bool           `json:"deaf,omitempty"`
	Path    string         `json:"path,omitempty"`
	Repair  Repair         `json:"repair,omitzero"` // of one-way sound
	Second  Second         `json:"second,omitzero"` // connection of an agent's telephone
	// TwoCalls says that the agent has another call on the other line, Aside that the agent speaks there now; Turn is the agent's latest
	// change from one to the other (SP-25).
	TwoCalls bool `json:"two_calls,omitempty"`
	Aside    bool `json:"aside,omitempty"`
	Turn     int  `json:"turn,omitempty"`
	Knocked  bool `json:"knocked,omitempty"` // another call waits for the agent, who hears its tone over this one
	// Follow is the place in the list of the agent's numbers that this one is called for, 1 and up, until it has taken the call (BX-29).
	Follow int `json:"follow,omitempty"`
	// Loan is set while another call, which is merged into this one, has not handed the party over.
	Loan Loan `json:"loan,omitzero"`
}

// OpenRing is a ring that has no result yet.
type OpenRing struct {
	Offer   id.Offer  `json:"offer"`
	Agent   id.Agent  `json:"agent"`
	Direct  bool      `json:"direct,omitempty"`
	Auto    bool      `json:"auto,omitempty"`  // the device answers by itself (BX-28)
	Watch   bool      `json:"watch,omitempty"` // at a supervisor's devices, who is to hear the call
	Seen    bool      `json:"seen,omitempty"`
	Seconds int       `json:"seconds"`
	Began   time.Time `json:"began"`
}

// OpenRecording is the recording that runs now.
type OpenRecording struct {
	ID    id.Recording   `json:"id,omitempty"`
	State RecordingState `json:"state,omitempty"`
	By    id.Agent       `json:"by,omitempty"`
}

// Seat is what the call owes to one agent's station and to the ACD for that agent's place.
type Seat struct {
	Agent   id.Agent `json:"agent"`
	Purpose string   `json:"purpose,omitempty"` // of the Reserve
	Asked   bool     `json:"asked,omitempty"`   // Reserve has no answer yet
	Number  int      `json:"number,omitempty"`  // of that Reserve
	Taking  bool     `json:"taking,omitempty"`  // Take has no answer yet
	Place   bool     `json:"place,omitempty"`   // a Release is due
	Working bool     `json:"working,omitempty"` // the agent was there for the queues when the place was given
	Station bool     `json:"station,omitempty"` // a Leave is due
	Freed   bool     `json:"freed,omitempty"`   // a place was given back
	Tries   int      `json:"tries,omitempty"`   // to get a line for an emergency call
	Second  bool     `json:"second,omitempty"`  // the place is the agent's other line, beside another call (SP-25)
	Both    bool     `json:"both,omitempty"`    // the station was told that the agent uses both lines for this call
}

// Tape is what a running recording was told.
type Tape struct {
	Customer []id.Leg `json:"customer"`
	Others   []id.Leg `json:"others"`
	Gap      string   `json:"gap,omitempty"`
}
