package routing

import (
	"fmt"

	"parley/internal/id"
	"parley/internal/settings"
	"parley/internal/tel"
)

// astray finds numbers of an agent's follow-me that no call is to ring at: emergency numbers, extensions that nobody has, and numbers of
// the organisation, which would lead the call back to where it came from (BX-29).
func (p *Plan) astray(which id.Agent) (all []settings.Problem) {
	for i, one := range p.Agents[which].FollowNumbers {
		if why := p.strays(one.To); why != "" {
			all = append(all, settings.Problem{Field: fmt.Sprintf("follow_numbers[%d].follow_to", i), What: why})
		}
	}
	return all
}

func (p *Plan) strays(to string) string {
	if _, known := p.Extensions[to]; known {
		return ""
	}
	if _, is := tel.Emergency(to, p.Country, p.Emergency); is {
		return "must not be an emergency number"
	}
	if tel.Number(to).IsExtension() {
		return "must be a number, or an extension that somebody has"
	}
	full, err := tel.ParseNumber(to, p.Country)
	if err != nil {
		return "must be a telephone number, such as +32470111222, or an extension"
	}
	if _, own := p.Numbers[full]; own {
		return "must not be a number of the organisation: name the extension instead"
	}
	return ""
}
