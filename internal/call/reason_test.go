package call

import (
	"strings"
	"testing"

	"parley/internal/tel"
)

func TestReasonAndDisposition(t *testing.T) {
	for _, c := range []struct {
		name        string
		cause       tel.Cause
		code        int
		phrase      string
		disposition Disposition
		want        string
	}{
		{"busy", tel.CauseBusy, 486, "Busy Here", Busy, "busy"},
		{"busy in its own words", tel.CauseBusy, 486, "Line engaged till 5 pm", Busy, "busy: Line engaged till 5 pm"},
		{"no answer", tel.CauseNoResponse, 480, "Temporarily Unavailable", NoAnswer, "the other side did not respond"},
		{"declined by a person", tel.CauseRejected, 603, "Decline", NoAnswer, "the call was declined"},
		{"refused by the carrier", tel.CauseRejected, 403, "No credit", Failed, "the call was declined: No credit"},
		{"no such number", tel.CauseUnallocated, 404, "Not Found", Failed, "the number does not exist"},
		{"unknown cause", 0, 0, "", Failed, "the call failed"},
		{"our own words again", tel.CauseNoCircuit, 503, "No line is free", Failed, "no line is free"},
		{"control characters", tel.CauseNoCircuit, 503, "a\r\nb\x00\xff", Failed, "no line is free: ab"},
		{"a long phrase", tel.CauseNoCircuit, 503, strings.Repeat("é", 200), Failed, "no line is free: " + strings.Repeat("é", maxPhrase)},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := reasonOf(c.cause, c.phrase); got != c.want {
				t.Errorf("reason %q, want %q", got, c.want)
			}
			if got := dispositionOf(c.cause, c.code); got != c.disposition {
				t.Errorf("disposition %s, want %s", got, c.disposition)
			}
		})
	}
}
