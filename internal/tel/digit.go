package tel

import "strings"

// Digit is one DTMF key: "0" to "9", "*", "#", "A" to "D" (RFC 4733 §3.2, events 0 to 15).
type Digit string

const digits = "0123456789*#ABCD"

// Event is the digit's RFC 4733 event code, 0 to 15, or -1 when it is no digit.
func (d Digit) Event() int {
	if len(d) != 1 {
		return -1
	}
	return strings.IndexByte(digits, d[0])
}

// DigitOf is the digit of an RFC 4733 event code; ok is false above 15.
func DigitOf(event uint8) (d Digit, ok bool) {
	if int(event) >= len(digits) {
		return "", false
	}
	return Digit(digits[event]), true
}
