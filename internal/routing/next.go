package routing

import (
	"fmt"
	"time"

	"parley/internal/dest"
	"parley/internal/id"
	"parley/internal/prompt"
	"parley/internal/tel"
)

// Next follows a destination until there is something to do: time routers are asked, what is broken leads to the
// organisation's fallback. It gives a step whatever the plan holds, and after MaxHops destinations or MaxMenuTime in menus
// the fallback, so that no caller stays in a loop (IV-5).
func (p *Plan) Next(to dest.Destination, now time.Time, so Travel) Step {
	w := &walk{plan: p, now: now, step: Step{Travel: so}}
	w.follow(to)
	return w.step
}

// GiveUp sends a caller to the fallback who cannot stay where they are, such as in a menu after MenusUntil. Why is told in
// the timeline, in words.
func (p *Plan) GiveUp(from dest.Destination, why string, now time.Time, so Travel) Step {
	w := &walk{plan: p, now: now, step: Step{Travel: so}}
	w.hop(Hop{To: from, Name: p.NameOf(from)})
	w.fall(why)
	return w.step
}

// walk is one way through the plan.
type walk struct {
	plan *Plan
	now  time.Time
	step Step
}

func (w *walk) hop(h Hop) { w.step.Hops = append(w.step.Hops, h) }

func (w *walk) last() *Hop { return &w.step.Hops[len(w.step.Hops)-1] }

func (w *walk) follow(to dest.Destination) {
	if to.Kind == "" {
		to = dest.Destination{Kind: dest.Hangup}
	}
	w.hop(Hop{To: to, Name: w.plan.NameOf(to)})
	w.step.Travel.Hops++
	switch {
	case w.step.Travel.Hops > MaxHops:
		w.fall(fmt.Sprintf("the call went through %d destinations without reaching anyone", MaxHops))
	case to.Kind == dest.TimeRouter:
		w.askClock(id.Router(to.Target))
	default:
		if why := w.arrive(to); why != "" {
			w.fall(why)
		}
	}
}

// arrive makes the step for a destination, or says why there is none.
func (w *walk) arrive(to dest.Destination) (why string) {
	if why = w.plan.broken(to); why != "" {
		return why
	}
	menu, wasIn := to.Kind == dest.Menu, w.step.Travel.MenusUntil
	if menu && !wasIn.IsZero() && !w.now.Before(wasIn) {
		return fmt.Sprintf("the caller was in menus for %d minutes", MaxMenuTime/time.Minute)
	}
	switch {
	case !menu:
		w.step.Travel.MenusUntil = time.Time{}
	case wasIn.IsZero():
		w.step.Travel.MenusUntil = w.now.Add(MaxMenuTime)
	}
	w.step.Kind, w.step.Name = to.Kind, w.last().Name
	switch to.Kind {
	case dest.Queue:
		w.step.Queue = id.Queue(to.Target)
	case dest.Menu:
		w.step.Menu = id.Menu(to.Target)
	case dest.Mailbox:
		w.step.Mailbox = id.Mailbox(to.Target)
	case dest.External:
		w.step.Number = tel.Number(to.Target)
	case dest.Announcement:
		w.say(prompt.Prompt{Audio: to.Target})
	case dest.Agent:
		w.step.Agent = id.Agent(to.Target)
	case dest.Hangup, dest.TimeRouter, dest.AIAgent: // nothing more to say of them
	}
	return ""
}

// fall leads to the fallback, once; who cannot be sent on from there hears the apology.
func (w *walk) fall(why string) {
	w.last().Why = why
	if w.plan.Fallback != nil && w.plan.Fallback.Kind != "" && !w.step.Travel.Fallen {
		w.step.Travel = Travel{Fallen: true}
		w.follow(*w.plan.Fallback)
		return
	}
	w.step.Travel = Travel{Fallen: true}
	w.say(Apology())
	w.step.Kind = dest.Hangup
	w.hop(Hop{To: dest.Destination{Kind: dest.Hangup}})
}

func (w *walk) say(p prompt.Prompt) {
	if !p.Empty() {
		w.step.Say = append(w.step.Say, p)
	}
}

// askClock follows the first entry of a time router that matches now (TM-3).
func (w *walk) askClock(which id.Router) {
	r, known := w.plan.Routers[which]
	if !known {
		w.fall("this time router does not exist")
		return
	}
	for _, e := range r.Entries {
		one := w.plan.Ranges[id.TimeRange(e.Range)]
		if one.Hours == nil { // a range that is broken never matches; the check of the plan warned of it
			continue
		}
		found, ok := one.Hours.At(w.now)
		if !ok {
			continue
		}
		h := w.last()
		h.Entry, h.Range, h.Row = e.Name, one.Name, found.Row+1
		if found.Span != nil {
			h.Day = found.Span.Name
		}
		w.follow(e.Destination)
		return
	}
	w.follow(r.Default)
}
