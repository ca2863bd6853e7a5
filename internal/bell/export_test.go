package bell

import (
	"parley/internal/id"
	"parley/internal/owner"
	"parley/internal/report"
)

// What tests look into.
type (
	Errand    = errand
	LevelFell = levelFell
)

// OpenRings counts the rings that are remembered.
func (b *Bell) OpenRings() int {
	b.mu.Lock()
	defer b.mu.Unlock()
	return len(b.rings)
}

// Break lets an organisation's watch break.
func (b *Bell) Break(org id.Org) {
	b.mu.Lock()
	k := b.desks[org]
	b.mu.Unlock()
	k.broke(owner.Panic[report.WatchSignal]{})
}

// Last is the sweep at the program's end.
var Last = last
