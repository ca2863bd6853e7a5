package call

import (
	"fmt"
	"net/netip"
	"strconv"
	"strings"
	"testing"
	"time"

	"parley/internal/dest"
	"parley/internal/id"
	"parley/internal/prompt"
	"parley/internal/story"
	"parley/internal/tel"
	"parley/internal/treatment"
)

// TestStories tells each story in testdata to a call and compares what it does and tells.
//
// "queue" makes a queue that a later "routed" may name, "ended?" asks whether the call is over, "late" is a signal after
// its end.
func TestStories(t *testing.T) { story.Run(t, "testdata/*.txt", tell) }

func tell(t *testing.T, text string) string {
	c, queues := New("c", "acme"), map[string]*Queue{}
	s := &story.Story[Signal, Outcome]{T: t, Signals: Signals, Handle: c.Handle, TimeUp: timeUp}
	s.Read = func(field any, text string) any { return readField(t, queues, field, text) }
	s.Carry = func(out Outcome) {
		for _, a := range out.Actions {
			heed(&s.Timers, s.Now, a)
			s.Write("do   %s", show(a))
		}
		for _, e := range out.Events {
			s.Write("tell %s", show(e))
		}
	}
	s.Lines = map[string]func(string){
		"queue": func(rest string) {
			name, fields, _ := strings.Cut(rest, " ")
			q := &Queue{ID: id.Queue(name), Name: name}
			s.Fill(q, fields)
			queues[name] = q
		},
		"ended?": func(string) { s.Write("%v", c.Ended()) },
		"late": func(rest string) {
			for _, a := range Late(s.Signal(rest)) {
				s.Write("do   %s", show(a))
			}
		},
		"wreck": func(string) {
			actions, events := c.Wreck()
			s.Carry(Outcome{Actions: actions, Events: events})
		},
	}
	return s.Tell(text)
}

func timeUp(timer string) Signal { return TimeUp{Timer: timer} }

// heed sets and stops the timers of a world whose time is told to it.
func heed(timers *story.Alarms, now time.Time, action Action) {
	switch a := action.(type) {
	case SetTimer:
		timers.Set(a.Timer, now.Add(a.After))
	case StopTimer:
		timers.Stop(a.Timer)
	}
}

