package story

import (
	"encoding/json"
	"fmt"
	"reflect"
	"strings"
	"time"

	"parley/internal/owner"
)

// Copied is a machine at M that can be copied and written as JSON.
type Copied[M, Signal, Outcome any] interface {
	*M
	Handle(now time.Time, signal Signal) (Outcome, error)
	Copy() M
}

// Failing ends a test with a sentence.
type Failing func(format string, args ...any)

// Twice gives a machine a signal, and a copy of it that went through JSON the same one. It fails when they do not do the
// same, when a refusal changed the machine, or when a copy that was taken before has changed.
func Twice[M, Signal, Outcome any, P Copied[M, Signal, Outcome]](
	fail Failing, show func(any) string, machine P, now time.Time, signal Signal,
) (Outcome, error) {
	before, seen := State(fail, machine), machine.Copy()
	reborn := P(new(M))
	if err := json.Unmarshal([]byte(before), reborn); err != nil {
		fail("state cannot be read: %v", err)
	}
	out, err := machine.Handle(now, signal)
	if State(fail, &seen) != before {
		fail("a copy that was taken earlier has changed")
	}
	after := State(fail, machine)
	again, againErr := reborn.Handle(now, signal)
	if !reflect.DeepEqual(again, out) || fmt.Sprint(err) != fmt.Sprint(againErr) || State(fail, reborn) != after {
		fail("reborn from JSON it did\n%s\n%v\ninstead of\n%s\n%v", show(again), againErr, show(out), err)
	}
	if err != nil && after != before {
		fail("refused with %v and changed from\n%s\nto\n%s", err, before, after)
	}
	return out, err
}

// State is a machine as JSON.
func State(fail Failing, machine any) string {
	text, err := json.Marshal(machine)
	if err != nil {
		fail("state cannot be written: %v", err)
	}
	return string(text)
}

// SameWord fails when a value does not come back from its word and JSON as it was.
func SameWord[T any](fail Failing, words *owner.Dictionary[T], v T) {
	word, data, err := words.Encode(v)
	if err != nil {
		fail("not in the dictionary: %v", err)
	}
	back, err := words.Decode(word, data)
	if err != nil || !reflect.DeepEqual(back, v) {
		fail("%s came back as %v, %v", word, back, err)
	}
}

// Recount writes what happened since epoch: moments, actions and events, and signals, which are all else.
func Recount[Action, Event any](history []any, epoch time.Time, show func(any) string) string {
	var told strings.Builder
	for _, h := range history {
		switch h := h.(type) {
		case time.Time:
			fmt.Fprintf(&told, "%s ", h.Sub(epoch))
		case Action:
			fmt.Fprintf(&told, "   do   %s\n", show(h))
		case Event:
			fmt.Fprintf(&told, "   tell %s\n", show(h))
		default:
			fmt.Fprintln(&told, show(h))
		}
	}
	return told.String()
}
