package sms

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"unicode/utf8"
)

// TestSend: the first carrier that takes a message is the last one asked. When none does, the error says what each has answered, and that it
// may be otherwise later if one of them may take it then.
func TestSend(t *testing.T) {
	silent, refuses := errors.New("no answer within 4 s"), fmt.Errorf("%w: 403 Forbidden", ErrRefused)
	for _, c := range []struct {
		name    string
		answers []error
		asked   int
		want    string
		final   bool
	}{
		{"nobody carries", nil, 0, "text message is refused: no trunk in use takes text messages", true},
		{"the first takes it", []error{nil, nil}, 1, "", false},
		{"the second takes it", []error{refuses, nil}, 2, "", false},
		{"all refuse", []error{refuses, refuses}, 2, "text message is refused: t0: 403 Forbidden; t1: 403 Forbidden", true},
		{"one may take it later", []error{silent, refuses}, 2, "t0: no answer within 4 s; t1: 403 Forbidden", false},
	} {
		asked := 0
		var carriers []Carrier
		for i, answer := range c.answers {
			carriers = append(carriers, Carrier{Name: fmt.Sprint("t", i), Send: func(_ context.Context, m Message) error {
				asked++
				if m.To != "+3225550100" {
					t.Errorf("%s: to %s", c.name, m.To)
				}
				return answer
			}})
		}
		got := ""
		err := Send(t.Context(), carriers, Message{To: "+3225550100"})
		if err != nil {
			got = err.Error()
		}
		if got != c.want || asked != c.asked || errors.Is(err, ErrRefused) != c.final {
			t.Errorf("%s: %d asked, %q", c.name, asked, got)
		}
	}
}

// TestClip cuts between characters.
func TestClip(t *testing.T) {
	const street = "Grüße aus der Straße"
	for most := 4; most < len(street); most++ {
		if cut := Clip(street, most); len(cut) > most || !utf8.ValidString(cut) {
			t.Errorf("%d bytes: %q", most, cut)
		}
	}
	if Clip(street, len(street)) != street {
		t.Error("what fits is cut")
	}
}
