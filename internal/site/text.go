package site

import (
	"cmp"
	"slices"

	"parley/internal/id"
	"parley/internal/sip"
	"parley/internal/tel"
)

// TextTrunks are the trunks in use that take text messages, in the order in which they are tried, and the number that is shown where nothing else
// is said; empty: none.
func (s *Sites) TextTrunks(org id.Org) (all []sip.Trunk, shown tel.Number) {
	one, ok := s.Of(org)
	if !ok {
		return nil, ""
	}
	for which, t := range one.trunks {
		if one.Records.Trunks[which].TextMessages {
			all = append(all, t)
		}
	}
	slices.SortFunc(all, func(a, b sip.Trunk) int {
		first, second := one.Records.Trunks[a.ID], one.Records.Trunks[b.ID]
		return cmp.Or(cmp.Compare(first.Position, second.Position), cmp.Compare(a.Name, b.Name), cmp.Compare(a.ID, b.ID))
	})
	return all, one.Dialing.Default
}
