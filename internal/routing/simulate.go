package routing

import (
	"cmp"
	"fmt"
	"strings"
	"time"

	"parley/internal/dest"
	"parley/internal/id"
	"parley/internal/prompt"
	"parley/internal/tel"
	"parley/internal/treatment"
)

// Trial is a call that is only thought of (BX-9).
type Trial struct {
	To   tel.Number
	From tel.Number
	At   time.Time
	// Keys are what the caller keys each time that a menu asks, in order; nothing is keyed where it is empty or they are used
	// up. At most MaxTrialKeys count.
	Keys []string
	// Unanswered lets nobody answer: agents do not, and who waits in a queue does so in vain.
	Unanswered bool
	// Queues is how the queues are then; one that is left out has members online and nobody waiting.
	Queues map[id.Queue]QueueState
}

// MaxTrialKeys is how many entries a trial takes.
const MaxTrialKeys = 50

// QueueState is how a queue is at a moment.
type QueueState struct {
	Waiting   int   `json:"waiting" minimum:"0" maximum:"100000" doc:"callers of the queue's own priority"`
	Waits     []int `json:"waits,omitempty" maxItems:"1000" minimum:"0" doc:"seconds that they have waited; those left out have just come"`
	Online    int   `json:"online" minimum:"0" maximum:"100000" doc:"members who are not offline"`
	Available int   `json:"available" minimum:"0" maximum:"100000"`
}

// Scene is one thing that happens to the call.
type Scene struct {
	At    time.Time         `json:"at" doc:"spoken texts take about as long as said here"`
	Kind  SceneKind         `json:"kind"`
	Place *dest.Destination `json:"place,omitempty"`
	Name  string            `json:"name,omitempty"` // of the place
	Text  string            `json:"text"`           // what happens, in one sentence or less
	Plays []string          `json:"plays,omitempty" doc:"what the caller hears, in words; the name of a file in brackets"`
}

// SceneKind is what kind of thing happens.
type SceneKind string

// The kinds of scenes.
const (
	SceneWay   SceneKind = "way"   // the call is led on
	ScenePlay  SceneKind = "play"  // the caller hears something
	SceneKey   SceneKind = "key"   // the caller keys something, or nothing in time
	SceneWait  SceneKind = "wait"  // the caller waits, in a queue or for an agent
	SceneLeave SceneKind = "leave" // the call cannot stay where it is
	SceneEnd   SceneKind = "end"
)

// Account is what becomes of a trial.
type Account struct {
	Scenes []Scene          `json:"scenes"`
	End    dest.Destination `json:"end"`
	Name   string           `json:"name,omitempty"`
	Why    string           `json:"why"` // why the call ends there
}

// Simulate tells what would happen to a call. It leads the call by Next and runs menus by the machine of live calls; what
// depends on people, such as whether an agent answers, is as the trial says.
func (p *Plan) Simulate(t Trial) Account {
	s := &simulation{plan: p, trial: t, now: t.At, language: p.Language}
	s.keys = t.Keys[:min(len(t.Keys), MaxTrialKeys)]
	s.run()
	return s.account
}

// simulation is a trial under way.
type simulation struct {
	plan     *Plan
	trial    Trial
	now      time.Time
	keys     []string // still to be keyed
	language prompt.Language
	account  Account
	// precedence is how the caller waits, as the way so far has set it.
	precedence treatment.Precedence
}

// mostSteps is more than MaxHops allow, twice.
const mostSteps = 3 * MaxHops

func (s *simulation) run() {
	n, err := s.plan.Route("", string(s.trial.To))
	if err != nil {
		s.end(dest.Destination{Kind: dest.Hangup}, "", fmt.Sprintf("%s is not a number of the organisation", s.trial.To))
		return
	}
	if n.Language != "" {
		s.language = n.Language
	}
	s.precedence = n.Precedence
	s.scene(SceneWay, nil, "", "The call comes in at "+cmp.Or(n.Label, string(n.Number))+".")
	step := s.plan.Next(n.Destination, s.now, Travel{})
	for range mostSteps {
		s.lead(step)
		next, on := s.stay(step)
		if !on {
			return
		}
		step = next
	}
}

