package routing

import (
	"fmt"
	"slices"
	"strings"

	"parley/internal/id"
	"parley/internal/settings"
)

// clashes finds options of a menu whose keys are an extension that callers may key there.
func (p *Plan) clashes(which id.Menu) (all []settings.Problem) {
	m := p.Menus[which]
	if !m.AllowDirectExtensions {
		return nil
	}
	for i, o := range m.Options {
		if agent, taken := p.Extensions[o.Digits]; taken && o.Digits != "" {
			what := fmt.Sprintf("is the extension of %s, which callers may key here", p.Agents[agent].Name)
			all = append(all, settings.Problem{Field: fmt.Sprintf("options[%d].digits", i), What: what})
		}
	}
	return all
}

// clashesWith finds menus in which an agent's extension is an option too.
func (p *Plan) clashesWith(which id.Agent) []settings.Problem {
	var menus []string
	extension := p.Agents[which].Extension
	for _, m := range p.Menus {
		taken := func(o settings.MenuOption) bool { return o.Digits == extension }
		if extension != "" && m.AllowDirectExtensions && slices.ContainsFunc(m.Options, taken) {
			menus = append(menus, m.Name)
		}
	}
	if len(menus) == 0 {
		return nil
	}
	slices.Sort(menus)
	return []settings.Problem{{Field: "extension", What: "is a choice of the menu " + strings.Join(menus, " and of ")}}
}
