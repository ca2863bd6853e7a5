package store

import (
	"context"
	"errors"
	"slices"
	"strings"

	"github.com/uptrace/bun"

	"parley/internal/settings"
	"parley/internal/sounds"
)

// Shelves are the records of the console, kind by kind.
type Shelves struct {
	Queues    Shelf[settings.Queue]
	Agents    Shelf[settings.Agent]
	Numbers   Shelf[settings.Number]
	Trunks    Shelf[settings.Trunk]
	Users     Shelf[settings.User]
	Reasons   Shelf[settings.Reason]
	Menus     Shelf[settings.Menu]
	Ranges    Shelf[settings.TimeRange]
	Routers   Shelf[settings.TimeRouter]
	Audio     Shelf[settings.Audio]
	Mailboxes Shelf[settings.Mailbox]
	Classes   Shelf[settings.Class]
	Groups    Shelf[settings.Group]
	Statuses  Shelf[settings.Status]
	Outcomes  Shelf[settings.Outcome]
	Locations Shelf[settings.Location]
	Addresses Shelf[settings.Address]
	Rates     Shelf[settings.Rate]
	Presences Shelf[settings.Presence] // always the eleven of PR-2
	Contacts  Shelf[settings.Contact]
	TagKeys   Shelf[settings.TagKey]
	Paging    Shelf[settings.Paging]

	TransferNumbers Shelf[settings.TransferNumber]
	Campaigns       Shelf[settings.Campaign]
	LeadLists       Shelf[settings.LeadList]

	Org Shelf[settings.Organisation] // one record, whose id is the organisation's
}

// Shelves gives the shelves of the installation; each works on the context's organisation.
func (db *DB) Shelves() Shelves {
	return Shelves{
		Queues:    Shelf[settings.Queue]{db, queueTable()},
		Agents:    Shelf[settings.Agent]{db, agentTable(db)},
		Numbers:   Shelf[settings.Number]{db, numberTable()},
		Trunks:    Shelf[settings.Trunk]{db, trunkTable(db)},
		Users:     Shelf[settings.User]{db, members{}},
		Reasons:   Shelf[settings.Reason]{db, reasonTable()},
		Org:       Shelf[settings.Organisation]{db, organisationTable(db)},
		Menus:     Shelf[settings.Menu]{db, sheet[settings.Menu]{}},
		Ranges:    Shelf[settings.TimeRange]{db, sheet[settings.TimeRange]{}},
		Routers:   Shelf[settings.TimeRouter]{db, sheet[settings.TimeRouter]{}},
		Audio:     Shelf[settings.Audio]{db, sheet[settings.Audio]{}},
		Mailboxes: Shelf[settings.Mailbox]{db, sheet[settings.Mailbox]{}},
		Classes:   Shelf[settings.Class]{db, sheet[settings.Class]{}},
		Groups:    Shelf[settings.Group]{db, sheet[settings.Group]{}},
		Statuses:  Shelf[settings.Status]{db, sheet[settings.Status]{}},
		Outcomes:  Shelf[settings.Outcome]{db, sheet[settings.Outcome]{}},
		Locations: Shelf[settings.Location]{db, sheet[settings.Location]{}},
		Addresses: Shelf[settings.Address]{db, sheet[settings.Address]{}},
		Rates:     Shelf[settings.Rate]{db, sheet[settings.Rate]{}},
		Presences: Shelf[settings.Presence]{db, presenceShelf{}},
		Contacts:  Shelf[settings.Contact]{db, sheet[settings.Contact]{}},
		TagKeys:   Shelf[settings.TagKey]{db, sheet[settings.TagKey]{}},
		Paging:    Shelf[settings.Paging]{db, sheet[settings.Paging]{}},

		TransferNumbers: Shelf[settings.TransferNumber]{db, sheet[settings.TransferNumber]{}},
		Campaigns:       Shelf[settings.Campaign]{db, sheet[settings.Campaign]{}},
		LeadLists:       Shelf[settings.LeadList]{db, sheet[settings.LeadList]{}},
	}
}

