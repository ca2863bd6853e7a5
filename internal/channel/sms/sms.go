// Package sms sends text messages to telephones, by whoever carries them (SM-2).
package sms

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"

	"parley/internal/tel"
)

// ErrRefused means that it is of no use to send this message again: nobody carries messages, or all who do have refused it.
var ErrRefused = errors.New("text message is refused")

// Message is a text to one telephone.
type Message struct {
	To   tel.Number // E.164
	From tel.Number // E.164; empty: whichever the carrier puts there
	Text string
}

// Carrier takes messages. An error of Send says in words for people why it has not taken one, and is ErrRefused when it will not take it later.
type Carrier struct {
	Name string
	Send func(ctx context.Context, m Message) error
}

// Send gives a message to the first carrier that takes it. The error says what each of them has answered; one that is no ErrRefused may be gone
// later.
func Send(ctx context.Context, carriers []Carrier, m Message) error {
	if len(carriers) == 0 {
		return fmt.Errorf("%w: no trunk in use takes text messages", ErrRefused)
	}
	var why []string
	later := false
	for _, c := range carriers {
		err := c.Send(ctx, m)
		if err == nil {
			return nil
		}
		later = later || !errors.Is(err, ErrRefused)
		why = append(why, c.Name+": "+strings.TrimPrefix(err.Error(), ErrRefused.Error()+": "))
	}
	if said := strings.Join(why, "; "); !later {
		return fmt.Errorf("%w: %s", ErrRefused, said)
	}
	return errors.New(strings.Join(why, "; "))
}

// Clip is the beginning of a text, of so many bytes at most and of whole characters.
func Clip(text string, most int) string {
	if len(text) <= most {
		return text
	}
	const more = "…"
	for most -= len(more); most > 0 && !utf8.RuneStart(text[most]); {
		most--
	}
	return text[:most] + more
}
