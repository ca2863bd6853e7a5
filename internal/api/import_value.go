package api

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"parley/internal/dest"
	"parley/internal/settings"
)

// value reads a cell as its field wants it; what completes "the field x …" when it cannot.
func (i *importing[T]) value(ctx context.Context, s *huma.Schema, cell string) (value any, what string, err error) {
	s = i.resolved(s)
	switch s.Type {
	case huma.TypeInteger, huma.TypeNumber:
		if number, fault := strconv.ParseFloat(cell, 64); fault == nil {
			return number, "", nil
		}
		return nil, "must be a number", nil
	case huma.TypeBoolean:
		switch {
		case slices.Contains([]string{"true", "yes", "1", "on"}, strings.ToLower(cell)):
			return true, "", nil
		case slices.Contains([]string{"false", "no", "0", "off"}, strings.ToLower(cell)):
			return false, "", nil
		}
		return nil, "must be yes or no", nil
	case huma.TypeArray:
		return i.list(ctx, s, cell)
	case huma.TypeObject:
		if s.Properties["kind"] == nil || s.Properties["target"] == nil {
			return nil, "cannot be taken from a file", nil
		}
		return i.destination(ctx, cell)
	}
	if slices.Contains(s.Enum, any("unavailable")) && !slices.Contains(s.Enum, any(cell)) {
		return statusOf(cell), "", nil
	}
	return i.reference(ctx, settings.Kind(s.Format), cell)
}

// statusOf is the routing effect of another system's word for a status (CF-1, QU-15); what is none is refused as it is.
func statusOf(cell string) string {
	if status, _, known := settings.StatusWord(cell); known {
		return settings.EffectOf(status)
	}
	return cell
}

// list reads a cell whose parts are parted by semicolons.
func (i *importing[T]) list(ctx context.Context, s *huma.Schema, cell string) (any, string, error) {
	all := []any{}
	for part := range strings.SplitSeq(cell, ";") {
		one, what, err := i.reference(ctx, settings.Kind(s.Format), strings.TrimSpace(part))
		if what != "" || err != nil {
			return nil, what, err
		}
		all = append(all, one)
	}
	return all, "", nil
}

// destination reads "queue:Sales", "external:+3225550100" or "hangup".
func (i *importing[T]) destination(ctx context.Context, cell string) (any, string, error) {
	kind, target, _ := strings.Cut(cell, ":")
	d := dest.Destination{Kind: dest.Kind(strings.TrimSpace(kind)), Target: strings.TrimSpace(target)}
	of, isRecord := settings.KindOf(d.Kind)
	if !isRecord {
		return d, "", nil
	}
	found, what, err := i.reference(ctx, of, d.Target)
	if what != "" || err != nil {
		return nil, what, err
	}
	d.Target, _ = found.(string)
	return d, "", nil
}

// reference finds the record that a cell names; a cell of another field is its own value.
func (i *importing[T]) reference(ctx context.Context, kind settings.Kind, cell string) (any, string, error) {
	named, known := i.named[kind]
	if !known {
		var err error
		if named, err = i.d.DB.Named(in(ctx), kind); err != nil {
			return nil, "", err
		}
		i.named[kind] = named
	}
	if len(named) == 0 && !settings.Known(kind) { // no kind of record
		return cell, "", nil
	}
	if found, ok := named[cell]; ok {
		return found, "", nil
	}
	if found, ok := named[strings.ToLower(cell)]; ok {
		return found, "", nil
	}
	return nil, fmt.Sprintf("names %q, which is no %s here", cell, strings.ReplaceAll(string(kind), "_", " ")), nil
}
