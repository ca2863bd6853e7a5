package routing

import (
	"time"

	"parley/internal/dest"
	"parley/internal/id"
	"parley/internal/prompt"
)

// Left is why a caller left a queue without an agent.
type Left string

// Why a queue does not keep a caller (QU-7, QU-8, BX-12).
const (
	QueueFull      Left = "full"      // max_waiting callers wait
	QueueClosed    Left = "closed"    // outside its schedule
	QueueUnstaffed Left = "unstaffed" // no member online, or not as join_when asks
	QueueTimeout   Left = "timeout"   // waited max_hold_seconds
	QueueOptOut    Left = "opt_out"   // the caller keyed opt_out_key
	QueueRemoved   Left = "no_such"   // it was removed while the caller waited
)

// inWords completes "the caller left the queue because …".
var inWords = map[Left]string{
	QueueFull: "the queue is full", QueueClosed: "the queue is outside its hours", QueueUnstaffed: "nobody is there to take calls",
	QueueTimeout: "the longest wait is over", QueueOptOut: "the caller chose to leave a message", QueueRemoved: "the queue was removed",
}

// AfterQueue says where a caller goes whom the queue does not keep: to its overflow when it is full, else after the
// no-agent message to its mailbox, to on_no_agent, or nowhere (QU-7).
func (p *Plan) AfterQueue(queue id.Queue, why Left, now time.Time, so Travel) Step {
	w := &walk{plan: p, now: now, step: Step{Travel: so}}
	from := dest.Destination{Kind: dest.Queue, Target: string(queue)}
	w.hop(Hop{To: from, Name: p.NameOf(from), Why: inWords[why]})
	q, known := p.Queues[queue]
	mailbox := dest.Destination{Kind: dest.Mailbox, Target: q.Mailbox}
	switch {
	case !known:
		w.fall(inWords[QueueRemoved])
	case why == QueueOptOut && q.Voicemail:
		w.follow(mailbox)
	case why == QueueFull && q.Overflow != nil && q.Overflow.Kind != "":
		w.follow(*q.Overflow)
	default:
		w.say(orStandard(q.NoAgentMessage, NoAgent()))
		switch {
		case q.Voicemail:
			w.follow(mailbox)
		case q.OnNoAgent != nil:
			w.follow(*q.OnNoAgent)
		default:
			w.follow(dest.Destination{Kind: dest.Hangup})
		}
	}
	return w.step
}

// AfterAgent says where a caller goes whom the agent does not take: after the unavailable greeting to the agent's mailbox,
// if there is one, else nowhere (AG-4). Why completes the timeline, such as "rang out".
func (p *Plan) AfterAgent(agent id.Agent, why string, now time.Time, so Travel) Step {
	w := &walk{plan: p, now: now, step: Step{Travel: so}}
	from := dest.Destination{Kind: dest.Agent, Target: string(agent)}
	w.hop(Hop{To: from, Name: p.NameOf(from), Why: why})
	a, known := p.Agents[agent]
	if !known {
		w.fall("this agent does not exist")
		return w.step
	}
	w.say(orStandard(a.UnavailableGreeting, Absent()))
	if box := a.box(); box != "" {
		w.follow(dest.Destination{Kind: dest.Mailbox, Target: box})
	} else {
		w.follow(dest.Destination{Kind: dest.Hangup})
	}
	return w.step
}

func orStandard(p, standard prompt.Prompt) prompt.Prompt {
	if p.Empty() {
		return standard
	}
	return p
}
