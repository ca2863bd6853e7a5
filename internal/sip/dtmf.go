package sip

import (
	"fmt"
	"strconv"
	"strings"

	"parley/internal/tel"
)

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