// anyRecord is a record of any kind.
type anyRecord struct {
	id, title string
	settings.Record
}

// reader reads the records of one kind.
type reader interface {
	records(ctx context.Context, from bun.IDB) ([]anyRecord, error)
	holds(ctx context.Context, from bun.IDB, which string) (bool, error)
}

func (s Shelf[T]) records(ctx context.Context, from bun.IDB) ([]anyRecord, error) {
	all, err := s.rows.all(ctx, from)
	if err != nil {
		return nil, err
	}
	found := make([]anyRecord, len(all))
	for i, r := range all {
		found[i] = anyRecord{r.ID, r.Title, r.Fields}
	}
	return found, nil
}

func (s Shelf[T]) holds(ctx context.Context, from bun.IDB, which string) (bool, error) {
	_, err := s.rows.get(ctx, from, which)
	if errors.Is(translate(err), ErrNotFound) {
		return false, nil
	}
	return err == nil, err
}

func (db *DB) readers() map[settings.Kind]reader {
	s := db.Shelves()
	return map[settings.Kind]reader{
		settings.KindQueue: s.Queues, settings.KindAgent: s.Agents, settings.KindNumber: s.Numbers, settings.KindTrunk: s.Trunks,
		settings.KindUser: s.Users, settings.KindMenu: s.Menus, settings.KindTimeRange: s.Ranges, settings.KindTimeRouter: s.Routers,
		settings.KindAudio: s.Audio, settings.KindMailbox: s.Mailboxes, settings.KindClass: s.Classes, settings.KindGroup: s.Groups,
		settings.KindReason: s.Reasons, settings.KindStatus: s.Statuses, settings.KindOutcome: s.Outcomes,
		settings.KindLocation: s.Locations, settings.KindAddress: s.Addresses, settings.KindOrganisation: s.Org,
		settings.KindRate:     s.Rates,
		settings.KindPresence: s.Presences, settings.KindContact: s.Contacts, settings.KindTagKey: s.TagKeys,
		settings.KindPaging:         s.Paging,
		settings.KindTransferNumber: s.TransferNumbers,
		settings.KindCampaign:       s.Campaigns, settings.KindLeadList: s.LeadLists,
	}
}

// has tells whether what a reference names is there.
func (db *DB) has(ctx context.Context, from bun.IDB, r settings.Ref) (bool, error) {
	if r.Kind == settings.KindAudio && slices.Contains(sounds.Names(), r.ID) { // it comes with the program, as the greetings of the demo do
		return true, nil
	}
	shelf, known := db.readers()[r.Kind]
	if !known {
		return false, nil
	}
	return shelf.holds(ctx, from, r.ID)
}

// usersOf lists the records that refer to one. Settings are few, so all are read; no list of uses can then be wrong.
func (db *DB) usersOf(ctx context.Context, from bun.IDB, kind settings.Kind, which string) ([]Use, error) {
	users := []Use{}
	if kind == settings.KindMailbox {
		owners, err := db.ownersOf(ctx, from, which)
		if err != nil {
			return nil, err
		}
		users = append(users, owners...)
	}
	if kind == settings.KindLeadList {
		leads, err := leadsOf(ctx, from, which)
		if err != nil {
			return nil, err
		}
		users = append(users, leads...)
	}
	for user, shelf := range db.readers() {
		all, err := shelf.records(ctx, from)
		if err != nil {
			return nil, err
		}
		for _, r := range all {
			if slices.ContainsFunc(r.Refs(), func(ref settings.Ref) bool { return ref.Kind == kind && ref.ID == which }) {
				users = append(users, Use{Kind: string(user), ID: r.id, Name: r.title})
			}
		}
	}
	slices.SortFunc(users, func(a, b Use) int { return strings.Compare(a.Kind+a.Name+a.ID, b.Kind+b.Name+b.ID) })
	return users, nil
}
