package routing

import (
	"fmt"
	"slices"
	"strings"

	"parley/internal/id"
	"parley/internal/settings"
)

// clashes finds options of a menu whose keys are an extension that callers may key there, or such an extension and #, which ends its
// entry (IV-4).
func (p *Plan) clashes(which id.Menu) (all []settings.Problem) {
	m := p.Menus[which]
	if !m.AllowDirectExtensions {
		return nil
	}
	for i, o := range m.Options {
		entry, _, ended := strings.Cut(o.Digits, "#")
		if agent, taken := p.Extensions[entry]; taken && entry != "" {
			what := fmt.Sprintf("is the extension of %s, which callers may key here", p.Agents[agent].Name)
			if ended {
				what = fmt.Sprintf("begins with the extension of %s and #, which ends an entry; callers may key extensions here",
					p.Agents[agent].Name)
			}
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
		taken := func(o settings.MenuOption) bool {
			return o.Digits == extension || strings.HasPrefix(o.Digits, extension+"#")
		}
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
