package store

import (
	"context"
	"strings"
	"time"

	"github.com/uptrace/bun"

	"parley/internal/campaign"
	"parley/internal/id"
	"parley/internal/tel"
)

// Lead is somebody whom a campaign calls (OB-14). What its calls have made of it is counted from them: see countLead.
type Lead struct {
	bun.BaseModel `bun:"table:leads,alias:lead"`
	Record[id.Lead]
	List        id.LeadList       `bun:"list_id" json:"list"`
	FirstName   string            `bun:"first_name" json:"first_name"`
	LastName    string            `bun:"last_name" json:"last_name"`
	Phones      []campaign.Phone  `bun:"phones,type:text" json:"phones"` // 1 to 10
	Timezone    string            `bun:"timezone" json:"timezone"`       // IANA name; empty: unknown
	Data        map[string]string `bun:"data,type:text" json:"data"`
	Status      campaign.Status   `bun:"status" json:"status"`
	Attempts    int               `bun:"attempts" json:"attempts"`
	LastAttempt time.Time         `bun:"last_attempt,nullzero" json:"last_attempt,omitzero"`
	LastOutcome string            `bun:"last_outcome" json:"last_outcome"` // its name at that time
}

// Title is what people call the lead: the name, or else the first number.
func (l *Lead) Title() string {
	if name := strings.TrimSpace(l.FirstName + " " + l.LastName); name != "" {
		return name
	}
	if len(l.Phones) > 0 {
		return string(l.Phones[0].Number)
	}
	return string(l.ID)
}

type leadNumber struct {
	bun.BaseModel `bun:"table:lead_numbers"`
	Org           id.Org      `bun:"organisation"`
	List          id.LeadList `bun:"list_id"`
	Number        tel.Number  `bun:"phone_number"`
	Lead          id.Lead     `bun:"lead_id"`
}

// NewLead is a lead of a list as a row of a file holds it.
func NewLead(list id.LeadList, row *campaign.Row) Lead {
	l := Lead{
		List: list, FirstName: row.FirstName, LastName: row.LastName, Phones: row.Phones, Timezone: row.Timezone, Data: row.Data,
		Status: row.Status,
	}
	if l.Status == "" {
		l.Status = campaign.New
	}
	if l.Data == nil {
		l.Data = map[string]string{}
	}
	return l
}

// CreateLeads stores new leads of lists, all or none. It gives a TakenError for a number that is in the list already, and ErrUnknownRef
// for a list that is not there.
func (db *DB) CreateLeads(ctx context.Context, leads []Lead) error {
	if _, err := OrgOf(ctx); err != nil {
		return err
	}
	return db.write(ctx, func(ctx context.Context, tx bun.Tx) error {
		there := map[id.LeadList]bool{}
		for i := range leads {
			l := &leads[i]
			if !there[l.List] {
				ok, err := db.Shelves().LeadLists.holds(ctx, tx, string(l.List))
				if err != nil {
					return err
				}
				if !ok {
					return ErrUnknownRef
				}
				there[l.List] = true
			}
			if err := insertLead(ctx, tx, l); err != nil {
				return err
			}
		}
		return nil
	})
}

func insertLead(ctx context.Context, tx bun.Tx, l *Lead) error {
	if err := insert(ctx, tx, l); err != nil {
		return err
	}
	for _, p := range l.Phones {
		if _, err := tx.NewInsert().Model(&leadNumber{Org: l.Org, List: l.List, Number: p.Number, Lead: l.ID}).Exec(ctx); err != nil {
			return err
		}
	}
	return nil
}

// Lead is the lead with this id, or ErrNotFound.
func (db *DB) Lead(ctx context.Context, which id.Lead) (*Lead, error) {
	return find[Lead](ctx, db.bun, string(which))
}

// Leads is one page of the leads of a list, newest first.
func (db *DB) Leads(ctx context.Context, of id.LeadList, r Range) (Page[Lead], error) {
	return list[Lead](ctx, db, r, func(q *bun.SelectQuery) *bun.SelectQuery { return q.Where("list_id = ?", of) })
}

// LeadsByNumber lists at most 200 leads of these lists that have a number, the one that was called last first.
func (db *DB) LeadsByNumber(ctx context.Context, lists []id.LeadList, number tel.Number) ([]Lead, error) {
	if _, err := OrgOf(ctx); err != nil || len(lists) == 0 {
		return []Lead{}, err
	}
	return all[Lead](ctx, db, "COALESCE(lead.last_attempt, lead.created_at) DESC, lead.id DESC", func(q *bun.SelectQuery) *bun.SelectQuery {
		return q.Where("lead.list_id IN (?)", bun.List(lists)).Where("lead.id IN (SELECT n.lead_id FROM lead_numbers AS n "+
			"WHERE n.organisation = lead.organisation AND n.phone_number = ?)", number).Limit(MaxLimit)
	})
}

// LeadNumbers is every number of a list.
func (db *DB) LeadNumbers(ctx context.Context, of id.LeadList) (map[tel.Number]bool, error) {
	rows, err := all[leadNumber](ctx, db, "phone_number", func(q *bun.SelectQuery) *bun.SelectQuery { return q.Where("list_id = ?", of) })
	numbers := make(map[tel.Number]bool, len(rows))
	for _, row := range rows {
		numbers[row.Number] = true
	}
	return numbers, err
}

// DeleteLead deletes a lead with what was counted for it; the records of its calls keep its name.
func (db *DB) DeleteLead(ctx context.Context, which id.Lead) error {
	return db.write(ctx, func(ctx context.Context, tx bun.Tx) error {
		if err := remove[Lead](ctx, tx, string(which)); err != nil {
			return err
		}
		org, err := OrgOf(ctx)
		if err != nil {
			return err
		}
		_, err = tx.NewDelete().Table("lead_attempts").Where("organisation = ?", org).Where("lead_id = ?", which).Exec(ctx)
		return err
	})
}

// shownLeads is how many leads a refusal to delete their list names.
const shownLeads = 5

// leadsOf names some of the leads in a list, which keep it from being deleted.
func leadsOf(ctx context.Context, from bun.IDB, list string) ([]Use, error) {
	query, err := within[Lead](ctx, from)
	if err != nil {
		return nil, err
	}
	rows, uses := []Lead{}, []Use{}
	if err := query.Model(&rows).Where("list_id = ?", list).OrderExpr("created_at, id").Limit(shownLeads).Scan(ctx); err != nil {
		return nil, err
	}
	for i := range rows {
		uses = append(uses, Use{Kind: "lead", ID: string(rows[i].ID), Name: rows[i].Title()})
	}
	return uses, nil
}
