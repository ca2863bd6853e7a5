package settings

import (
	"fmt"
	"slices"
)

// Presence is where somebody is or what somebody does, as picked in the user menu (PR-2), and what it carries for calls to
// that person (PR-3). There are always the eleven of Presences; an administrator changes what they say and carry.
type Presence struct {
	Name         string  `json:"name" minLength:"1" maxLength:"50"`
	Effect       string  `json:"effect" required:"false" enum:"available,unavailable" default:"available" doc:"available is shown green, unavailable amber"`
	DoNotDisturb bool    `json:"do_not_disturb" required:"false" default:"false" doc:"callers of the person go to voicemail; queues ring on"`
	Forwarding   string  `json:"forwarding" required:"false" enum:"own,off,failover,always" default:"own" doc:"of direct calls; own: as the agent has it"`
	ForwardTo    string  `json:"forward_to" required:"false" maxLength:"50" doc:"a number or an extension; empty: as the agent has it"`
	Devices      Devices `json:"devices" required:"false" doc:"which ring for direct calls; none: as the agent has it"`
	Order        int     `json:"order" required:"false" minimum:"0" maximum:"1000" default:"0"`
}

// Devices are those that ring (AG-5).
type Devices struct {
	Softphone       bool `json:"softphone" required:"false" default:"false"`
	DeskPhone       bool `json:"desk_phone" required:"false" default:"false"`
	ReceivingNumber bool `json:"receiving_number" required:"false" default:"false"`
}

// List names them.
func (d Devices) List() []string {
	var all []string
	for name, on := range map[string]bool{"softphone": d.Softphone, "desk_phone": d.DeskPhone, "receiving_number": d.ReceivingNumber} {
		if on {
			all = append(all, name)
		}
	}
	slices.Sort(all)
	return all
}

// PresenceRules say what presences do in an organisation (PR-3).
type PresenceRules struct {
	Mode      string `json:"mode" required:"false" enum:"passive,active" default:"passive" doc:"passive: presences are only shown; active: they change calls to the person"`
	Overrides bool   `json:"overrides" required:"false" default:"true" doc:"users choose do not disturb, forwarding and devices in their menu"`
}

// The ids of the presences that stand at the ends of their groups; new users begin with the first.
const (
	PresenceAvailable   = "available"
	PresenceOutOfOffice = "out_of_office"
)

// presences are the names of PR-2 in their order, and which of them are unavailable.
var presences = []struct {
	id, name string
	away     bool
}{
	{PresenceAvailable, "Available", false}, {"in_the_office", "In the office", false}, {"on_the_road", "On the road", false},
	{"working_from_home", "Working from home", false}, {"working_remotely", "Working remotely", false}, {"away", "Away", true},
	{"comfort_break", "Comfort break", true}, {"in_a_meeting", "In a meeting", true}, {"lunch", "Lunch", true},
	{"on_holiday", "On holiday", true}, {PresenceOutOfOffice, "Out of office", true},
}

// NamedPresence is a presence with its id.
type NamedPresence struct {
	ID string
	Presence
}

// Presences are the eleven with their defaults, in their order (PR-2).
func Presences() []NamedPresence {
	all := make([]NamedPresence, len(presences))
	for i, one := range presences {
		made := New[Presence]()
		made.Name, made.DoNotDisturb, made.Order = one.name, one.away, i+1
		if one.away {
			made.Effect = "unavailable"
		}
		all[i] = NamedPresence{one.id, made}
	}
	return all
}

// Kind is KindPresence.
func (Presence) Kind() Kind { return KindPresence }

// Title is its name.
func (p Presence) Title() string { return p.Name }

// Refs is empty.
func (Presence) Refs() []Ref { return nil }

// Check looks at the target of forwarding; without one calls go where the agent's own go.
func (p Presence) Check() []Problem { return checkReach("forward_to", p.ForwardTo) }

// Contact is somebody outside whom users call (PR-5).
type Contact struct {
	Name    string   `json:"name" minLength:"1" maxLength:"100"`
	Company string   `json:"company" required:"false" maxLength:"100"`
	Numbers []string `json:"numbers" required:"false" maxItems:"10" doc:"with country code, such as +32470111222"`
	Email   string   `json:"email" required:"false" maxLength:"250"`
	Note    string   `json:"note" required:"false" maxLength:"1000"`
}

// Kind is KindContact.
func (Contact) Kind() Kind { return KindContact }

// Title is the name, with the company when there is one.
func (c Contact) Title() string {
	if c.Company == "" {
		return c.Name
	}
	return c.Name + " (" + c.Company + ")"
}

// Refs is empty.
func (Contact) Refs() []Ref { return nil }

// Check looks at the numbers and the address.
func (c Contact) Check() []Problem {
	var all []Problem
	for i, n := range c.Numbers {
		if !isE164(n) {
			all = append(all, Problem{fmt.Sprintf("numbers[%d]", i), "must be a telephone number with country code, such as +32470111222"})
		}
	}
	return append(all, checkEmail("email", c.Email)...)
}
