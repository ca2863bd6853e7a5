package routing_test

import (
	"fmt"
	"testing"

	"parley/internal/id"
)

func TestAskRouter(t *testing.T) {
	p := company(t)
	for _, c := range []struct {
		which    id.Router
		at, want string
	}{
		{"hours", "2026-11-20 12:00", "true 2 Open/Office hours row 1 until Nov 20 18:00"},
		{"hours", "2026-11-20 18:00", "false 0 / row 0 until Nov 23 08:50"},
		{"hours", "2026-12-25 12:00", "true 1 Holiday/Holidays row 1 until Dec 26 00:00"},
		{"hours", "2026-12-24 19:00", "false 0 / row 0 until Dec 25 00:00"},
		{"night", "2026-12-24 19:00", "false 0 / row 0 until never"},
	} {
		got, known := p.AskRouter(c.which, at(t, p, c.at))
		until := "never"
		if !got.Changes.IsZero() {
			until = got.Changes.In(p.Home).Format("Jan 2 15:04")
		}
		if text := fmt.Sprintf("%v %d %s/%s row %d until %s", got.Matches, got.Number, got.Entry, got.Range, got.Row, until); text != c.want || !known {
			t.Errorf("%s at %s: %s, want %s", c.which, c.at, text, c.want)
		}
	}
	if _, known := p.AskRouter("gone", at(t, p, workingHour)); known {
		t.Error("a router that is not there is known")
	}
}