func readField(t *testing.T, queues map[string]*Queue, field any, text string) any {
	switch field.(type) {
	case dest.Destination:
		kind, target, _ := strings.Cut(text, ":")
		return dest.Destination{Kind: dest.Kind(kind), Target: target}
	case prompt.Prompt:
		return prompt.Prompt{Audio: text}
	case []prompt.Prompt:
		var all []prompt.Prompt
		for one := range strings.SplitSeq(text, ",") {
			all = append(all, prompt.Prompt{Audio: one})
		}
		return all
	case Lead: // of the campaign Spring
		which, name, _ := strings.Cut(text, ":")
		return Lead{ID: id.Lead(which), Name: name, Campaign: "c1", CampaignName: "Spring"}
	case []Sound: // by id, which is the name as well
		var all []Sound
		for one := range strings.SplitSeq(text, ",") {
			all = append(all, Sound{Audio: one, Name: one})
		}
		return all
	case treatment.Precedence:
		return readPrecedence(text)
	case *treatment.MenuPlan: // option keys and where they lead, the last without keys being the default
		return readMenu(text)
	case *treatment.AccessPlan:
		if text == "outside" {
			return &treatment.AccessPlan{Outside: true}
		}
		return &treatment.AccessPlan{Mailbox: id.Mailbox(text), CallBack: true}
	case *PagePlan: // name, and the members, or "to:" and the address of a multicast group
		name, members, _ := strings.Cut(text, ":")
		p := &PagePlan{Group: name, Name: name, Tone: true, Seconds: 30}
		if group, is := strings.CutPrefix(members, "to:"); is {
			p.Multicast = &Multicast{Group: netip.MustParseAddrPort(group), Codec: "PCMU", TTL: 1}
			return p
		}
		for one := range strings.SplitSeq(members, ",") {
			p.Members = append(p.Members, PageMember{Agent: id.Agent(one), Name: one})
		}
		return p
	case *Parking:
		return &Parking{Slot: text, Seconds: 120, Say: []prompt.Prompt{prompt.OfDigits(text)}}
	case []treatment.Kept: // number of who left each
		var all []treatment.Kept
		for one := range strings.SplitSeq(text, ",") {
			all = append(all, treatment.Kept{ID: id.Message("m" + one), From: tel.Number(one), LeftAt: story.Start})
		}
		return all
	case *Mailbox:
		return &Mailbox{ID: id.Mailbox(text), Name: text, Plan: &treatment.MailboxPlan{
			Greetings: []prompt.Prompt{{Audio: "speak-after-the-tone"}}, Followup: prompt.Prompt{Audio: "thanks"}, MaxSeconds: 60,
		}}
	case *Outside: // trunks, and then the number
		o := &Outside{}
		for one := range strings.SplitSeq(text, ",") {
			if strings.HasPrefix(one, "+") {
				o.To = tel.Number(one)
				continue
			}
			o.Ways = append(o.Ways, Route{Trunk: id.Trunk(one), CallerID: "+12025550100"})
		}
		return o
	case *FollowMe:
		return readFollowMe(text)
	case []tel.Forwarding: // number:why, with "*times" and "/limit" behind it
		var all []tel.Forwarding
		for one := range strings.SplitSeq(text, ",") {
			told, limit, _ := strings.Cut(one, "/")
			told, times, _ := strings.Cut(told, "*")
			number, why, _ := strings.Cut(told, ":")
			f := tel.Forwarding{From: tel.Number(number), URI: "sip:" + number + "@there", Why: tel.Diversion(why)}
			f.Times, _ = strconv.Atoi(times)
			f.Limit, _ = strconv.Atoi(limit)
			all = append(all, f)
		}
		return all
	case []Guest: // "trunk" or an agent, and the leg
		return readGuests(text)
	case *Consent: // rule and key
		rule, key, _ := strings.Cut(text, ":")
		return &Consent{Rule: Rule(rule), Key: tel.Digit(key), Prompt: prompt.Prompt{Audio: rule}}
	case []Hop:
		var all []Hop
		for one := range strings.SplitSeq(text, ",") {
			kind, target, _ := strings.Cut(one, ":")
			all = append(all, Hop{To: dest.Destination{Kind: dest.Kind(kind), Target: target}, Name: target})
		}
		return all
	case *treatment.CallbackPlan:
		return &treatment.CallbackPlan{After: 30, Interval: 60, Most: 2, CallerID: tel.Number(text)}
	case *treatment.SurveyPlan:
		var all []treatment.Question
		for one := range strings.SplitSeq(text, ",") {
			all = append(all, treatment.Question{Name: one, Prompt: prompt.Prompt{Audio: one}})
		}
		return &treatment.SurveyPlan{Questions: all}
	case Sample: // loss/jitter/round trip/MOS
		var s Sample
		if _, err := fmt.Sscanf(text, "%g/%d/%d/%g", &s.Loss, &s.Jitter, &s.RoundTrip, &s.MOS); err != nil {
			t.Fatalf("sample %q: %v", text, err)
		}
		s.Packets = 250
		return s
	case Caller:
		return Caller{ID: id.Customer(text), Name: text}
	case []Route: // trunk:name:caller ID:notice
		var all []Route
		for one := range strings.SplitSeq(text, ",") {
			part := strings.Split(one, ":")
			r := Route{Trunk: id.Trunk(part[0]), Name: part[1], CallerID: tel.Number(part[2])}
			if len(part) > 3 {
				r.Notice = part[3]
			}
			all = append(all, r)
		}
		return all
	case *Queue:
		if queues[text] == nil {
			t.Fatalf("no queue %q in this story", text)
		}
		return queues[text]
	case []Skip:
		var all []Skip
		for one := range strings.SplitSeq(text, ",") {
			agent, why, _ := strings.Cut(one, ":")
			all = append(all, Skip{Agent: id.Agent(agent), Why: why})
		}
		return all
	}
	return nil
}

