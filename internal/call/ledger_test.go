package call

import (
	"slices"

	"parley/internal/id"
	"parley/internal/owner"
)

// ledger keeps count of the promises.
type ledger struct {
	w *world

	stations, places map[id.Agent]int // open Ring or Take; open place at the ACD
	offer            map[id.Offer]string
	queued           bool           // between Enqueue and its end
	consults         bool           // on behalf of line 2 of an agent
	ended            map[id.Leg]int // EndLeg
	opened, closed   map[id.Leg]int
	recordings       map[id.Recording]string // open, ending, over
	over             map[id.Recording]int    // RecordingOver
	consented        ConsentOutcome          // as told last
	parties          map[id.Party]int        // 1 joined, 0 left
	rings            map[id.Offer]id.Agent   // that began and are not over
	most             int                     // rings at once
	hold             map[id.Party]bool
	slots            map[string]string // given, or parked in
	parks            int               // open
	moves            int               // open
	announces        bool              // an announcement is played
	watches          int               // open
	began            bool              // the one that is open
	helps            int               // open requests
	finished         int
	lead             id.Lead // for whom the call counts
	holds            int
	repairs          map[id.Leg]int // tries without a result
	repaired         map[id.Leg]int // RepairLeg without its event
	last             string         // the last Arrange
	steps            map[string]int // events by their word
	owed             []Action
	refers           map[id.Leg]int // without a ReferDone
	joins            bool           // the last one asked to join two connections
	follows          map[int]bool   // the agent's numbers that are called
	attempt          bool           // its customer is dialled, and nobody was told what comes of it
}

func newLedger(w *world) *ledger {
	return &ledger{
		w: w, stations: map[id.Agent]int{}, places: map[id.Agent]int{}, offer: map[id.Offer]string{},
		ended: map[id.Leg]int{}, opened: map[id.Leg]int{}, closed: map[id.Leg]int{}, recordings: map[id.Recording]string{},
		slots: map[string]string{},
		rings: map[id.Offer]id.Agent{}, repairs: map[id.Leg]int{}, repaired: map[id.Leg]int{},
		steps: map[string]int{}, hold: map[id.Party]bool{}, refers: map[id.Leg]int{}, over: map[id.Recording]int{}, parties: map[id.Party]int{}, last: "[]", follows: map[int]bool{},
	}
}

// heard notes what a signal makes the call owe.
func (l *ledger) heard(s Signal, twin bool) {
	switch s := s.(type) {
	case Granted:
		if !twin {
			l.places[s.Agent]++
		}
	case Offered:
		if l.offer[s.Offer] == "" {
			l.offer[s.Offer] = "open"
		}
	case Revoked:
		switch l.offer[s.Offer] {
		case "open":
			l.offer[s.Offer] = "closed"
		case "":
			l.offer[s.Offer] = "revoked first"
		}
	case CallBack:
		if s.Callback == l.w.c.Attempt.Callback {
			l.attempt = s.Agent == ""
			if s.Agent != "" {
				l.offer[s.Offer] = "open"
			}
		}
	case Dismissed: // the call says that it leaves
		l.closeOffers()
	case Planned:
		if k := s.Park; k != nil && l.slots[k.Slot] == "" && (!twin || l.w.c.Park == nil || l.w.c.Park.Slot != k.Slot) {
			l.slots[k.Slot] = "given"
		}
	case Taken:
		if stranger(s.Agent) {
			l.owed = append(l.owed, Leave{Agent: s.Agent, Cause: 16})
		}
	case RingEnded:
		if stranger(s.Agent) {
			l.owed = append(l.owed, Leave{Agent: s.Agent, Cause: 16})
		}
	case LegRefers:
		l.refers[s.Leg]++
		l.joins = s.With != ""
	case RecordingStopped:
		if l.recordings[s.Recording] != "" {
			l.recordings[s.Recording] = "over"
		}
	}
}

func (l *ledger) closeOffers() {
	for o, state := range l.offer {
		if state == "open" {
			l.offer[o] = "closed"
		}
	}
}

// did checks one action against what is open.
func (l *ledger) did(action Action) {
	if len(l.owed) > 0 && show(l.owed[0]) == show(action) {
		l.owed = l.owed[1:]
		return
	}
	switch a := action.(type) {
	case Ring:
		l.stations[a.Agent]++
		l.must(l.stations[a.Agent] == 1, "%s is rung twice", a.Agent)
	case Take:
		l.stations[a.Agent]++
		l.must(l.stations[a.Agent] == 1, "%s has two lines taken", a.Agent)
	case Leave:
		l.stations[a.Agent]--
		l.must(l.stations[a.Agent] == 0, "Leave without Ring or Take: %s", a.Agent)
	case Release:
		l.places[a.Agent]--
		l.must(l.places[a.Agent] == 0, "Release without a place: %s", a.Agent)
	case Enqueue:
		l.must(!l.queued || a.Callback == "old.k1" || a.Callback == "old.k2" || l.consults && !a.Consult, "Enqueue twice")
		l.consulted(a)
		if a.Callback == "x.k1" {
			l.must(l.attempt, "an attempt that is over enqueues its customer")
			l.attempt = false
		} else if a.Callback != "" {
			l.steps["reclaimed"]++
		}
		l.queued = true
	case LeaveQueue:
		l.must(l.queued, "LeaveQueue without Enqueue")
		l.queued, l.consults = false, false
		l.closeOffers()
	case EndCallback:
		l.must(l.attempt, "an attempt has two results")
		l.attempt = false
		l.steps["end-callback "+a.Result]++
	case EndOffer:
		l.endOffer(a)
	case FreeSlot:
		l.must(l.slots[a.Slot] != "", "a slot is given back that is not the call's: %s", a.Slot)
		delete(l.slots, a.Slot)
	default:
		l.didSound(action)
	}
}

