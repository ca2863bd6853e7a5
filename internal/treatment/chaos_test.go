package treatment

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"reflect"
	"testing"
	"time"

	"parley/internal/dest"
	"parley/internal/id"
	"parley/internal/prompt"
	"parley/internal/tel"
)

// TestChaos gives treatments signals in any order. A caller in one hears something or will be woken; words about an earlier
// play change nothing; a treatment that went through JSON goes on as if nothing had been; and one that is left alone, with
// what it plays played to its end, comes to its end or to hold audio.
func TestChaos(t *testing.T) {
	over, looped := 0, 0
	for seed := range uint64(500) {
		c := &chaos{t: t, seed: seed, rng: rand.New(rand.NewPCG(seed, 3)), now: time.Unix(1_000_000_000, 0).UTC()}
		c.hear(c.begin())
		for range 40 {
			c.now = c.now.Add(time.Duration(c.rng.IntN(4)) * time.Second)
			c.hear(c.any())
		}
		if c.alone(); c.w.On() {
			looped++
		} else {
			over++
		}
	}
	if over < 100 || looped < 50 {
		t.Errorf("%d treatments ended and %d came to hold audio: the chaos tries too little", over, looped)
	}
}

type chaos struct {
	t    *testing.T
	seed uint64
	rng  *rand.Rand
	now  time.Time
	w    Treatment
	told []string
}

func (c *chaos) fail(format string, args ...any) {
	c.t.Helper()
	c.t.Fatalf("seed %d: %s, after %v", c.seed, fmt.Sprintf(format, args...), c.told)
}

func (c *chaos) hear(s Signal) {
	c.told = append(c.told, fmt.Sprintf("%T%+v", s, s))
	before, reborn := c.w.Copy(), c.reborn()
	stale, isEnd := s.(PlayEnded)
	actions := c.w.Handle(c.now, s)
	if again := reborn.Handle(c.now, s); !reflect.DeepEqual(again, actions) || text(c.t, reborn) != text(c.t, &c.w) {
		c.fail("reborn from JSON it did %v, not %v", again, actions)
	}
	if isEnd && stale.Tag != before.Tag && (len(actions) > 0 || !reflect.DeepEqual(before, c.w)) {
		c.fail("%s ended, and %v was done", stale.Tag, actions)
	}
	ended := 0
	for _, a := range actions {
		if _, is := a.(Over); is {
			ended++
		}
	}
	_, begins := s.(Begin)
	_, stops := s.(Stop)
	if was := before.On(); ended > 1 || ended == 1 && c.w.On() || was && !c.w.On() && ended == 0 && !stops && !begins {
		c.fail("it ended %d times", ended)
	}
	if c.w.On() && len(c.w.Playing) == 0 && c.w.Looping == "" && c.w.Due.IsZero() {
		c.fail("the caller hears nothing, and nothing will come: %+v", c.w)
	}
	if c.w.Tag != "" && len(c.w.Playing) == 0 {
		c.fail("nothing is played under %s", c.w.Tag)
	}
}

// alone lets what plays end, and wakes, for an hour.
func (c *chaos) alone() {
	for range 2000 {
		switch {
		case !c.w.On():
			return
		case c.w.Tag != "":
			c.hear(PlayEnded{Tag: c.w.Tag})
		case c.w.Due.IsZero():
			return
		default:
			if c.w.Due.After(c.now) {
				c.now = c.w.Due
			}
			c.hear(Wake{})
		}
		if c.w.Wait != nil && c.w.Looping != "" && c.w.Tag == "" && c.w.offeredAll() {
			return
		}
	}
	c.fail("it goes on for ever: %+v", c.w)
}

// offeredAll tells whether a wait has come to its end: hold audio and announcements, and no more offers.
func (t *Treatment) offeredAll() bool {
	return t.Wait.OfferAt.IsZero() && !t.Wait.Pends && t.Wait.Callback == ""
}

func (c *chaos) reborn() *Treatment {
	t := &Treatment{}
	if err := json.Unmarshal([]byte(text(c.t, &c.w)), t); err != nil {
		c.t.Fatal(err)
	}
	return t
}

