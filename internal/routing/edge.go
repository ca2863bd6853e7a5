package routing

import (
	"fmt"

	"parley/internal/dest"
	"parley/internal/id"
	"parley/internal/settings"
)

// Way says what leads a caller from one place to the next.
type Way string

// The ways. A caller takes a key's way by pressing it; all others without doing anything.
const (
	ByNumber   Way = "number"   // where a number leads
	ByKey      Way = "key"      // an option of a menu; Label is its keys
	ByDefault  Way = "default"  // of a menu: nothing was chosen; of a time router: no entry matched
	ByEntry    Way = "entry"    // of a time router; Label is its name
	ByOverflow Way = "overflow" // of a queue that is full
	ByNoAgent  Way = "no_agent" // of a queue that does not keep the caller
	ByMailbox  Way = "mailbox"  // of a queue or an agent with voicemail
)

// edge is one way out of a place.
type edge struct {
	way   Way
	label string
	field string // of the record, for refusals
	to    dest.Destination
}

// edges are the ways out of a place, in the order of the record.
func (p *Plan) edges(from dest.Destination) []edge {
	if p.broken(from) != "" {
		return nil
	}
	switch from.Kind {
	case dest.Menu:
		return menuEdges(p.Menus[id.Menu(from.Target)])
	case dest.TimeRouter:
		return routerEdges(p.Routers[id.Router(from.Target)])
	case dest.Queue:
		return queueEdges(p.Queues[id.Queue(from.Target)].Queue)
	case dest.Agent:
		if a := p.Agents[id.Agent(from.Target)]; a.box() != "" {
			return []edge{{way: ByMailbox, field: "personal_mailbox", to: dest.Destination{Kind: dest.Mailbox, Target: a.box()}}}
		}
	case dest.Mailbox, dest.Announcement, dest.External, dest.Hangup, dest.AIAgent:
	}
	return nil
}

func menuEdges(m settings.Menu) (all []edge) {
	for i, o := range m.Options {
		label := o.Digits
		if label == "" {
			label = o.Speech
		}
		all = append(all, edge{ByKey, label, fmt.Sprintf("options[%d].destination", i), o.Destination})
	}
	return append(all, edge{ByDefault, "", "default_destination", orHangup(m.DefaultDestination)})
}

func routerEdges(r settings.TimeRouter) (all []edge) {
	for i, e := range r.Entries {
		all = append(all, edge{ByEntry, e.Name, fmt.Sprintf("entries[%d].destination", i), e.Destination})
	}
	return append(all, edge{ByDefault, "", "default", orHangup(r.Default)})
}

func queueEdges(q settings.Queue) (all []edge) {
	if q.Overflow != nil && q.Overflow.Kind != "" {
		all = append(all, edge{ByOverflow, "", "overflow", *q.Overflow})
	}
	switch {
	case q.Voicemail:
		return append(all, edge{ByMailbox, "", "mailbox", dest.Destination{Kind: dest.Mailbox, Target: q.Mailbox}})
	case q.OnNoAgent != nil:
		return append(all, edge{ByNoAgent, "", "on_no_agent", orHangup(*q.OnNoAgent)})
	}
	return append(all, edge{ByNoAgent, "", "on_no_agent", dest.Destination{Kind: dest.Hangup}})
}

func orHangup(d dest.Destination) dest.Destination {
	if d.Kind == "" {
		return dest.Destination{Kind: dest.Hangup}
	}
	return d
}
