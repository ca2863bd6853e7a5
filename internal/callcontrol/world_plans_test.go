package callcontrol_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"net/netip"
	"strings"
	"time"

	"parley/internal/call"
	"parley/internal/dest"
	"parley/internal/id"
	"parley/internal/prompt"
	"parley/internal/routing"
	"parley/internal/settings"
	"parley/internal/treatment"
)

// plans is the number plan of the world: the real routing, over records made by chance. They may lead in circles.
type plans struct{ w *world }

// newRouting makes records in which everything may lead to everything.
func newRouting(rng *rand.Rand, agents int) *routing.Plan {
	anywhere := func() dest.Destination {
		switch rng.IntN(9) {
		case 0:
			return dest.Destination{Kind: dest.Agent, Target: fmt.Sprintf("agent%d", rng.IntN(agents+1))} // one is not there
		case 1:
			return dest.Destination{Kind: dest.Hangup}
		case 2, 3:
			return dest.Destination{Kind: dest.Mailbox, Target: "box"}
		case 4:
			return dest.Destination{Kind: dest.External, Target: "+3222123456"}
		case 5:
			return dest.Destination{Kind: dest.Announcement, Target: "closed"}
		case 6:
			return dest.Destination{Kind: dest.Queue, Target: fmt.Sprintf("q%d", rng.IntN(2))}
		}
		return dest.Destination{Kind: dest.Menu, Target: fmt.Sprintf("m%d", rng.IntN(3))}
	}
	p := &routing.Plan{
		Menus: map[id.Menu]settings.Menu{}, Queues: map[id.Queue]routing.Queue{}, Agents: map[id.Agent]routing.Agent{},
		Mailboxes: map[id.Mailbox]settings.Mailbox{"box": {Name: "Box"}}, Audio: map[id.Audio]string{"closed": "closed.wav"},
		Extensions: map[string]id.Agent{"11": "agent0"},
	}
	if rng.IntN(2) == 0 {
		to := anywhere()
		p.Fallback = &to
	}
	for n := range 3 {
		m := settings.Menu{Name: fmt.Sprint("Menu ", n), Timeout: 1 + rng.IntN(5), MaxTries: 1 + rng.IntN(3), AllowDirectExtensions: rng.IntN(2) == 0}
		m.Prompt, m.DefaultDestination = prompt.Prompt{Audio: "choose"}, anywhere()
		m.Options = []settings.MenuOption{{Digits: "1", Destination: anywhere()}, {Digits: "2", Destination: anywhere()}, {Digits: "22", Destination: anywhere()}}
		p.Menus[id.Menu(fmt.Sprint("m", n))] = m
	}
	for n := range 2 {
		q := settings.Queue{Name: fmt.Sprint("Queue ", n), Voicemail: rng.IntN(2) == 0, Mailbox: "box", OptOutKey: "*", AnnounceIntervalSeconds: 15}
		q.AnnouncePosition, q.AnnounceWait = rng.IntN(2) == 0, rng.IntN(2) == 0
		if to := anywhere(); rng.IntN(2) == 0 {
			q.OnNoAgent = &to
		}
		if rng.IntN(3) == 0 {
			q.AgentWhisper = prompt.Prompt{Audio: "a call"}
		}
		if rng.IntN(3) == 0 {
			q.Survey = []settings.SurveyQuestion{{Name: "kind", Prompt: prompt.Prompt{Audio: "kind"}}}
		}
		p.Queues[id.Queue(fmt.Sprint("q", n))] = routing.Queue{Queue: q}
	}
	for n := range agents {
		a := settings.Agent{Active: true, Voicemail: rng.IntN(2) == 0, PersonalMailbox: "box"}
		p.Agents[id.Agent(fmt.Sprint("agent", n))] = routing.Agent{Name: fmt.Sprint("Agent ", n), Agent: a}
	}
	return p
}

func (p plans) wait(ctx context.Context) {
	if p.w.chance(20) {
		select {
		case <-time.After(time.Second):
		case <-ctx.Done():
		}
	}
}

// numbers are where they lead.
var numbers = map[string]dest.Kind{"q": dest.Queue, "a": dest.Agent, "m": dest.Menu}

func (p plans) Route(ctx context.Context, _ id.Org, a call.FindRoute) call.Signal {
	p.wait(ctx)
	kind, known := numbers[string(a.To[:1])]
	if !known {
		return call.Unrouted{Cause: 1, Why: "no such number"}
	}
	return p.routed(p.w.routes.Next(dest.Destination{Kind: kind, Target: string(a.To)}, time.Now(), routing.Travel{}))
}

