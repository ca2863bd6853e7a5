package tel

import "strings"

// statusOf maps a cause to the SIP status that refuses a call (RFC 3398 §8.2.6.1).
var statusOf = map[Cause]int{
	1: 404, 2: 404, 3: 404, 17: 486, 18: 408, 19: 480, 20: 480, 21: 403, 22: 410, 26: 404, 27: 502, 28: 484, 29: 501, 31: 480,
	34: 503, 38: 503, 41: 503, 42: 503, 47: 503, 55: 403, 57: 403, 58: 503, 65: 488, 70: 488, 79: 501, 87: 403, 88: 488,
	102: 504, 111: 500, 127: 500,
}

// causeOf maps a SIP status to a cause (RFC 3398 §7.2.4.1 and §7.2.6).
var causeOf = map[int]Cause{
	400: 41, 401: 21, 402: 21, 403: 21, 404: 1, 405: 63, 406: 79, 407: 21, 408: 102, 410: 22, 413: 127, 414: 127, 415: 79,
	416: 127, 420: 127, 421: 127, 423: 127, 480: 18, 481: 41, 482: 25, 483: 25, 484: 28, 485: 1, 486: 17, 487: 16, 488: 88,
	500: 41, 501: 79, 502: 38, 503: 41, 504: 102, 505: 127, 513: 127, 600: 17, 603: 21, 604: 1, 606: 88,
}

// Status is the SIP status that refuses a call for this cause, 400 to 699 (RFC 3398 §8.2.6.1). A normal end is 480,
// and a call that a person declined is 603 rather than 403, for it would be tried elsewhere in vain.
func (c Cause) Status() int {
	if c == CauseRejected {
		return 603
	}
	if status, ok := statusOf[c]; ok {
		return status
	}
	return 480
}

// CauseOfStatus is the cause of a final SIP status (RFC 3398 §7.2.4.1); unknown ones are CauseInterworking.
func CauseOfStatus(status int) Cause {
	if cause, ok := causeOf[status]; ok {
		return cause
	}
	if status >= 200 && status < 300 {
		return CauseNormal
	}
	return CauseInterworking
}

// SIPUser is the user part of a SIP address as it may stand before the @: everything but unreserved signs and those
// that a user may hold is escaped (RFC 3261 §25.1).
func SIPUser(user string) string {
	const hex = "0123456789ABCDEF"
	var b strings.Builder
	for _, c := range []byte(user) {
		if isUserSign(c) {
			b.WriteByte(c)
			continue
		}
		b.WriteByte('%')
		b.WriteByte(hex[c>>4])
		b.WriteByte(hex[c&15])
	}
	return b.String()
}

func isUserSign(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || strings.IndexByte("-_.!~*'()&=+$,;?/", c) >= 0
}