func (l *ledger) endOffer(a EndOffer) {
	l.must(l.offer[a.Offer] == "open", "EndOffer of an offer that is %q: %s", l.offer[a.Offer], a.Offer)
	l.offer[a.Offer] = "closed"
	if a.Result == RingAnswered {
		l.attempt = !l.queued && l.w.c.Attempt.Callback != ""
		if l.consults {
			l.steps["consult answered"]++
		}
		l.queued, l.consults = false, false
		l.places[l.w.c.Parties[len(l.w.c.Parties)-1].Agent]++
		l.must(!slices.ContainsFunc(l.w.c.Rings, func(r OpenRing) bool { return !r.Watch }), "somebody is rung though another has answered: %s", show(l.w.c.Rings))
		l.closeOffers()
	}
}

func (l *ledger) didSound(action Action) {
	switch a := action.(type) {
	case EndLeg:
		l.ended[a.Leg]++
		l.must(l.ended[a.Leg] == 1 && !stationLeg(a.Leg), "EndLeg twice or of a station's leg: %s", a.Leg)
	case Speaks:
		p := l.w.c.party(a.Agent)
		l.must(p != nil && p.Device == onPhone && p.TwoCalls && p.Aside && !p.Away, "%s speaks here, who is %v", a.Agent, p)
		l.steps["speaks"]++
	case ReferDone:
		l.referDone(a)
	case RepairLeg:
		l.repaired[a.Leg]++
		l.must(l.ended[a.Leg] == 0, "a leg is repaired after its end: %s", a.Leg)
	case Arrange:
		text := show(a.Hearings)
		l.must(text != l.last, "Arrange says nothing new")
		l.last = text
	case Record:
		l.must(l.recordings[a.Recording] == "", "Record twice: %s", a.Recording)
		l.recordings[a.Recording] = "open"
	case ChangeRecording:
		l.must(l.recordings[a.Recording] == "open", "ChangeRecording of one that is not open: %s", a.Recording)
	case EndRecording:
		l.must(l.recordings[a.Recording] == "open", "EndRecording of one that is not open: %s", a.Recording)
		l.recordings[a.Recording] = "ending"
	}
}

// told checks one event against what has happened.
func (l *ledger) told(event Event) {
	l.steps[owner.Word(event)]++
	last := false
	switch event.(type) {
	case RecordingOver, MessageLeft, MessageDropped:
		last = true
	}
	l.must(l.finished == 0 || last, "an event after Finished")
	switch e := event.(type) {
	case LegOpened:
		l.opened[e.Leg]++
	case LegClosed:
		l.closed[e.Leg]++
		l.must(l.closed[e.Leg] == l.opened[e.Leg], "leg closed that was not open: %s", e.Leg)
	case PartyJoined:
		l.parties[e.Party]++
		l.must(l.parties[e.Party] == 1, "party joined twice: %s", e.Party)
	case PartyLeft:
		l.parties[e.Party]--
		l.must(l.parties[e.Party] == 0, "party left that was not there: %s", e.Party)
	case RingBegan, RingOver, AnsweredLate:
		l.toldRing(event)
	case QueueLeft:
		if e.Result == leftCallback {
			l.queued = false
			l.closeOffers()
		}
	case HoldBegan:
		l.must(!l.hold[e.Party], "a hold in a hold")
		l.hold[e.Party] = true
		l.holds++
	case HoldOver:
		l.must(l.hold[e.Party], "a hold over that had not begun")
		delete(l.hold, e.Party)
	case Converted:
		l.must(e.Before == l.lead, "converted from %q, not from %q", e.Before, l.lead)
		l.must(e.Lead.ID != l.lead, "converted to %q twice", e.Lead.ID)
		l.lead = e.Lead.ID
	case AnnouncementBegan:
		l.must(!l.announces, "two announcements at once")
		l.announces = true
	case AnnouncementOver:
		l.must(l.announces, "an announcement over that had not begun")
		l.announces = false
	case MoveBegan:
		l.moves++
		l.must(l.moves == 1, "two moves at once")
	case MoveOver:
		l.moves--
		l.must(l.moves == 0, "a move over that had not begun")
		l.steps["move "+string(e.Result)]++
	case WatchAsked, WatchBegan, WatchChanged, WatchOver:
		l.toldWatch(event)
	case ParkBegan, ParkOver:
		l.toldPark(event)
	case FollowBegan, FollowOver:
		l.toldFollow(event)
	case HelpAsked, HelpOver:
		l.toldHelp(event)
	case RepairBegan:
		l.repairs[e.Leg]++
		l.repaired[e.Leg]--
		l.must(l.repairs[e.Leg] == 1 && l.repaired[e.Leg] == 0 && (e.Try == 1 || e.Try == 2), "leg %s is repaired twice at once, or for the %dth time", e.Leg, e.Try)
	case RepairOver:
		l.repairs[e.Leg]--
		l.must(l.repairs[e.Leg] == 0 && e.Result != "", "a repair over that had not begun: %s", e.Leg)
	case RecordingOver:
		l.over[e.Recording]++
		l.must(l.over[e.Recording] == 1, "recording over twice: %s", e.Recording)
	case Finished:
		l.finished++
	}
}