func text(t *testing.T, w *Treatment) string {
	data, err := json.Marshal(w)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

func (c *chaos) some() prompt.Prompt {
	return []prompt.Prompt{{}, {Audio: "welcome"}, {Text: "welcome"}}[c.rng.IntN(3)]
}

func (c *chaos) begin() Begin {
	switch c.rng.IntN(8) {
	case 0:
		return Begin{Mailbox: &MailboxPlan{Greetings: []prompt.Prompt{c.some()}, Followup: c.some(), MaxSeconds: c.rng.IntN(2) * 10}}
	case 1:
		return Begin{Announcement: &AnnouncementPlan{}}
	case 2:
		return Begin{Survey: &SurveyPlan{Questions: []Question{{Name: "a"}, {Name: "b", Prompt: c.some()}}}}
	case 3:
		return Begin{Menu: &MenuPlan{
			Prompt: c.some(), Timeout: c.rng.IntN(6), Tries: c.rng.IntN(4), Extensions: c.rng.IntN(2) == 0,
			Options: []MenuOption{{Digits: "1"}, {Digits: "12"}, {Digits: "*"}, {}},
			Default: dest.Destination{Kind: []dest.Kind{"", dest.Hangup, dest.Queue}[c.rng.IntN(3)]},
		}}
	case 4, 5:
		return Begin{Access: &AccessPlan{Mailbox: []id.Mailbox{"", "ann"}[c.rng.IntN(2)], CallBack: c.rng.IntN(2) == 0}}
	}
	w := &WaitPlan{
		Greeting: c.some(), Notice: c.some(), HoldAudio: []string{"", "jazz"}[c.rng.IntN(2)], Position: c.rng.IntN(2) == 0,
		Wait: c.rng.IntN(2) == 0, Every: c.rng.IntN(2) * 15, OptOut: []string{"", "*", "1"}[c.rng.IntN(3)],
	}
	if c.rng.IntN(2) == 0 {
		w.Messages = []prompt.Prompt{c.some(), c.some()}
	}
	if c.rng.IntN(2) == 0 {
		w.Callback = &CallbackPlan{After: c.rng.IntN(9), CallerID: []tel.Number{"", "+3222123456"}[c.rng.IntN(2)]}
	}
	return Begin{Wait: w, Again: c.rng.IntN(3) == 0}
}

// mailbox is something that a caller in a mailbox may hear of.
func (c *chaos) mailbox() Signal {
	told := Told{Verdict: []Verdict{Fits, Fits, Fits, Unfit, Locked, Failed, Unequal}[c.rng.IntN(7)], Mailbox: "ann"}
	if c.w.Access != nil {
		told.Serial = c.w.Access.Serial - c.rng.IntN(8)/7
	}
	if told.Verdict == Fits && c.rng.IntN(4) > 0 {
		told.Audio, told.Messages = "sound", []Kept{{ID: "m1", LeftAt: c.now, From: "+3222123456"}, {ID: "m2", LeftAt: c.now, Heard: true}}
	}
	return []Signal{KeyPressed{}, FieldDone{}, told, told, Taped{Recording: "r", Duration: time.Duration(c.rng.IntN(3)) * time.Second}}[c.rng.IntN(5)]
}

func (c *chaos) any() Signal {
	if c.w.Access != nil && c.rng.IntN(2) == 0 {
		return c.mailbox()
	}
	switch c.rng.IntN(14) {
	case 0:
		return Stop{}
	case 1:
		return c.begin()
	case 2:
		return Placed{Position: c.rng.IntN(4), Wait: time.Duration(c.rng.IntN(400)-1) * time.Second}
	case 3:
		return []Signal{CallbackTaken{Taken: true}, CallbackTaken{}, Unknown{}, Quiet{}, Stopped{}, CallbackPends{}}[c.rng.IntN(6)]
	case 4, 5, 6, 7:
		return Digit{Digit: tel.Digit([]byte{"11123457890#*9A"[c.rng.IntN(15)]})}
	case 8, 9:
		return Wake{}
	case 10:
		return PlayEnded{Tag: []string{"", "other", "treat:menu:1"}[c.rng.IntN(3)]}
	}
	return PlayEnded{Tag: c.w.Tag}
}
