package tel

import "strings"

// Location is where help is sent: an address with floor and room (BX-14). It says nothing where it is not known.
type Location struct {
	Name       string `json:"name,omitempty"` // that people gave it, such as Ghent, front desk
	Street     string `json:"street,omitempty"`
	City       string `json:"city,omitempty"`
	Region     string `json:"region,omitempty"`
	PostalCode string `json:"postal_code,omitempty"`
	Country    string `json:"country,omitempty"` // ISO 3166, such as BE
	Floor      string `json:"floor,omitempty"`
	Room       string `json:"room,omitempty"`
}

// Words is the location in one line, as it is told to people: the name, the street, the town, the country, floor and room.
func (l Location) Words() string {
	town := strings.TrimSpace(l.PostalCode + " " + l.City)
	all := []string{l.Name, l.Street, town, l.Region, l.Country}
	if l.Floor != "" {
		all = append(all, "floor "+l.Floor)
	}
	if l.Room != "" {
		all = append(all, "room "+l.Room)
	}
	said := all[:0]
	for _, one := range all {
		if one != "" {
			said = append(said, one)
		}
	}
	return strings.Join(said, ", ")
}
