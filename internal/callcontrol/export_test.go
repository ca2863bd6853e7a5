package callcontrol

import (
	"maps"
	"slices"
	"strings"

	"parley/internal/call"
	"parley/internal/id"
	"parley/internal/owner"
)

// Tamper changes what is delivered: of each signal, what hear gives is sent in its place.
func (x *Exchange) Tamper(hear func(to owner.Address, signal any) []any) {
	x.deliver = func(to owner.Address, signal any) (err error) {
		for _, s := range hear(to, signal) {
			err = x.Directory.Post(to, s)
		}
		return err
	}
}

// Held lists the calls and legs that the exchange remembers.
func (x *Exchange) Held() (calls []id.Call, legs []id.Leg) {
	x.mu.Lock()
	defer x.mu.Unlock()
	return slices.Sorted(maps.Keys(x.calls)), slices.Sorted(maps.Keys(x.legs.all))
}

// TellOther delivers what one call says to another, which was held up.
func (x *Exchange) TellOther(to owner.Address, org id.Org, s call.Signal) {
	if err := x.Directory.Post(to, s); err != nil {
		x.late(org, id.Call(strings.TrimPrefix(string(to), "call/")), s)
	}
}
