package sip

import (
	"fmt"
	"time"
)

// OK tells whether calls can go by the trunk, as far as it was tried. An answer to OPTIONS that knows no such method or user
// proves a peer that lives (RFC 3261 §11.2).
func (t TrunkTest) OK() bool {
	if t.Fault != TrunkAnswered {
		return false
	}
	switch t.Code {
	case 404, 405, 481, 483, 484, 501:
		return t.Method == "OPTIONS"
	}
	return t.Code >= 200 && t.Code < 300 && !t.deaf()
}

// deaf tells whether the far side named codecs, and none is one of ours.
func (t TrunkTest) deaf() bool {
	return t.Codecs != (Codecs{}) && t.Codecs.Only(t.Offered) == (Codecs{})
}

// Words says in a sentence what happened.
func (t TrunkTest) Words() string {
	at := fmt.Sprintf("%s over %s", t.Place, t.Transport)
	if text := t.Address.String(); t.Address.IsValid() && text != t.Place {
		at = fmt.Sprintf("%s (%s) over %s", t.Place, text, t.Transport)
	}
	switch t.Fault {
	case TrunkNameless:
		return fmt.Sprintf("The name %s has no address.", t.Place)
	case TrunkUnreachable:
		return fmt.Sprintf("No connection to %s could be made.", at)
	case TrunkNotTrusted:
		return fmt.Sprintf("The certificate of %s cannot be trusted.", at)
	case TrunkSilent:
		return fmt.Sprintf("%s does not answer %s within %s.", at, t.Method, t.Took.Round(time.Second))
	case TrunkNoCredentials:
		return fmt.Sprintf("%s asks for a password by a way that is not known here.", at)
	case TrunkElsewhere:
		return fmt.Sprintf("%s is given no password: %s.", at, t.Why)
	case TrunkAnswered:
	}
	answered := fmt.Sprintf("%d %s after %d ms", t.Code, t.Reason, t.Took.Milliseconds())
	switch {
	case t.deaf():
		return fmt.Sprintf("%s answers: %s, but it speaks none of the codecs %s.", at, answered, t.Offered)
	case t.OK() && t.Method == "REGISTER":
		return fmt.Sprintf("Registered at %s for %d s: %s.", at, t.Expires, answered)
	case t.OK():
		return fmt.Sprintf("%s answers: %s.", at, answered)
	}
	return fmt.Sprintf("%s refuses %s: %s.", at, t.Method, answered)
}

// Advice says what to do when it is not OK; empty when it is.
func (t TrunkTest) Advice() string {
	if t.OK() {
		return ""
	}
	if words, ok := faultAdvice[t.Fault]; ok {
		return words
	}
	if t.deaf() {
		return "Choose codecs that the carrier has, or leave the list empty."
	}
	if words, ok := refusalAdvice[t.Code]; ok {
		return words
	}
	switch {
	case t.Code >= 300 && t.Code < 400:
		return "The carrier wants to be asked elsewhere: enter the host that it names for your account."
	case t.Code >= 500:
		return "The carrier has a fault: try again later, and ask its support with the code and the time."
	}
	return "Ask the carrier what it wants: tell it the code and the time."
}

var faultAdvice = map[TrunkFault]string{
	TrunkNameless:      "Look at the spelling of the host, and whether this machine can look names up.",
	TrunkUnreachable:   "Look at host, port and transport, and whether a firewall lets connections out to there.",
	TrunkNotTrusted:    "Enter the certificate authority of the carrier, or the host name that its certificate is for.",
	TrunkSilent:        "Look at host, port and transport, whether a firewall lets SIP out and answers in, and whether the carrier knows you.",
	TrunkElsewhere:     "Look at the realm of the trunk: leave it empty if the carrier names none in its papers.",
	TrunkNoCredentials: "Ask the carrier for digest authentication with MD5 or SHA-256.",
}

var refusalAdvice = map[int]string{
	401: "Look at user name, authentication user and password.",
	407: "Look at user name, authentication user and password.",
	403: "Look at user name and password, and ask the carrier whether it lets your public address in.",
	404: "The carrier does not know the user name, or the domain: look at both.",
	405: "The carrier takes no registrations here: let it know the trunk by its address instead.",
	408: "The carrier's own system did not answer in time: try again later.",
	420: "The carrier wants an extension of SIP that is not known here: ask its support.",
	423: "The carrier wants longer registrations than it says: ask its support.",
	480: "The carrier cannot take requests for this account now: ask whether it is active.",
	488: "No common codec or encryption: look at codecs and at SRTP of the trunk.",
	503: "The carrier takes no calls now: try again later, or ask whether the account is active.",
}
