package site

import (
	"cmp"
	"slices"

	"parley/internal/settings"
	"parley/internal/store"
)

// TagKeys lists the keys of tags that people are offered, in their order (RC-7).
func (s *Site) TagKeys() []settings.TagKey {
	keys := []settings.TagKey{}
	for _, key := range s.Records.TagKeys {
		if key.Active {
			keys = append(keys, key)
		}
	}
	slices.SortFunc(keys, func(a, b settings.TagKey) int { return cmp.Or(a.Order-b.Order, cmp.Compare(a.Name, b.Name)) })
	return keys
}

// TagKey finds the key that people mean by a name; false when none of the list is called so.
func (s *Site) TagKey(name string) (settings.TagKey, bool) {
	for _, key := range s.Records.TagKeys {
		if store.FoldTag(key.Name) == store.FoldTag(name) {
			return key, true
		}
	}
	return settings.TagKey{}, false
}
