package treatment

import (
	"strings"
	"testing"
	"time"

	"parley/internal/dest"
	"parley/internal/prompt"
	"parley/internal/story"
)

// TestStories tells each story in testdata to a treatment and compares what the caller hears and what is asked for.
//
// "menu", "wait", "mailbox", "access", "survey" and "announcement" begin one; "heard" ends what plays.
func TestStories(t *testing.T) { story.Run(t, "testdata/*.txt", tell) }

func tell(t *testing.T, text string) string {
	w := &Treatment{}
	s := &story.Story[Signal, []Action]{T: t, Signals: Signals, TimeUp: func(string) Signal { return Wake{} }}
	last := ""
	s.Handle = func(now time.Time, signal Signal) ([]Action, error) {
		actions := w.Handle(now, signal)
		s.Timers.Stop("due")
		if !w.Due.IsZero() {
			s.Timers.Set("due", w.Due)
		}
		return actions, nil
	}
	s.Carry = func(actions []Action) {
		for _, a := range actions {
			s.Write("do   %s", show(a))
		}
		if now := hears(w); now != last {
			last = now
			s.Write("%s", now)
		}
	}
	s.Read = readField
	s.Lines = map[string]func(string){"heard": func(string) { s.Hear(PlayEnded{Tag: w.Tag}) }}
	begin := func(word string, plan any, b Begin) {
		s.Lines[word] = func(rest string) {
			s.Fill(plan, rest)
			s.Hear(b)
		}
	}
	menu, wait, mailbox, survey, announcement := &MenuPlan{}, &WaitPlan{}, &MailboxPlan{}, &SurveyPlan{}, &AnnouncementPlan{}
	access := &AccessPlan{}
	begin("menu", menu, Begin{Menu: menu})
	begin("wait", wait, Begin{Wait: wait})
	begin("again", wait, Begin{Wait: wait, Again: true})
	begin("mailbox", mailbox, Begin{Mailbox: mailbox})
	begin("survey", survey, Begin{Survey: survey})
	begin("access", access, Begin{Access: access})
	begin("announcement", announcement, Begin{Announcement: announcement})
	return s.Tell(text)
}

// hears is what the caller hears now.
func hears(w *Treatment) string {
	switch {
	case len(w.Playing) > 0:
		return "hear " + words(w.Playing)
	case w.Looping != "":
		return "hear " + w.Looping + " over and over"
	case w.On():
		return "hear silence"
	}
	return "over"
}

func words(all []prompt.Prompt) string {
	var text []string
	for _, p := range all {
		text = append(text, strings.Trim(string(p.Kind)+" "+p.Audio+p.Value, " "))
	}
	return strings.Join(text, ", ")
}

var show = story.Printer(func(v any) string {
	if d, ok := v.(dest.Destination); ok {
		return string(d.Kind) + ":" + d.Target
	}
	return ""
})

func readField(field any, text string) any {
	switch field.(type) {
	case prompt.Prompt:
		return prompt.Prompt{Audio: text}
	case []prompt.Prompt:
		var all []prompt.Prompt
		for one := range strings.SplitSeq(text, ",") {
			all = append(all, prompt.Prompt{Audio: one})
		}
		return all
	case dest.Destination:
		kind, target, _ := strings.Cut(text, ":")
		return dest.Destination{Kind: dest.Kind(kind), Target: target}
	case []MenuOption:
		var all []MenuOption
		for one := range strings.SplitSeq(text, ",") {
			keys, to, _ := strings.Cut(one, ">")
			kind, target, _ := strings.Cut(to, ":")
			all = append(all, MenuOption{Digits: keys, Destination: dest.Destination{Kind: dest.Kind(kind), Target: target}})
		}
		return all
	case []Kept: // such as m1:+32470111222:-2h, and ":heard"
		return keptOf(text)
	case *CallbackPlan:
		return &CallbackPlan{After: 30, Interval: 60, Most: 2, CallerID: "+32470111222"}
	case []Question:
		var all []Question
		for one := range strings.SplitSeq(text, ",") {
			all = append(all, Question{Name: one, Prompt: prompt.Prompt{Audio: one}})
		}
		return all
	}
	return nil
}
