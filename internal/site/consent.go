package site

import (
	"strings"

	"parley/internal/call"
	"parley/internal/settings"
	"parley/internal/tel"
)

// consent is what must be asked before a call with this number outside is recorded (BX-18): the entry with the longest beginning of it
// counts, and the one without any for all others, also for who shows no number. Colleagues are not asked.
func (s *Site) consent(number tel.Number) *call.Consent {
	if number.IsExtension() {
		return nil
	}
	if full, err := tel.ParseNumber(string(number), s.Org.Country); err == nil {
		number = full
	}
	var found *settings.Consent
	best := -1
	for i := range s.Records.Org.Consent {
		one := &s.Records.Org.Consent[i]
		if fits := longest(one.Prefixes, string(number)); fits > best {
			found, best = one, fits
		}
	}
	if found == nil || found.Rule != settings.ConsentNotice && found.Rule != settings.ConsentOptIn {
		return nil
	}
	return &call.Consent{Rule: call.Rule(found.Rule), Prompt: found.Prompt, Key: tel.Digit(found.Key)}
}

// longest is the length of the longest prefix that the number begins with: 0 when there is no prefix at all, -1 when none fits.
func longest(prefixes []string, number string) int {
	if len(prefixes) == 0 {
		return 0
	}
	best := -1
	for _, p := range prefixes {
		if strings.HasPrefix(number, p) {
			best = max(best, len(p))
		}
	}
	return best
}
