package store

import (
	"encoding/json"
	"time"
)

// appendTime writes t as sqliteTime does, in a fraction of the time.
func appendTime(b []byte, t time.Time) []byte {
	t = t.UTC()
	year, month, day := t.Date()
	hour, minute, second := t.Clock()
	if year < 0 || year > 9999 {
		return t.AppendFormat(b, sqliteTime)
	}
	b = appendDigits(b, year, 4)
	b = appendDigits(append(b, '-'), int(month), 2)
	b = appendDigits(append(b, '-'), day, 2)
	b = appendDigits(append(b, 'T'), hour, 2)
	b = appendDigits(append(b, ':'), minute, 2)
	b = appendDigits(append(b, ':'), second, 2)
	b = appendDigits(append(b, '.'), t.Nanosecond()/1000, 6)
	return append(b, 'Z')
}

// appendDigits writes the last digits of a number that is not negative.
func appendDigits(b []byte, number, digits int) []byte {
	end := len(b) + digits
	b = append(b, "000000"[:digits]...)
	for i := end - 1; number > 0 && i >= end-digits; i-- {
		b[i] = byte('0' + number%10)
		number /= 10
	}
	return b
}

// appendJSON writes a text as JSON.
func appendJSON(b []byte, s string) []byte {
	for i := range len(s) {
		if s[i] < ' ' || s[i] > '~' || s[i] == '"' || s[i] == '\\' {
			quoted, err := json.Marshal(s)
			if err != nil { // a text always has a form in JSON
				return append(b, `""`...)
			}
			return append(b, quoted...)
		}
	}
	return append(append(append(b, '"'), s...), '"')
}