// readGuests reads such as "trunk:other,bob:bob-page".
func readGuests(text string) (all []Guest) {
	for one := range strings.SplitSeq(text, ",") {
		who, leg, _ := strings.Cut(one, ":")
		g := Guest{Party: Party{ID: id.Party("d." + leg), Kind: Customer, State: Joined, Number: "+3222123456", Leg: id.Leg(leg), Device: onTrunk, Own: true, Up: true}}
		if who != "trunk" {
			g = Guest{Party: Party{ID: g.Party.ID, Kind: Agent, State: Joined, Agent: id.Agent(who), Name: who, Leg: id.Leg(leg), Device: onBrowser, Up: true}}
			g.Place, g.Station = true, true
		}
		all = append(all, g)
	}
	return all
}

// readPrecedence reads such as "2+600/billing:30": a priority, an age, and a step over skills with its expiry.
func readPrecedence(text string) (p treatment.Precedence) {
	first, step, steps := strings.Cut(text, "/")
	at := strings.IndexAny(first+"+", "+-")
	p.Priority, _ = strconv.Atoi(first[:at])
	p.AgeSeconds, _ = strconv.Atoi(first[at:])
	if steps {
		skills, seconds, _ := strings.Cut(step, ":")
		expires, _ := strconv.Atoi(seconds)
		p.Steps = []treatment.Step{{Skills: skills, ExpirySeconds: expires}}
	}
	return p
}

// readMenu reads such as "1>queue:sales!2+600,12>menu:more,hangup:", with the precedence of an option behind "!"; extensions may
// be keyed too where "x" stands first.
func readMenu(text string) *treatment.MenuPlan {
	m := &treatment.MenuPlan{Prompt: prompt.Prompt{Audio: "choose"}, Timeout: 5, Tries: 2}
	for one := range strings.SplitSeq(text, ",") {
		if one == "x" {
			m.Extensions = true
			continue
		}
		keys, to, option := strings.Cut(one, ">")
		if !option {
			to = keys
		}
		to, precedence, _ := strings.Cut(to, "!")
		kind, target, _ := strings.Cut(to, ":")
		d := dest.Destination{Kind: dest.Kind(kind), Target: target}
		if !option {
			m.Default, m.Precedence = d, readPrecedence(precedence)
			continue
		}
		m.Options = append(m.Options, treatment.MenuOption{Digits: keys, Destination: d, Precedence: readPrecedence(precedence)})
	}
	return m
}

var show = story.Printer(func(v any) string {
	switch v := v.(type) {
	case time.Time:
		return v.Format("15:04:05")
	case netip.AddrPort:
		return v.String()
	case Travel:
		return fmt.Sprintf("%d hops", v.Hops)
	case Skip:
		return fmt.Sprintf("%s:%s", v.Agent, v.Why)
	case prompt.Prompt:
		return v.Audio + v.Text + v.Value
	case dest.Destination:
		return fmt.Sprintf("%s:%s", v.Kind, v.Target)
	case Guest:
		return fmt.Sprintf("%s:%s", v.Party.ID, v.Party.Leg)
	case Sample:
		return fmt.Sprintf("%g/%d/%d/%g", v.Loss, v.Jitter, v.RoundTrip, v.MOS)
	case Hearing:
		detects := map[bool]string{true: "?"}[v.Detect] + map[bool]string{true: "!"}[v.Quiet] + map[bool]string{true: "..."}[v.Pause]
		return fmt.Sprintf("%s%s<-%s%s%s%s%s", v.Leg, detects, v.From, mixed(v.Mix), v.Hold, v.Tone, v.Tag) + said(v.Prompts)
	}
	return ""
})

// mixed are legs that are heard at once.
func mixed(all []id.Leg) string {
	var words []string
	for _, leg := range all {
		words = append(words, string(leg))
	}
	return strings.Join(words, "+")
}

// said is what is played.
func said(all []prompt.Prompt) string {
	if len(all) == 0 {
		return ""
	}
	var words []string
	for _, p := range all {
		words = append(words, p.Audio+p.Text+p.Value)
	}
	return "(" + strings.Join(words, " ") + ")"
}
