package treatment

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"
	"time"

	"parley/internal/prompt"
	"parley/internal/story"
)

// TestStories tells each story in testdata to a wait and compares what the caller is to hear.
func TestStories(t *testing.T) { story.Run(t, "testdata/*.txt", tell) }

func tell(t *testing.T, text string) string {
	w := NewWait("trunk")
	s := &story.Story[Signal, []Action]{T: t, Signals: Signals}
	s.Handle = func(_ time.Time, signal Signal) ([]Action, error) { return w.Handle(signal), nil }
	s.Carry = func(actions []Action) {
		for _, a := range actions {
			s.Write("do   %s", show(a))
		}
	}
	s.Read = func(field any, text string) any {
		if _, ok := field.(prompt.Prompt); ok {
			return prompt.Prompt{Audio: text}
		}
		return nil
	}
	return s.Tell(text)
}

func show(a Action) string {
	switch a := a.(type) {
	case Play:
		var all []string
		for _, p := range a.Prompts {
			all = append(all, p.Audio)
		}
		return fmt.Sprintf("Play %s, tag %s", strings.Join(all, " "), a.Tag)
	case Loop:
		return "Loop " + a.Audio
	}
	return reflect.TypeOf(a).Name()
}

// TestChaos gives waits signals in any order: a caller hears either one prompt, whose end is waited for, or hold audio,
// or nothing, and a wait that went through JSON goes on as if nothing had been.
func TestChaos(t *testing.T) {
	for seed := range uint64(500) {
		chance := rand.New(rand.NewPCG(seed, 3))
		w := NewWait("trunk")
		playing, looping := "", false
		var told []string
		for range 40 {
			s := anySignal(chance)
			reborn := roundTrip(t, w)
			actions := w.Handle(s)
			if again := reborn.Handle(s); !reflect.DeepEqual(again, actions) || !reflect.DeepEqual(reborn, w) {
				t.Fatalf("seed %d: reborn from JSON it did %v, not %v, after %v", seed, again, actions, told)
			}
			told = append(told, fmt.Sprintf("%T%+v", s, s))
			_, stop := s.(Stop)
			_, begin := s.(Begin)
			ended, isEnd := s.(PlayEnded)
			due := begin || stop && (playing != "" || looping) || isEnd && playing != "" && ended.Tag == playing
			if len(actions) != 1 && due || len(actions) != 0 && !due {
				t.Fatalf("seed %d: did %v after %v", seed, actions, told)
			}
			for _, a := range actions {
				playing, looping = hears(a)
			}
			if w.Playing != playing || w.Looping != looping {
				t.Fatalf("seed %d: state %+v, but %q is heard, hold audio %v, after %v", seed, *w, playing, looping, told)
			}
		}
	}
}

func hears(a Action) (playing string, looping bool) {
	switch a := a.(type) {
	case Play:
		return a.Tag, false
	case Loop:
		return "", true
	}
	return "", false
}

func anySignal(chance *rand.Rand) Signal {
	some := func() prompt.Prompt {
		return []prompt.Prompt{{}, {Audio: "welcome"}, {Text: "welcome"}}[chance.IntN(3)]
	}
	switch chance.IntN(6) {
	case 0:
		return Begin{Greeting: some(), Notice: some(), HoldAudio: []string{"", "jazz"}[chance.IntN(2)]}
	case 1:
		return Stop{}
	}
	return PlayEnded{Tag: []string{TagGreeting, TagGreeting, TagNotice, TagNotice, "", "other"}[chance.IntN(6)]}
}

func roundTrip(t *testing.T, w *Wait) *Wait {
	text, err := json.Marshal(w)
	if err != nil {
		t.Fatal(err)
	}
	reborn := &Wait{}
	if err := json.Unmarshal(text, reborn); err != nil {
		t.Fatal(err)
	}
	return reborn
}
