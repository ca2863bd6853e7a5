// Package presence decides what becomes of a direct call to somebody, from where that person is and what the person says
// instead, and what others see of it (PR-1 to PR-4, VM-14). It never touches a queue's offers.
package presence

import (
	"cmp"
	"slices"
	"time"

	"parley/internal/settings"
)

// Own is what a user has picked. The zero value is Available without a word, of which nothing differs from its presence.
type Own struct {
	Presence string    `json:"presence"`
	Text     string    `json:"text"` // such as "until 16:00", up to 100 characters
	Since    time.Time `json:"since"`
	Overrides
}

// Overrides are what a user says instead of what the presence, or the agent's profile, says (PR-3).
type Overrides struct {
	DoNotDisturb Switch   `json:"do_not_disturb"`
	Forwarding   string   `json:"forwarding"` // off, failover or always; empty: as the presence says
	ForwardTo    string   `json:"forward_to"` // empty: as the agent's profile says
	Devices      []string `json:"devices"`    // empty: as the presence says
}

// Switch is on, off, or empty where the presence decides.
type Switch string

// The positions of a switch.
const (
	AsPresence Switch = ""
	On         Switch = "on"
	Off        Switch = "off"
)

// Rules are an organisation's: its presences and what they do.
type Rules struct {
	Active    bool // presences really change calls; else they are only shown
	Overrides bool // users may say otherwise
	All       map[string]settings.Presence
}

// RulesOf are the rules that an administrator has set. A presence that is not among all has its defaults.
func RulesOf(set settings.PresenceRules, all map[string]settings.Presence) Rules {
	r := Rules{Active: set.Mode == "active", Overrides: set.Overrides, All: map[string]settings.Presence{}}
	for _, one := range settings.Presences() {
		r.All[one.ID] = one.Presence
		if changed, ok := all[one.ID]; ok {
			r.All[one.ID] = changed
		}
	}
	return r
}

// IDs lists the presences in the order in which they are picked.
func (r Rules) IDs() []string {
	var all []string
	for _, one := range settings.Presences() {
		all = append(all, one.ID)
	}
	slices.SortStableFunc(all, func(a, b string) int { return cmp.Compare(r.All[a].Order, r.All[b].Order) })
	return all
}

// Of is the presence that somebody has picked; Available when it is none that exists.
func (r Rules) Of(own Own) (which string, is settings.Presence) {
	if p, ok := r.All[own.Presence]; ok {
		return own.Presence, p
	}
	return settings.PresenceAvailable, r.All[settings.PresenceAvailable]
}

// Direct is what holds for direct calls to an agent now. Queues know nothing of it.
type Direct struct {
	DoNotDisturb bool     // callers go to voicemail (VM-14)
	Forwarding   string   // off, failover or always (AG-8)
	ForwardTo    string   // a number or an extension; empty: nowhere
	Devices      []string // those that ring; empty: as the agent's profile says (AG-5)
}

// Direct decides it: what the user says, where users may, goes before the presence, where that is active, and the presence
// goes before the agent's profile.
func (r Rules) Direct(a settings.Agent, own Own) Direct {
	d := Direct{Forwarding: cmp.Or(a.Forwarding, "off"), ForwardTo: a.ForwardTo}
	if _, p := r.Of(own); r.Active {
		d.DoNotDisturb, d.Devices = p.DoNotDisturb, p.Devices.List()
		if p.Forwarding != "" && p.Forwarding != "own" {
			d.Forwarding, d.ForwardTo = p.Forwarding, cmp.Or(p.ForwardTo, a.ForwardTo)
		}
	}
	if !r.Overrides {
		return d
	}
	if own.DoNotDisturb != AsPresence {
		d.DoNotDisturb = own.DoNotDisturb == On
	}
	if own.Forwarding != "" {
		d.Forwarding, d.ForwardTo = own.Forwarding, cmp.Or(own.ForwardTo, a.ForwardTo)
	}
	if len(own.Devices) > 0 {
		d.Devices = own.Devices
	}
	return d
}
