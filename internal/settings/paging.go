package settings

import "net/netip"

// Paging is a paging group: who calls its number speaks to all its users at once, each through a device that answers by itself, or to the
// telephones that listen to a multicast group (BX-28).
type Paging struct {
	Name     string   `json:"name" minLength:"1" maxLength:"50"`
	Number   string   `json:"page_number" pattern:"^[0-9]{2,6}$" patternDescription:"2 to 6 digits" doc:"2 to 6 digits, which nothing else is dialled by"`
	Way      string   `json:"way" required:"false" enum:"auto_answer,multicast" default:"auto_answer" doc:"auto_answer: the users' devices answer by themselves; multicast: telephones listen to a multicast address of their network, and nobody is rung"`
	Users    []string `json:"users" required:"false" format:"user" maxItems:"500" doc:"auto_answer: who hear, and are not heard"`
	Speakers []string `json:"speakers" required:"false" format:"user" maxItems:"500" doc:"who may speak to the group; empty: everybody"`
	Tone     bool     `json:"tone_before" required:"false" default:"true" doc:"the users hear a tone first"`
	Seconds  int      `json:"limit_seconds" required:"false" minimum:"10" maximum:"300" default:"60" doc:"until it ends by itself"`
	Address  string   `json:"multicast_address" required:"false" maxLength:"15" doc:"multicast: 224.0.0.0 to 239.255.255.255, as the telephones are set to"`
	Port     int      `json:"multicast_port" required:"false" minimum:"1024" maximum:"65534" default:"10000" doc:"even"`
	Codec    string   `json:"multicast_codec" required:"false" enum:"PCMU,PCMA,G722" default:"PCMU" doc:"that all those telephones take"`
	TTL      int      `json:"multicast_ttl" required:"false" minimum:"1" maximum:"255" default:"1" doc:"how many networks the sound may cross; 1: it stays in the server's own"`
	Active   bool     `json:"active" required:"false" default:"true"`
}

// Kind is KindPaging.
func (Paging) Kind() Kind { return KindPaging }

// Title is its name.
func (g Paging) Title() string { return g.Name }

// Refs lists its users, and who may speak.
func (g Paging) Refs() []Ref {
	var all refs
	all.add("users", KindUser, g.Users...)
	all.add("speakers", KindUser, g.Speakers...)
	return all
}

// PagingMulticast is the way of a group whose telephones listen to a multicast address.
const PagingMulticast = "multicast"

// Group is the multicast address and port of RTP; the zero value when it is none.
func (g Paging) Group() netip.AddrPort {
	at, err := netip.ParseAddr(g.Address)
	if err != nil || !at.Is4() || !at.IsMulticast() || g.Port <= 0 || g.Port > 0xFFFF {
		return netip.AddrPort{}
	}
	return netip.AddrPortFrom(at, uint16(g.Port))
}

// Check refuses a group that nobody is in, and one by multicast that has no address to send to.
func (g Paging) Check() []Problem {
	switch {
	case g.Way != PagingMulticast && len(g.Users) == 0:
		return []Problem{{"users", "must hold at least one"}}
	case g.Way != PagingMulticast:
		return nil
	case g.Port%2 != 0:
		return []Problem{{"multicast_port", "must be even: RTP takes it, and RTCP the one above"}}
	case !g.Group().IsValid():
		return []Problem{{"multicast_address", "must be a multicast address of IPv4, 224.0.0.0 to 239.255.255.255, such as 239.255.10.1"}}
	}
	return nil
}
