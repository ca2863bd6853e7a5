package simulator

import (
	"cmp"
	"container/heap"
	"errors"
	"fmt"
	"time"

	"parley/internal/acd"
	"parley/internal/id"
	"parley/internal/skill"
)

// auditor knows from signals, actions and events alone what is going on, and checks the promises of BX-7 after every
// step. It shares no code with the ACD and looks only at what a step has touched, so that a step costs it next to nothing.
// It encodes to JSON and goes on from there.
type auditor struct {
	now    time.Time
	lanes  map[id.Queue]*lane
	order  []*lane // by name
	people map[id.Agent]*person
	lines  map[id.Call]*line
	offers map[id.Offer]*offer
	ends   deadlines

	touched   []*lane     // by this step
	contended []*lane     // where calls wait beside free agents who may not be offered them yet
	seen      []*person   // by this step
	made      []acd.Offer // in this step, and not yet told

	asked  map[string]skill.Expression // by its text
	broken error
	Count  Count
}

// Count is what has happened.
type Count struct {
	Interactions int `json:"-"` // that came, transferred ones once
	Signals      int `json:"signals"`
	Refused      int `json:"refused"` // signals
	Entered      int `json:"entered"` // stays in a queue that began
	Answered     int `json:"answered"`
	Abandoned    int `json:"abandoned"`
	LeftElse     int `json:"left_otherwise"` // timed out, transferred, or the queue was removed
	Offers       int `json:"offers"`
	Missed       int `json:"missed"`
	Rejected     int `json:"rejected"`
	Unheard      int `json:"unheard"` // offers not acknowledged, failed or expired
	LongestLine  int `json:"longest_line"`
}

// lane is a queue.
type lane struct {
	conf      acd.Queue
	members   map[id.Agent]bool
	free      []*person // in no order
	waiting   []*line   // without an open offer, in no order
	touched   bool
	contended bool
}

// person is an agent.
type person struct {
	Conf      acd.Agent       `json:"conf"`
	Removed   bool            `json:"removed,omitempty"`
	Up        bool            `json:"up,omitempty"`
	Asleep    bool            `json:"asleep,omitempty"`
	Status    acd.Status      `json:"status"`
	Chosen    acd.Status      `json:"chosen"`         // what must return after a call
	Call      id.Call         `json:"call,omitempty"` // that holds the agent: offered, reserved or talking
	Offer     id.Offer        `json:"offer,omitempty"`
	Talking   bool            `json:"talking,omitempty"`
	WrapEnds  time.Time       `json:"wrap_ends,omitzero"`
	FreeSince time.Time       `json:"free_since,omitzero"`
	Bars      map[id.Call]bar `json:"bars,omitempty"` // calls that may not be offered for a while

	skills skill.Set
	lanes  []*lane    // those that deliver to this agent
	listed []*lane    // in whose free the agent stands
	as     acd.Status // which the agent had then
	seen   bool
}

type bar struct {
	Until  time.Time `json:"until"`
	Failed bool      `json:"failed,omitempty"` // through no fault of the agent's
}

// line is a call that waits.
type line struct {
	Call    id.Call               `json:"call"`
	Queue   id.Queue              `json:"queue"`
	Entered time.Time             `json:"entered"`
	Steps   []acd.Step            `json:"steps,omitempty"`
	Since   time.Time             `json:"since"`            // without an offer
	Offers  int                   `json:"offers,omitempty"` // that are open
	Revoked map[id.Offer]id.Agent `json:"revoked,omitempty"`

	at int // in its lane's waiting
}

type offer struct {
	Call      id.Call   `json:"call"`
	Agent     id.Agent  `json:"agent"`
	Queue     id.Queue  `json:"queue"`
	Deadline  time.Time `json:"deadline"`
	AutoPause bool      `json:"auto_pause,omitempty"`
}

func newAuditor() *auditor {
	return &auditor{
		lanes: map[id.Queue]*lane{}, people: map[id.Agent]*person{}, lines: map[id.Call]*line{}, offers: map[id.Offer]*offer{},
		asked: map[string]skill.Expression{},
	}
}

// ErrBroken says that a promise was broken.
var ErrBroken = errors.New("promise broken")

func (a *auditor) fail(format string, args ...any) {
	if a.broken == nil {
		a.broken = fmt.Errorf("%w: "+format, append([]any{ErrBroken}, args...)...)
	}
}

// step takes one handled signal down and checks what must hold now. It is false when a promise is broken.
func (a *auditor) step(s step) bool {
	a.now = s.now
	a.Count.Signals++
	a.Count.Interactions = s.came
	switch {
	case s.broke != "":
		a.fail("the ACD broke: %s", s.broke)
	case s.refused != nil:
		a.Count.Refused++
	default:
		a.account(s)
	}
	a.check()
	if a.broken != nil {
		a.broken = fmt.Errorf("at %s, after %T%+v: %w", a.now.UTC().Format("2006-01-02 15:04:05.000"), s.signal, s.signal, a.broken)
	}
	return a.broken == nil
}

// account notes what a step has led to.
func (a *auditor) account(s step) {
	expected := a.expect(s.signal)
	a.heed(s.signal)
	for _, action := range s.out.Actions {
		a.did(s.signal, action)
	}
	for _, event := range s.out.Events {
		a.told(s.signal, event)
	}
	if len(a.made) > 0 {
		a.fail("offer %s was made and nobody was told", a.made[0].Offer)
	}
	if expected != nil && a.broken == nil {
		expected(s.out)
	}
}

// deadline is a moment by which something must be over.
type deadline struct {
	at    time.Time
	offer id.Offer
	agent id.Agent // else whose wrap-up
}

// deadlines is a heap, the next one first. What is over by itself stays in it until its time has come.
type deadlines []deadline

func (d deadlines) Len() int      { return len(d) }
func (d deadlines) Swap(i, j int) { d[i], d[j] = d[j], d[i] }
func (d deadlines) Less(i, j int) bool {
	a, b := d[i], d[j]
	return cmp.Or(a.at.Compare(b.at), cmp.Compare(a.offer, b.offer), cmp.Compare(a.agent, b.agent)) < 0
}

// Push is for container/heap.
func (d *deadlines) Push(x any) {
	if v, ok := x.(deadline); ok {
		*d = append(*d, v)
	}
}

// Pop is for container/heap.
func (d *deadlines) Pop() any {
	last := (*d)[len(*d)-1]
	*d = (*d)[:len(*d)-1]
	return last
}

func (a *auditor) until(d deadline) { heap.Push(&a.ends, d) }

// person gives an agent that the ACD speaks of.
func (a *auditor) person(which id.Agent) *person {
	p := a.people[which]
	if p == nil {
		a.fail("agent %s is not known", which)
		p = &person{}
	}
	if !p.seen {
		p.seen = true
		a.seen = append(a.seen, p)
	}
	return p
}

func (a *auditor) touch(l *lane) {
	if l != nil && !l.touched {
		l.touched = true
		a.touched = append(a.touched, l)
	}
}
