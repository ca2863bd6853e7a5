package sip

import (
	"fmt"
	"strconv"
	"strings"

	"parley/internal/tel"
)

// DTMF says how keys go to a peer and are heard from it. Keys in INFO are heard whatever is said.
type DTMF string

// What can be asked of a peer.
const (
	DTMFAutomatic DTMF = ""        // events; where they are not agreed on, INFO if the peer takes it, else tones
	DTMFEvents    DTMF = "rfc4733" // events; tones where they are not agreed on
	DTMFInfo      DTMF = "info"    // INFO alone: events are not offered
	DTMFInBand    DTMF = "in_band" // tones in the sound: events are not offered
)

// Known tells whether d is one of the words above.
func (d DTMF) Known() bool {
	switch d {
	case DTMFAutomatic, DTMFEvents, DTMFInfo, DTMFInBand:
		return true
	}
	return false
}

// asEvents tells whether telephone-event is offered and taken.
func (d DTMF) asEvents() bool { return d == DTMFAutomatic || d == DTMFEvents }

// heardInSound tells whether keys are listened for in the sound of a peer with which events were agreed on, or not.
func (d DTMF) heardInSound(events bool) bool {
	return d == DTMFInBand || d == DTMFAutomatic && !events
}

// The bodies that we understand.
const (
	typeSDP   = "application/sdp"
	dtmfRelay = "application/dtmf-relay"
	dtmfPlain = "application/dtmf"
)

// readRelay reads a key from the body of INFO (RFC 6086 leaves the form to use): "Signal=5" lines, or the bare key.
func readRelay(kind, body string) (tel.Digit, bool) {
	switch kind {
	case dtmfPlain:
		return keyOf(body)
	case dtmfRelay:
		for line := range strings.Lines(body) {
			name, value, found := strings.Cut(line, "=")
			if found && strings.EqualFold(strings.TrimSpace(name), "signal") {
				return keyOf(value)
			}
		}
	}
	return "", false
}

// keyOf takes the key itself, or its event code 10 to 15 as some phones write * # A to D.
func keyOf(text string) (tel.Digit, bool) {
	text = strings.ToUpper(strings.TrimSpace(text))
	if digit := tel.Digit(text); digit.Event() >= 0 {
		return digit, true
	}
	if code, err := strconv.ParseUint(text, 10, 8); err == nil {
		return tel.DigitOf(uint8(code))
	}
	return "", false
}

func writeRelay(digit tel.Digit) string {
	return fmt.Sprintf("Signal=%s\r\nDuration=160\r\n", digit)
}
