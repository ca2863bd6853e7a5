package dialing

import (
	"strings"
	"time"

	"parley/internal/id"
	"parley/internal/tel"
)

// Money is an amount in millionths of the organisation's currency.
type Money int64

// Unit is one of the currency.
const Unit Money = 1_000_000

// Rate is what calls cost to numbers that begin with a prefix (BX-15).
type Rate struct {
	Prefix string   `json:"prefix"`          // with plus, such as +32
	Trunk  id.Trunk `json:"trunk,omitempty"` // empty: every trunk that has no rate of its own for the number
	Minute Money    `json:"minute"`          // of talking, counted by the second
	Fee    Money    `json:"fee,omitempty"`   // of a call that is answered
}

// of is what a time of talking costs.
func (r Rate) of(talked time.Duration) Money {
	return r.Fee + Money(int64(r.Minute)*int64(talked/time.Second)/60)
}

// rates are found by trunk, then by prefix; the empty trunk holds those of all.
type rates map[id.Trunk]map[string]Rate

func newRates(list []Rate) rates {
	all := rates{}
	for _, r := range list {
		if all[r.Trunk] == nil {
			all[r.Trunk] = map[string]Rate{}
		}
		if before, twice := all[r.Trunk][r.Prefix]; twice && before.Minute >= r.Minute {
			continue // the dearer counts
		}
		all[r.Trunk][r.Prefix] = r
	}
	return all
}

// to is the rate of a number through a trunk, that of the longest prefix; the trunk's own come first. Without one nothing is
// counted.
func (r rates) to(number tel.Number, trunk id.Trunk) Rate {
	for _, list := range []map[string]Rate{r[trunk], r[""]} {
		for end := len(number); end > 1 && strings.HasPrefix(string(number), "+"); end-- {
			if rate, ok := list[string(number[:end])]; ok {
				return rate
			}
		}
	}
	return Rate{}
}
