package site

import (
	"cmp"
	"slices"

	"parley/internal/settings"
)

// TransferNumbers lists the numbers that agents choose from to transfer to, in their order (TR-7).
func (s *Site) TransferNumbers() []settings.TransferNumber {
	all := []settings.TransferNumber{}
	for _, n := range s.Records.TransferNumbers {
		if n.Active {
			all = append(all, n)
		}
	}
	slices.SortFunc(all, func(a, b settings.TransferNumber) int {
		return cmp.Or(a.Order-b.Order, cmp.Compare(a.Name, b.Name), cmp.Compare(a.Number, b.Number))
	})
	return all
}
