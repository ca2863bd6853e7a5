package api

import (
	"context"
	"fmt"
	"slices"

	"parley/internal/access"
	"parley/internal/settings"
	"parley/internal/store"
)

// wrong refuses one field.
func wrong(field, what string, values ...any) error {
	return &store.ProblemsError{Problems: []settings.Problem{{Field: field, What: fmt.Sprintf(what, values...)}}}
}

// guardAgent refuses an extension that something else is dialled by (AG-6). The store refuses one that is an option of a menu.
func (d *doors) guardAgent(_ context.Context, _ string, a settings.Agent) error {
	ext := a.Extension
	if ext == "" {
		return nil
	}
	if ext >= "701" && ext <= "720" && len(ext) == 3 {
		return wrong("extension", "must not be one of 701 to 720, where calls are parked")
	}
	return nil
}

// guardUser keeps the organisation from losing its last administrator.
func (d *doors) guardUser(ctx context.Context, which string, u settings.User) error {
	if which == "" || u.Role == string(access.Admin) && u.Active {
		return nil
	}
	all, err := d.DB.Shelves().Users.All(ctx)
	if err != nil {
		return err
	}
	others := slices.ContainsFunc(all, func(o store.Saved[settings.User]) bool {
		return o.ID != which && o.Fields.Role == string(access.Admin) && o.Fields.Active
	})
	if !others {
		return wrong("role", "must stay admin: this is the last administrator")
	}
	return nil
}

// maxStatuses is how many custom statuses may be active at once (MN-12).
const maxStatuses = 20

func (d *doors) guardStatus(ctx context.Context, which string, s settings.Status) error {
	if !s.Active {
		return nil
	}
	all, err := d.DB.Shelves().Statuses.All(ctx)
	if err != nil {
		return err
	}
	active := 0
	for _, o := range all {
		if o.ID != which && o.Fields.Active {
			active++
		}
	}
	if active >= maxStatuses {
		return wrong("active", "must be off: there are %d active statuses already", maxStatuses)
	}
	return nil
}
