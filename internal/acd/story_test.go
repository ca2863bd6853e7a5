package acd

import (
	"fmt"
	"strconv"
	"strings"
	"testing"
	"time"

	"parley/internal/id"
	"parley/internal/skill"
	"parley/internal/story"
)

// TestStories tells each story in testdata to a distributor and compares what it does and tells.
//
// "timezone", "queue", "agent" and "status" lines make the next "< configure"; an underscore is a space.
func TestStories(t *testing.T) { story.Run(t, "testdata/*.txt", tell) }

func tell(t *testing.T, text string) string {
	d, conf := New(), Configure{}
	s := &story.Story[Signal, Outcome]{T: t, Signals: Signals, TimeUp: timeUp, Moments: true, Read: readField}
	s.Handle = func(now time.Time, signal Signal) (Outcome, error) {
		if _, is := signal.(Configure); is {
			signal, conf = conf, Configure{}
		}
		return d.Handle(now, signal)
	}
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
			q := Queue{RingSeconds: 20}
			s.Fill(&q, "id="+rest)
			conf.Queues = append(conf.Queues, q)
		},
		"timezone": func(rest string) { conf.Timezone = rest },
		"status": func(rest string) {
			c := CustomStatus{}
			s.Fill(&c, "id="+rest)
			conf.Statuses = append(conf.Statuses, c)
		},
		"agent": func(rest string) {
			a := Agent{}
			s.Fill(&a, "id="+rest)
			conf.Agents = append(conf.Agents, a)
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

// readField reads weights as ann:3,bob:1, skills as french:3,billing:1.5, what is held as ann:c1, and steps as
// french_>=_3@20;agents:ann+bob@30, in which the number after @ is the expiry.
func readField(field any, text string) any {
	switch field.(type) {
	case string:
		return strings.ReplaceAll(text, "_", " ")
	case map[id.Agent]int:
		weights := map[id.Agent]int{}
		for _, one := range strings.Split(text, ",") {
			who, weight, _ := strings.Cut(one, ":")
			weights[id.Agent(who)], _ = strconv.Atoi(weight)
		}
		return weights
	case []skill.Skill:
		var all []skill.Skill
		for _, one := range strings.Split(text, ",") {
			name, level, _ := strings.Cut(one, ":")
			value, _ := strconv.ParseFloat(level, 64)
			all = append(all, skill.Skill{Name: name, Level: value})
		}
		return all
	case []Step:
		return readSteps(text)
	case []Held:
		var all []Held
		for _, one := range strings.Split(text, ",") {
			who, call, _ := strings.Cut(one, ":")
			all = append(all, Held{Agent: id.Agent(who), Call: id.Call(call)})
		}
		return all
	}
	return nil
}

func readSteps(text string) []Step {
	var all []Step
	for _, one := range strings.Split(text, ";") {
		who, expiry, _ := strings.Cut(one, "@")
		var s Step
		s.ExpirySeconds, _ = strconv.Atoi(expiry)
		if names, agents := strings.CutPrefix(who, "agents:"); agents {
			for _, name := range strings.Split(names, "+") {
				s.Agents = append(s.Agents, id.Agent(name))
			}
		} else {
			s.Skills = strings.ReplaceAll(who, "_", " ")
		}
		all = append(all, s)
	}
	return all
}

var show = story.Printer(func(v any) string {
	if skip, ok := v.(Skip); ok {
		return fmt.Sprintf("%s:%s", skip.Agent, skip.Why)
	}
	return ""
})
