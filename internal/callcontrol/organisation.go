package callcontrol

import "parley/internal/id"

// OrgOf is the organisation of a live call; false when it is not here.
func (x *Exchange) OrgOf(which id.Call) (id.Org, bool) {
	x.mu.Lock()
	defer x.mu.Unlock()
	l, ok := x.calls[which]
	if !ok {
		return "", false
	}
	return l.org, true
}
