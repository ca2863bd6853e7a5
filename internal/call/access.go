package call

import (
	"parley/internal/dest"
	"parley/internal/id"
	"parley/internal/tel"
	"parley/internal/treatment"
)

// What a caller in a mailbox asks for.
type (
	// CollectKeys has the keys of a leg taken as a field, and kept from the call: KeyPressed and FieldDone follow.
	CollectKeys struct {
		Leg id.Leg `json:"leg"`
		treatment.Collect
	}
	// ConsultMailbox wants something done about a mailbox: MailboxTold follows where the Consult has an answer. It uses what
	// was collected on the leg.
	ConsultMailbox struct {
		Leg id.Leg `json:"leg,omitempty"`
		treatment.Consult
	}
)

// From what keeps the mailboxes, and the keys.
type (
	// KeyPressed says that a key was pressed that belongs to a field, and not which.
	KeyPressed struct {
		Leg id.Leg `json:"leg"`
	}
	// FieldDone says that a field is complete.
	FieldDone struct {
		Leg id.Leg `json:"leg"`
	}
	// MailboxTold answers ConsultMailbox.
	MailboxTold struct {
		treatment.Told
	}
)

func (CollectKeys) callAction()    {}
func (ConsultMailbox) callAction() {}
func (KeyPressed) callSignal()     {}
func (FieldDone) callSignal()      {}
func (MailboxTold) callSignal()    {}

// Taping is a greeting that a caller speaks into a mailbox.
type Taping struct {
	Mailbox   id.Mailbox   `json:"mailbox"`
	Recording id.Recording `json:"recording"`
	Ended     bool         `json:"ended,omitempty"` // its last word is awaited
}

// openMailbox leads an agent who has dialled for it to a mailbox. The agent is the customer of this call: nobody else is in it.
func (t *turn) openMailbox(s Planned) {
	to := dest.Destination{Kind: dest.Mailbox, Target: string(s.Access.Mailbox)}
	t.serve(s.Number, Routed{Destination: to, Access: s.Access})
}

// confirm says to an agent what the feature code has done that was dialled, and ends the call.
func (t *turn) confirm(s Planned) { t.serve(s.Number, Routed{Say: s.Say, Done: true}) }

// serve gives an agent who has dialled for it something of the house: the agent is the customer of this call.
func (t *turn) serve(number tel.Number, r Routed) {
	placer := t.placer()
	t.Direction, t.Type, placer.Kind = Internal, TypeInternal, Customer
	t.From = placer.Number
	t.tell(Directed{Direction: Internal, Type: TypeInternal, From: placer.Number, To: number, Destination: r.Destination})
	t.Route = &r
	t.arrive()
}

// access begins the dialogue with who is at a mailbox.
func (t *turn) access(r *Routed) {
	t.AnsweredAt = t.now
	t.enter(Active)
	t.treat(treatment.Begin{Access: r.Access})
}

// heedAccess does what a caller in a mailbox wants.
func (t *turn) heedAccess(action treatment.Action) {
	switch a := action.(type) {
	case treatment.Collect:
		t.do(CollectKeys{Leg: t.customer().Leg, Collect: a})
	case treatment.Consult:
		c := ConsultMailbox{Consult: a}
		if p := t.customer(); p != nil {
			c.Leg = p.Leg
		}
		t.do(c)
	case treatment.StartGreeting:
		t.beginGreeting(a.Mailbox)
	case treatment.EndGreeting:
		t.endGreeting()
	}
}

// heardMailbox takes what concerns a caller in a mailbox.
func (t *turn) heardMailbox(signal Signal) {
	if t.Treatment.Access == nil {
		return
	}
	switch s := signal.(type) {
	case KeyPressed:
		t.drive(treatment.KeyPressed{})
	case FieldDone:
		t.drive(treatment.FieldDone{})
	case MailboxTold:
		t.drive(s.Told)
	}
}

// beginGreeting records the caller alone.
func (t *turn) beginGreeting(box id.Mailbox) {
	t.Recordings++
	t.Taping = &Taping{Mailbox: box, Recording: id.Recording(t.named(".r", t.Recordings))}
	t.tell(RecordingBegan{Recording: t.Taping.Recording, Mailbox: box})
	t.do(Record{Recording: t.Taping.Recording, Customer: []id.Leg{t.customer().Leg}, Others: []id.Leg{}})
}

// tapes tells whether a greeting is being recorded.
func (c *Call) tapes() bool { return c.Taping != nil && !c.Taping.Ended }

// endGreeting ends the recording of a greeting and waits for its last word.
func (t *turn) endGreeting() {
	if !t.tapes() {
		return
	}
	ended := *t.Taping
	ended.Ended = true
	t.Taping = &ended
	t.Unstopped = append(t.Unstopped, ended.Recording)
	t.do(EndRecording{Recording: ended.Recording})
	t.after(recordingTime, recordingTimer)
}

// greetingStopped hears that the recording of a greeting has ended by itself.
func (t *turn) greetingStopped(s RecordingStopped) bool {
	if !t.tapes() || t.Taping.Recording != s.Recording {
		return false
	}
	t.tell(RecordingOver(s))
	t.greetingOver(s)
	return true
}

// greetingOver gives a greeting to who has spoken it; nobody wants the one of a caller who is gone.
func (t *turn) greetingOver(s RecordingStopped) {
	taping := t.Taping
	if taping == nil || taping.Recording != s.Recording {
		return
	}
	t.Taping = nil
	if t.Treatment.Access == nil {
		t.do(ConsultMailbox{Consult: treatment.Consult{Do: treatment.DropGreeting, Mailbox: taping.Mailbox, Recording: s.Recording}})
		return
	}
	t.drive(treatment.Taped{Recording: s.Recording, Duration: s.Duration})
}

// callSender calls who has left a message, for the agent who heard it: as if the agent had dialled, but that mailboxes may be closed
// for it (BX-15).
func (t *turn) callSender(number tel.Number) {
	p := t.customer()
	t.tell(PartyLeft{Party: p.ID, Kind: p.Kind, Agent: p.Agent, Cause: tel.CauseNormal})
	p.Kind, p.State = Agent, Dialling
	t.Direction, t.Type, t.AnsweredAt = Outbound, TypeManual, noTime
	t.Typed, t.To, t.From = string(number), number, ""
	t.enter(Routing)
	t.do(FindPlan{Agent: p.Agent, To: t.Typed, CallOut: true})
}