// lead tells the way of a step and what is said on arrival.
func (s *simulation) lead(step Step) {
	for i := range step.Hops {
		h := &step.Hops[i]
		if h.Why != "" {
			s.scene(SceneLeave, &h.To, h.Name, sentence(h.Why))
			continue
		}
		s.scene(SceneWay, &h.To, h.Name, wayWords(h))
	}
	s.play(step.Say...)
}

// anyMailbox leads callers to the messages in mailboxes.
var anyMailbox = dest.Destination{Kind: dest.External, Target: dest.AnyMailbox}

// wayWords says where a hop leads and what decided it.
func wayWords(h *Hop) string {
	switch {
	case h.Entry != "" && h.Day != "":
		return fmt.Sprintf("The entry %q matches: %s is a day of the calendar of %q.", h.Entry, h.Day, h.Range)
	case h.Entry != "":
		return fmt.Sprintf("The entry %q matches: row %d of the time range %q.", h.Entry, h.Row, h.Range)
	case h.To.Kind == dest.TimeRouter:
		return "No entry matches: the default counts."
	case h.To.Kind == dest.Hangup:
		return "The call is hung up."
	case h.To == anyMailbox:
		return "The caller is asked for a mailbox and its PIN."
	case h.To.Kind == dest.External:
		return "The call goes out to a number outside."
	}
	return fmt.Sprintf("The call goes to the %s.", strings.ReplaceAll(string(h.To.Kind), "_", " "))
}

// stay tells what happens at the place that a step leads to; on says that the call goes on from there.
func (s *simulation) stay(step Step) (next Step, on bool) {
	to := step.Hops[len(step.Hops)-1].To
	switch step.Kind {
	case dest.Menu:
		return s.menu(step), true
	case dest.Queue:
		return s.queue(step)
	case dest.Agent:
		return s.agent(step)
	case dest.Mailbox:
		m := s.plan.Mailboxes[step.Mailbox]
		s.play(m.Prompt.Or(prompt.OfStandard(prompt.LeaveMessage)))
		s.end(to, step.Name, "the caller leaves a message")
	case dest.External:
		if to == anyMailbox {
			s.end(to, step.Name, "the caller hears the messages in a mailbox")
			break
		}
		s.end(to, step.Name, "the call is put through to "+string(step.Number))
	case dest.Announcement:
		s.end(to, step.Name, "the announcement has been heard")
	case dest.Hangup, dest.TimeRouter, dest.AIAgent:
		s.end(to, "", hangupWords(step))
	}
	return Step{}, false
}

func hangupWords(step Step) string {
	for i := len(step.Hops) - 1; i >= 0; i-- {
		if step.Hops[i].Why != "" {
			return step.Hops[i].Why
		}
	}
	return "the destination is a hang-up"
}

// agent rings an agent who may be reached now (QU-18).
func (s *simulation) agent(step Step) (next Step, on bool) {
	a := s.plan.Agents[step.Agent]
	switch {
	case !a.Active:
		return s.plan.AfterAgent(step.Agent, a.Name+" is not active", s.now, step.Travel), true
	case !s.open(a.Schedule):
		return s.plan.AfterAgent(step.Agent, "it is outside of the schedule of "+a.Name, s.now, step.Travel), true
	case s.trial.Unanswered:
		s.scene(SceneWait, &step.Hops[len(step.Hops)-1].To, a.Name, a.Name+" is rung and does not answer.")
		return s.plan.AfterAgent(step.Agent, a.Name+" did not answer", s.now, step.Travel), true
	}
	s.end(step.Hops[len(step.Hops)-1].To, a.Name, a.Name+" is rung")
	return Step{}, false
}

// open tells whether a schedule holds now; none always does.
func (s *simulation) open(which string) bool {
	if which == "" {
		return true
	}
	one := s.plan.Ranges[id.TimeRange(which)]
	if one.Hours == nil {
		return false
	}
	_, ok := one.Hours.At(s.now)
	return ok
}

func (s *simulation) scene(kind SceneKind, place *dest.Destination, name, text string) {
	s.account.Scenes = append(s.account.Scenes, Scene{At: s.now, Kind: kind, Place: place, Name: name, Text: text})
}

func (s *simulation) end(at dest.Destination, name, why string) {
	s.scene(SceneEnd, &at, name, sentence(why))
	s.account.End, s.account.Name, s.account.Why = at, name, why
}

// sentence makes a reason one.
func sentence(why string) string {
	if why == "" {
		return why
	}
	return strings.ToUpper(why[:1]) + why[1:] + "."
}
