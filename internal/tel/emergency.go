package tel

import (
	"slices"
	"strconv"
	"strings"

	"github.com/nyaruka/phonenumbers"
)

// Emergency reads an emergency number as it may be typed in country: bare, with spaces, behind the digit that old telephone
// systems wanted for a line (0 or 9), or behind the country's international prefix. It gives the bare number. More are
// further emergency numbers of the organisation; those of the country are always known (BX-13).
func Emergency(typed, country string, more []string) (Number, bool) {
	typed = strings.Map(func(r rune) rune {
		if strings.ContainsRune(" -.()/\t", r) {
			return -1
		}
		return r
	}, typed)
	typed = strings.TrimPrefix(typed, "tel:")
	if isEmergency(typed, country, more) {
		return Number(typed), true
	}
	for _, prefix := range prefixes(country) {
		if rest, ok := strings.CutPrefix(typed, prefix); ok && isEmergency(rest, country, more) {
			return Number(rest), true
		}
	}
	return "", false
}

// EmergencySomewhere tells whether digits are an emergency number in any country, behind a digit for a line too.
func EmergencySomewhere(digits string) bool {
	for country := range phonenumbers.GetSupportedRegions() {
		if _, is := Emergency(digits, country, nil); is {
			return true
		}
	}
	return false
}

// prefixes are what people put before a number although an emergency number has none.
func prefixes(country string) []string {
	all := []string{"0", "9", "00", "011"}
	if code := phonenumbers.GetCountryCodeForRegion(country); code != 0 {
		text := strconv.Itoa(code)
		all = append(all, "+"+text, "00"+text, "011"+text)
	}
	return all
}

func isEmergency(digits, country string, more []string) bool {
	if !allDigits(digits) {
		return false
	}
	return slices.Contains(more, digits) || phonenumbers.IsEmergencyNumber(digits, country) || slices.Contains(everywhere, digits)
}

// everywhere are the emergency numbers that every mobile network connects, whatever its country (3GPP TS 22.101 §10.1.1).
// They are known where the country has no metadata, or a wrong one is set.
var everywhere = []string{"112", "911"}
