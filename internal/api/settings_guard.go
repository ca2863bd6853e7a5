package api

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"parley/internal/access"
	"parley/internal/id"
	"parley/internal/settings"
	"parley/internal/store"
	"parley/internal/tel"
)

// wrong refuses one field.
func wrong(field, what string, values ...any) error {
	return &store.ProblemsError{Problems: []settings.Problem{{Field: field, What: fmt.Sprintf(what, values...)}}}
}

// guardAgent refuses an extension that something else is dialled by (AG-6). The store refuses one that is an option of a menu.
func (d *doors) guardAgent(ctx context.Context, which string, a settings.Agent) error {
	if err := d.guardDevice(ctx, which, a); err != nil {
		return err
	}
	ext := a.Extension
	if ext == "" {
		return nil
	}
	if err := d.guardEmergency(ctx, which, ext); err != nil {
		return err
	}
	if ext >= "701" && ext <= "720" && len(ext) == 3 {
		return wrong("extension", "must not be one of 701 to 720, where calls are parked")
	}
	boxes, err := d.DB.Shelves().Mailboxes.All(ctx)
	if err != nil {
		return err
	}
	for _, b := range boxes {
		if b.Fields.Number == ext && b.Fields.User != a.User {
			return wrong("extension", "is the number of the mailbox %s", b.Title)
		}
	}
	groups, err := d.DB.Shelves().Paging.All(ctx)
	for _, g := range groups {
		if g.Fields.Number == ext {
			return wrong("extension", "is the number of the paging group %s", g.Title)
		}
	}
	return err
}

// guardDevice lets only a phone that is linked ring first (AG-5).
func (d *doors) guardDevice(ctx context.Context, which string, a settings.Agent) error {
	if a.PreferredDevice != string(store.DeskPhone) {
		return nil
	}
	row, err := d.DB.Agent(ctx, id.Agent(which))
	if err != nil && !errors.Is(err, store.ErrNotFound) {
		return err
	}
	if err == nil && (row.SIPUsername != "" || row.PreferredDevice == store.DeskPhone) {
		return nil
	}
	return wrong("preferred_device", "must be another: no desk phone is linked to this agent")
}

// guardEmergency refuses an emergency number as a new extension: emergency numbers go before it (BX-13). One that was there before
// its country made it so is warned of instead.
func (d *doors) guardEmergency(ctx context.Context, which, extension string) error {
	org, err := d.DB.Shelves().Org.Get(ctx, string(who(ctx).org))
	if err != nil {
		return err
	}
	if _, is := tel.Emergency(extension, org.Fields.Country, org.Fields.Emergency); !is {
		return nil
	}
	if before, err := d.DB.Shelves().Agents.Get(ctx, which); err == nil && before.Fields.Extension == extension {
		return nil
	}
	return wrong("extension", "must not be an emergency number, which is dialled as it is or behind 0 or 9")
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
