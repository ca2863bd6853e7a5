package dialing

import (
	"strings"

	"parley/internal/settings"
)

// Feature is something of the house that an agent dials a code for (BX-31).
type Feature string

// The features.
const (
	OwnMailbox      Feature = "own_mailbox"
	AnyMailbox      Feature = "any_mailbox"
	DoNotDisturb    Feature = "do_not_disturb_on"
	DoNotDisturbOff Feature = "do_not_disturb_off"
	ForwardOn       Feature = "forwarding_on" // a number may follow
	ForwardOff      Feature = "forwarding_off"
	Available       Feature = "available_toggle" // the number of a queue may follow
	LastCaller      Feature = "last_caller"
	Intercom        Feature = "intercom"   // an extension follows (BX-28)
	SpeedDial       Feature = "speed_dial" // two digits follow
)

// FeatureOf tells whether what is typed is a feature code, of which one, and what follows it.
func FeatureOf(c settings.Codes, typed string) (which Feature, rest string, is bool) {
	typed = strings.TrimSpace(typed)
	for _, one := range []struct {
		feature Feature
		code    string
		more    bool // something may follow
	}{
		{OwnMailbox, c.OwnMailbox, false}, {AnyMailbox, c.AnyMailbox, false}, {DoNotDisturb, c.DoNotDisturb, false},
		{DoNotDisturbOff, c.DoNotDisturbOff, false}, {ForwardOn, c.Forward, true}, {ForwardOff, c.ForwardOff, false},
		{Available, c.Available, true}, {LastCaller, c.LastCaller, false}, {Intercom, c.Intercom, true}, {SpeedDial, c.SpeedDial, true},
	} {
		rest, begins := strings.CutPrefix(typed, one.code)
		if one.code != "" && begins && (one.more || rest == "") {
			return one.feature, strings.TrimSpace(rest), true
		}
	}
	return "", "", false
}
