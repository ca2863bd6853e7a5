package tel

import "github.com/nyaruka/phonenumbers"

// IsCountry tells whether there is a number plan for what stands here: two capital letters of ISO 3166-1.
func IsCountry(country string) bool { return phonenumbers.GetCountryCodeForRegion(country) != 0 }
