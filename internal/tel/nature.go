package tel

import (
	"strconv"
	"strings"

	"github.com/nyaruka/phonenumbers"
)

// Nature is what a number is to whoever pays for the call.
type Nature struct {
	CallingCode   string // of the country, digits without plus; empty for a short code
	International bool   // in another country; of several that share a calling code each is another
	Premium       bool   // premium-rate: by the country's plan, or 900 or 976
	Short         bool   // a short code of the country dialled from
}

// NatureOf tells what a number in E.164 form, or a short code, is when it is called from country (ISO 3166 alpha-2).
func NatureOf(n Number, country string) Nature {
	if !strings.HasPrefix(string(n), "+") {
		return Nature{Short: true}
	}
	parsed, err := phonenumbers.Parse(string(n), nowhere)
	if err != nil { // no country has it, so it can be anywhere
		return Nature{International: true}
	}
	kind := phonenumbers.GetNumberType(parsed)
	national := phonenumbers.GetNationalSignificantNumber(parsed)
	nature := Nature{
		CallingCode: strconv.Itoa(int(parsed.GetCountryCode())),
		Premium:     kind == phonenumbers.PREMIUM_RATE || isSurcharged(kind, int(parsed.GetCountryCode()), national),
		Short:       len(national) <= 6 && !phonenumbers.IsPossibleNumber(parsed),
	}
	nature.International = isAbroad(parsed, kind, country)
	return nature
}

// northAmerica is the calling code that some twenty-five countries share.
const northAmerica = 1

// isSurcharged finds 900 and 976 where the metadata does not: in North America 976 is also an exchange of every area.
// Elsewhere both mean it only in numbers whose kind nobody knows, for in Spain 900 is free.
func isSurcharged(kind phonenumbers.PhoneNumberType, code int, national string) bool {
	begins := strings.HasPrefix(national, "900") || strings.HasPrefix(national, "976")
	if code == northAmerica {
		return begins || len(national) == 10 && national[3:6] == "976"
	}
	return begins && kind == phonenumbers.UNKNOWN
}

// isAbroad tells apart the countries of one calling code by the region of the number: calls from one to another cost, and are
// where fraud goes. A number free of charge, or of no region, belongs to all of them.
func isAbroad(parsed *phonenumbers.PhoneNumber, kind phonenumbers.PhoneNumberType, country string) bool {
	if int(parsed.GetCountryCode()) != phonenumbers.GetCountryCodeForRegion(country) {
		return true
	}
	region := phonenumbers.GetRegionCodeForNumber(parsed)
	return region != "" && region != country && kind != phonenumbers.TOLL_FREE
}

// IsShortCode tells whether digits are a short number of country, such as the speaking clock.
func IsShortCode(digits, country string) bool {
	if !allDigits(digits) {
		return false
	}
	parsed, err := phonenumbers.Parse(digits, country)
	return err == nil && phonenumbers.IsValidShortNumberForRegion(parsed, country)
}

// IsCallingCode tells whether digits, without plus, are the calling code of a country or of a global network.
func IsCallingCode(digits string) bool {
	code, err := strconv.Atoi(digits)
	return err == nil && allDigits(digits) && digits[0] != '0' &&
		(phonenumbers.GetSupportedCallingCodes()[code] || phonenumbers.GetSupportedGlobalNetworkCallingCodes()[code])
}
