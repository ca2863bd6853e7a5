package tel

import (
	"strings"

	"github.com/nyaruka/phonenumbers"
)

// Format is the form in which a carrier wants numbers (BX-33).
type Format string

// The forms.
const (
	FormatE164          Format = "e164"          // +3225550100
	FormatDigits        Format = "digits"        // 3225550100
	FormatInternational Format = "international" // as dialled from the country: 003225550100, and 011… in North America
	FormatNational      Format = "national"      // 025550100 in the country itself, as international elsewhere
)

// Valid tells whether f is one of the forms.
func (f Format) Valid() bool {
	switch f {
	case FormatE164, FormatDigits, FormatInternational, FormatNational:
		return true
	}
	return false
}

// In is a number in a carrier's form, dialled from country. What is no E.164 number, such as an emergency number, has one
// form only; so has every number in a form that is not known.
func (n Number) In(f Format, country string) string {
	digits, ok := strings.CutPrefix(string(n), "+")
	if !ok {
		return string(n)
	}
	switch f {
	case FormatDigits:
		return digits
	case FormatInternational:
		return internationalPrefix(country) + digits
	case FormatNational:
		return n.national(country)
	case FormatE164:
	}
	return string(n)
}

func (n Number) national(country string) string {
	parsed, err := phonenumbers.Parse(string(n), nowhere)
	if err != nil || int(parsed.GetCountryCode()) != phonenumbers.GetCountryCodeForRegion(country) {
		return internationalPrefix(country) + string(n[1:])
	}
	return phonenumbers.GetNddPrefixForRegion(country, true) + phonenumbers.GetNationalSignificantNumber(parsed)
}

// internationalPrefix is what is dialled before the calling code: 011 in North America, 00 nearly everywhere else (ITU-T
// E.123 and E.164 recommend it).
func internationalPrefix(country string) string {
	if phonenumbers.IsNANPACountry(country) {
		return "011"
	}
	return "00"
}