func (l *ledger) must(holds bool, format string, args ...any) {
	l.w.t.Helper()
	if !holds {
		l.w.fail(format, args...)
	}
}

// between holds after every signal.
func (l *ledger) between() {
	l.must(len(l.owed) == 0, "not done at once: %s", show(l.owed))
	for o, state := range l.offer {
		l.must(state != "open" || l.w.c.ringOf(o) != nil, "offer %s is open and nobody rings", o)
	}
	l.parked()
	l.paged()
	l.ringing()
	l.watched()
	l.heardBy(l.w.c.customer())
	l.kept()
	l.aside()
	l.through()
	l.followed()
}

// kept holds for every conversation: somebody is its customer, and nobody is held by an agent who has gone.
func (l *ledger) kept() {
	c := l.w.c
	if c.Stage != Active {
		return
	}
	l.must(c.customer() != nil, "nobody is the customer")
	l.must(l.announces == (c.Playing != nil), "an announcement that is played was told: %v", l.announces)
	for _, h := range c.Arranged {
		l.must(c.Playing == nil || h.From == "" && len(h.Mix) == 0, "%s hears somebody during an announcement", h.Leg)
	}
	for _, p := range c.Parties {
		if p.Held {
			l.must(p.State == Joined && c.party(p.HeldBy) != nil, "%s is held by %s, who has gone", p.ID, p.HeldBy)
		}
	}
	if c.moving() == nil && len(c.Arranged) > 0 && len(c.Arranged[0].Mix) > 1 {
		l.steps["conference"]++
	}
	if m := c.moving(); m == nil {
		for _, p := range c.Parties {
			l.must(p.State == Gone || p.Side == 0, "%s is on line 2 of nobody", p.ID)
		}
	} else {
		l.must(m.Left || c.party(m.By) != nil, "a move of %s, who has gone", m.By)
	}
}

// heardBy holds for a caller who is there: with nobody on the line there is something to hear, or something that will end:
// the plan is asked, or the treatment will be woken.
func (l *ledger) heardBy(p *Party) {
	c := l.w.c
	if c.Stage == Ended || p == nil || !p.Up || p.Closed || p.State != Joined || p.Aside || c.Direction == Outbound || c.Page != nil {
		return
	}
	if o := c.other(p); o != nil && o.Up && c.Whispering == "" || c.Finding {
		return
	}
	for _, h := range c.Arranged {
		if h.Leg == p.voice() && (h.From != "" || len(h.Prompts) > 0 || h.Hold != "" || h.Tone != "") {
			return
		}
	}
	l.must(c.Treatment.On() && !c.Treatment.Due.Before(l.w.now), "the caller hears nothing, and nothing will come: %s", show(c.Treatment))
}

// settled holds when the call has ended.
func (l *ledger) settled() {
	l.must(l.finished == 1, "%d times Finished", l.finished)
	l.must(!l.attempt, "an attempt has no result")
	l.must(!l.queued && len(l.hold) == 0 && len(l.rings) == 0, "still queued %v, held %v, ringing %v", l.queued, l.hold, l.rings)
	l.must(l.moves == 0 && l.watches == 0 && l.helps == 0, "a move, a watching or a request for help has no end")
	l.must(l.parks == 0 && len(l.slots) == 0 && !l.announces, "%d parkings have no end, and slots are kept: %v", l.parks, l.slots)
	l.referred()
	l.must(len(l.follows) == 0, "numbers that were called have no end: %v", l.follows)
	l.must(l.last == "[]", "still heard: %s", l.last)
	for a, n := range l.stations {
		l.must(n == 0, "%d Leave owed to %s", n, a)
	}
	for a, n := range l.places {
		l.must(n == 0, "%d Release owed for %s", n, a)
	}
	for leg, n := range l.opened {
		l.must(l.closed[leg] == n, "leg %s was opened %d times and closed %d", leg, n, l.closed[leg])
	}
	for leg, n := range l.repairs {
		l.must(n == 0, "the repair of leg %s has no result", leg)
	}
	for r, state := range l.recordings {
		l.must(state != "open" && l.over[r] == 1, "recording %s is %s and over %d times", r, state, l.over[r])
	}
}
