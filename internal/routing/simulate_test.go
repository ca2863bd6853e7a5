package routing_test

import (
	"fmt"
	"math/rand/v2"
	"strconv"
	"strings"
	"testing"

	"parley/internal/dest"
	"parley/internal/id"
	"parley/internal/routing"
	"parley/internal/settings"
	"parley/internal/story"
	"parley/internal/tel"
)

// TestSimulations tells what becomes of the calls in testdata: "< number, date time, keys", after which may stand
// "unanswered" and "queue waiting online available".
func TestSimulations(t *testing.T) {
	story.Run(t, "testdata/*.txt", func(t *testing.T, text string) string {
		var out strings.Builder
		for line := range strings.Lines(text) {
			call, isCall := strings.CutPrefix(line, "< ")
			if strings.HasPrefix(line, "  ") {
				continue
			}
			out.WriteString(line)
			if isCall {
				p := company(t)
				tellAccount(&out, p, p.Simulate(trial(t, p, strings.TrimSpace(call))))
			}
		}
		return out.String()
	})
}

// trial reads a line such as "+3225550100, 2026-11-20 12:00, keys 1 102# -, unanswered, sales 3 0 0".
func trial(t *testing.T, p *routing.Plan, line string) routing.Trial {
	t.Helper()
	parts := strings.Split(line, ", ")
	made := routing.Trial{To: tel.Number(parts[0]), At: at(t, p, parts[1]), Queues: map[id.Queue]routing.QueueState{}}
	for _, part := range parts[2:] {
		words := strings.Fields(part)
		switch {
		case part == "unanswered":
			made.Unanswered = true
		case words[0] == "keys":
			for _, k := range words[1:] {
				made.Keys = append(made.Keys, strings.ReplaceAll(k, "-", ""))
			}
		default:
			var n [3]int
			for i := range n {
				n[i], _ = strconv.Atoi(words[1+i])
			}
			made.Queues[id.Queue(words[0])] = routing.QueueState{Waiting: n[0], Online: n[1], Available: n[2]}
		}
	}
	return made
}

func tellAccount(out *strings.Builder, p *routing.Plan, a routing.Account) {
	for _, s := range a.Scenes {
		where := s.Name
		if where != "" {
			where += ": "
		}
		fmt.Fprintf(out, "  %s %-5s %s%s %s\n", s.At.In(p.Home).Format("15:04:05"), s.Kind, where, s.Text, strings.Join(s.Plays, " / "))
	}
	fmt.Fprintf(out, "  ends at %s %s: %s\n", a.End.Kind, a.Name, a.Why)
}

// Whatever callers key, whatever leads where: a simulation ends, at a place where a call can end.
func TestSimulationsEnd(t *testing.T) {
	chance := rand.New(rand.NewPCG(7, 9))
	for range 300 {
		p := company(t)
		places := []dest.Destination{
			to(dest.Menu, "main"), to(dest.Menu, "sub"), to(dest.TimeRouter, "hours"), to(dest.TimeRouter, "night"), to(dest.Queue, "sales"),
			to(dest.Queue, "alone"), to(dest.Agent, "ann"), to(dest.Mailbox, "gone"), hangup, to(dest.Announcement, "closed"),
		}
		anywhere := func() dest.Destination { return places[chance.IntN(len(places))] }
		for _, which := range []id.Menu{"main", "sub"} {
			m := settings.New[settings.Menu]()
			m.Name, m.Prompt.Text, m.DefaultDestination, m.AllowDirectExtensions = string(which), "Press.", anywhere(), chance.IntN(2) == 0
			m.Options = []settings.MenuOption{{Digits: "1", Destination: anywhere()}, {Digits: "10", Destination: anywhere()}, {Digits: "*", Destination: anywhere()}}
			p.Menus[which] = m
		}
		over := anywhere()
		p.Queues["alone"] = routing.Queue{Queue: settings.Queue{Name: "Alone", OnNoAgent: &over, MaxHoldSeconds: 600}}
		fallback := anywhere()
		p.Fallback = &fallback
		trial := routing.Trial{To: "+3225550100", At: at(t, p, workingHour), Unanswered: chance.IntN(2) == 0}
		for range chance.IntN(60) {
			trial.Keys = append(trial.Keys, []string{"", "1", "10", "9", "101", "102#", "*", "#", "11111111111"}[chance.IntN(9)])
		}
		a := p.Simulate(trial)
		last := a.Scenes[len(a.Scenes)-1]
		if a.End.Kind == "" || a.Why == "" || last.Kind != routing.SceneEnd || a.End.Kind == dest.Menu || a.End.Kind == dest.TimeRouter {
			t.Fatalf("%+v ends as %+v", trial, a)
		}
	}
}
