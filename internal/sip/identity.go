package sip

import (
	sipgo "github.com/emiago/sipgo/sip"

	"parley/internal/tel"
)

// Caller is who a call through a trunk is said to come from, and by which way.
type Caller struct {
	Number      string // that is shown, in the carrier's form; empty: nobody
	DisplayName string
	// Withheld says that whoever calls does not want to be known. The carrier is asked to hide Number, if it asserts numbers
	// and honours that (Trunk.Asserts, Trunk.Privacy).
	Withheld bool
	// Diverted is the number that was called before the call was sent on, as it is known here; empty: it was not sent on.
	Diverted string
	Because  tel.Diversion // why it was sent on; empty: nobody knows
	// Behind are the diversions that the call came with, the latest first.
	Behind []tel.Forwarding
	// Location is where the caller of an emergency call is; nil: the carrier is not told.
	Location *tel.Location
}

// hides tells whether the carrier is asked to keep the number from the called one. It has to know the number all the same, or
// it could not tell whose call it is: so the number is asserted whenever it is hidden (RFC 3325 §7).
func (t *Trunk) hides(c Caller) bool { return c.Withheld && t.Asserts && t.Privacy && c.Number != "" }

// from is who stands in From. A From user that the carrier knows us by always does; else one who is hidden is anonymous
// (RFC 3323 §4.1.1.3).
func (t *Trunk) from(c Caller, domain string) sipgo.FromHeader {
	if t.hides(c) {
		return fromOf(t.FromUser, domain, "")
	}
	return fromOf(or(t.FromUser, c.Number), domain, c.DisplayName)
}

// identity are the headers that say more than From: the asserted number (RFC 3325 §9.1), whether it is to be hidden (§9.3), and
// the numbers that were called before the call was sent on (RFC 5806).
func (t *Trunk) identity(c Caller, domain string) []sipgo.Header {
	var all []sipgo.Header
	if t.Asserts && c.Number != "" {
		all = append(all, sipgo.NewHeader("P-Asserted-Identity", address(c.Number, domain)))
	}
	if t.hides(c) {
		all = append(all, sipgo.NewHeader("Privacy", "id"))
	}
	return append(all, t.diversions(c, domain)...)
}

// inItsForm is a number as the carrier writes it; one that is none stays as it is.
func (t *Trunk) inItsForm(number string) string {
	full, err := tel.ParseNumber(number, t.Country)
	if err != nil {
		return number
	}
	return full.In(t.Format, t.Country)
}

// address is a user at a domain between angle brackets. Whatever a stranger wrote as the user, nothing but the user comes of it.
func address(user, domain string) string {
	uri := sipgo.Uri{Scheme: "sip", User: tel.SIPUser(clip(user, 120)), Host: domain}
	return "<" + uri.String() + ">"
}
