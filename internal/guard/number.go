package guard

import (
	"parley/internal/dialing"
	"parley/internal/id"
)

// NumberUp says that a call to an agent's own number was answered, under the name that leave was asked with.
func (g *Guards) NumberUp(org id.Org, which id.Call) { g.post(org, dialing.Talking{Call: which}) }

// NumberOver says that it has ended.
func (g *Guards) NumberOver(org id.Org, which id.Call) { g.post(org, dialing.Over{Call: which}) }