func (p plans) Next(ctx context.Context, _ id.Org, a call.FindNext) call.Signal {
	p.wait(ctx)
	now, so, routes := time.Now(), routing.Travel(a.Travel), p.w.routes
	if p.w.fault.loops { // one menu for ever, that asks once
		back := dest.Destination{Kind: dest.Menu, Target: "m0"}
		return call.Routed{Destination: back, Menu: &treatment.MenuPlan{Timeout: 1, Tries: 1, Default: back}}
	}
	switch a.Leaving.Kind {
	case dest.Queue:
		why := map[string]routing.Left{"timeout": routing.QueueTimeout, "overflow": routing.QueueFull, "voicemail": routing.QueueOptOut}[a.Why]
		return p.routed(routes.AfterQueue(id.Queue(a.Leaving.Target), why, now, so))
	case dest.Agent:
		return p.routed(routes.AfterAgent(id.Agent(a.Leaving.Target), a.Why, now, so))
	case "":
	default:
		return p.routed(routes.GiveUp(a.Leaving, a.Why, now, so))
	}
	if a.Extension != "" {
		which, known := routes.Extensions[a.Extension]
		if !known {
			return call.Unrouted{Cause: 1, Why: "nobody has it"}
		}
		a.To = dest.Destination{Kind: dest.Agent, Target: string(which)}
	}
	return p.routed(routes.Next(a.To, now, so))
}

// routed makes an answer of a step.
func (p plans) routed(step routing.Step) call.Signal {
	last := step.Hops[len(step.Hops)-1]
	r := call.Routed{Destination: last.To, Name: step.Name, Say: step.Say, Travel: call.Travel(step.Travel)}
	for _, h := range step.Hops {
		r.Hops = append(r.Hops, call.Hop{To: h.To, Name: h.Name, Why: h.Why})
	}
	switch step.Kind {
	case dest.Queue:
		r.Queue = p.queue(step.Queue)
	case dest.Agent:
		r.Agent, r.AgentName, r.RingSeconds = step.Agent, step.Name, 15
		if p.w.chance(30) {
			r.Forward = dest.Destination{Kind: dest.External, Target: "+3222123456"}
		}
		if p.w.chance(20) {
			r.Away = "do not disturb"
		}
	case dest.Menu:
		m := p.w.routes.Menus[step.Menu]
		r.Menu = &treatment.MenuPlan{
			Prompt: m.Prompt, Timeout: m.Timeout, Tries: m.MaxTries, Extensions: m.AllowDirectExtensions, Default: m.DefaultDestination,
		}
		for _, o := range m.Options {
			r.Menu.Options = append(r.Menu.Options, treatment.MenuOption{Digits: o.Digits, Destination: o.Destination})
		}
	case dest.Mailbox:
		r.Mailbox = &call.Mailbox{ID: step.Mailbox, Plan: &treatment.MailboxPlan{Greetings: []prompt.Prompt{{Audio: "speak"}}, MaxSeconds: 15}}
	case dest.External:
		r.External = &call.Outside{To: step.Number, Ways: []call.Route{{Trunk: "trunk"}, {Trunk: "spare"}}}
	case dest.Announcement, dest.Hangup, dest.TimeRouter, dest.AIAgent:
	}
	return r
}

func (p plans) queue(which id.Queue) *call.Queue {
	s := p.w.routes.Queues[which]
	q := &call.Queue{
		ID: which, Name: s.Name, Record: p.w.chance(50), Position: s.AnnouncePosition, Wait: s.AnnounceWait,
		Every: s.AnnounceIntervalSeconds, Whisper: s.AgentWhisper, Callback: p.callbackPlan(),
	}
	if s.Voicemail {
		q.OptOut = s.OptOutKey
	}
	if len(s.Survey) > 0 {
		q.Survey = &treatment.SurveyPlan{Questions: []treatment.Question{{Name: s.Survey[0].Name, Prompt: s.Survey[0].Prompt}}}
	}
	if p.w.chance(50) {
		q.Greeting = prompt.Prompt{Audio: "welcome"}
	}
	if p.w.chance(50) {
		q.RecordingNotice = prompt.Prompt{Audio: "recorded"}
	}
	return q
}

func (p plans) Dial(ctx context.Context, _ id.Org, a call.FindPlan) call.Signal {
	p.wait(ctx)
	switch {
	case strings.HasPrefix(a.To, "agent") && a.Move == 0 && p.w.chance(15):
		page := &call.PagePlan{Name: "all", Tone: p.w.chance(50), Seconds: 20}
		for n := range 5 {
			if which := id.Agent(fmt.Sprint("agent", n)); which != a.Agent {
				page.Members = append(page.Members, call.PageMember{Agent: which})
			}
		}
		if p.w.chance(30) {
			page.Members, page.Multicast = nil, &call.Multicast{Group: netip.MustParseAddrPort("239.255.71.1:20000"), Codec: "PCMA", TTL: 1}
		}
		return call.Planned{Number: "300", Page: page}
	case strings.HasPrefix(a.To, "agent") && a.Move == 0 && p.w.chance(15):
		return call.Planned{Number: "1", Agent: id.Agent(a.To), AgentName: a.To, RingSeconds: 15, Intercom: true}
	case strings.HasPrefix(a.To, "agent"):
		return call.Planned{Number: "1", Agent: id.Agent(a.To), AgentName: a.To, RingSeconds: 15}
	case strings.HasPrefix(a.To, "+"):
		return call.Planned{Number: "+12025550123", Trunk: "trunk", CallerID: "+12025550100"}
	}
	return call.Unplanned{Cause: 1, Why: "no such number"}
}
