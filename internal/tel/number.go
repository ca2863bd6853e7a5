// Package tel holds telephone values: numbers, digits, causes, SIP addresses.
package tel

import (
	"fmt"
	"strings"

	"github.com/nyaruka/phonenumbers"
)

// Number is an E.164 number with its plus sign, or an extension of 2 to 6 digits without it.
type Number string

// ParseNumber reads what a person typed or a carrier sent. A number without an international prefix is
// read as dialled in country (ISO 3166 alpha-2). It gives the E.164 form.
func ParseNumber(typed, country string) (Number, error) {
	typed = strings.TrimSpace(typed)
	if digits, ok := strings.CutPrefix(typed, "+"); ok && allDigits(digits) && len(digits) >= 3 && len(digits) <= 15 {
		return Number(typed), nil
	}
	if (country == "" || country == nowhere) && !strings.ContainsAny(typed, plusSigns) {
		return "", refused(typed) // what is dialled in no country means nothing without a plus sign
	}
	parsed, err := phonenumbers.Parse(typed, country)
	if err != nil {
		return "", refused(typed)
	}
	return Number(phonenumbers.Format(parsed, phonenumbers.E164)), nil
}

const (
	nowhere   = "ZZ" // ISO 3166 keeps it for users; here it is no country
	plusSigns = "+＋" // the second is the wide one
)

func refused(typed string) error { return fmt.Errorf("%q is not a telephone number", typed) }

// IsExtension tells whether n is an internal extension: 2 to 6 digits (AG-6).
func (n Number) IsExtension() bool { return len(n) >= 2 && len(n) <= 6 && allDigits(string(n)) }

// Pretty is the number as people write it, in international form.
func (n Number) Pretty() string {
	parsed, err := phonenumbers.Parse(string(n), nowhere)
	if err != nil {
		return string(n)
	}
	return phonenumbers.Format(parsed, phonenumbers.INTERNATIONAL)
}

func allDigits(s string) bool {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return s != ""
}
