// Package routing decides where an inbound call goes, on configuration that has been loaded.
package routing

import (
	"fmt"

	"parley/internal/id"
	"parley/internal/tel"
)

// UnknownNumber is the refusal of a number that the organisation does not have; the caller gets a 404.
type UnknownNumber struct {
	To    string
	Trunk id.Trunk
}

// Error says which number, and through which trunk it was called.
func (e UnknownNumber) Error() string {
	return fmt.Sprintf("number %s called through trunk %s is not a number of the organisation", e.To, e.Trunk)
}

// Route finds the number that was called, in whatever form the carrier sent it. The error is UnknownNumber.
func (p *Plan) Route(trunk id.Trunk, to string) (Number, error) {
	if n, ok := p.Numbers[tel.Number(to)]; ok {
		return n, nil
	}
	if full, err := tel.ParseNumber(to, p.Country); err == nil {
		if n, ok := p.Numbers[full]; ok {
			return n, nil
		}
	}
	if n, ok := p.Numbers[tel.Number("+"+to)]; ok {
		return n, nil
	}
	return Number{}, UnknownNumber{To: to, Trunk: trunk}
}
