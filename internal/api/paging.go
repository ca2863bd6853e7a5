package api

import (
	"context"

	"parley/internal/settings"
	"parley/internal/tel"
)

// guardPaging refuses a number that something else is dialled by: an extension, a mailbox, another group, a slot for parked calls or an
// emergency number.
func (d *doors) guardPaging(ctx context.Context, which string, g settings.Paging) error {
	s, number := d.DB.Shelves(), g.Number
	if len(number) == 3 && number >= "700" && number <= "720" {
		return wrong("page_number", "must not be one of 700 to 720, where calls are parked")
	}
	org, err := s.Org.All(ctx)
	if err != nil {
		return err
	}
	for _, one := range org {
		if _, is := tel.Emergency(number, one.Fields.Country, one.Fields.Emergency); is {
			return wrong("page_number", "is an emergency number")
		}
	}
	agents, err := s.Agents.All(ctx)
	if err != nil {
		return err
	}
	for _, a := range agents {
		if a.Fields.Extension == number {
			return wrong("page_number", "is an agent's extension")
		}
	}
	boxes, err := s.Mailboxes.All(ctx)
	if err != nil {
		return err
	}
	for _, b := range boxes {
		if b.Fields.Number == number {
			return wrong("page_number", "is the number of the mailbox %s", b.Title)
		}
	}
	groups, err := s.Paging.All(ctx)
	for _, other := range groups {
		if other.ID != which && other.Fields.Number == number {
			return wrong("page_number", "is the number of the paging group %s", other.Title)
		}
	}
	return err
}
