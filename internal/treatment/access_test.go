package treatment

import (
	"strings"
	"testing"
	"time"

	"parley/internal/id"
	"parley/internal/story"
	"parley/internal/tel"
)

// keptOf reads messages: id, number and time since the story's beginning, and perhaps that it was heard.
func keptOf(text string) []Kept {
	var all []Kept
	for one := range strings.SplitSeq(text, ",") {
		part := strings.Split(one, ":")
		ago, err := time.ParseDuration(part[2])
		if err != nil {
			panic(err)
		}
		all = append(all, Kept{ID: id.Message(part[0]), From: tel.Number(part[1]), LeftAt: story.Start.Add(ago), Heard: len(part) > 3})
	}
	return all
}

// TestAccessCopies: what a caller does to a message is not done to the copies that others hold.
func TestAccessCopies(t *testing.T) {
	w := &Treatment{}
	now := story.Start
	w.Handle(now, Begin{Access: &AccessPlan{Mailbox: "ann"}})
	w.Handle(now, FieldDone{})
	w.Handle(now, Told{Serial: 1, Verdict: Fits, Mailbox: "ann", Messages: keptOf("m1:+32470111222:-2h")})
	before := w.Copy()
	w.Handle(now, Digit{Digit: "7"})
	if m := w.Access.Messages[0]; !m.Deleted || !m.Heard {
		t.Fatalf("%+v", m)
	}
	if m := before.Access.Messages[0]; m.Deleted || m.Heard {
		t.Errorf("the copy has changed: %+v", m)
	}
}
