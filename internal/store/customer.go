package store

import (
	"context"
	"slices"
	"strings"

	"github.com/uptrace/bun"

	"parley/internal/id"
	"parley/internal/tel"
)

// Customer is a person or company that calls or is called.
type Customer struct {
	bun.BaseModel `bun:"table:customers,alias:customer"`
	Record[id.Customer]
	Name       string           `bun:"name" json:"name"`
	Company    string           `bun:"company" json:"company"`
	Phones     []CustomerNumber `bun:"-" json:"phones"`
	Emails     []string         `bun:"-" json:"emails"`
	Language   string           `bun:"language" json:"language"`
	Timezone   string           `bun:"timezone" json:"timezone"`
	DoNotCall  bool             `bun:"do_not_call" json:"do_not_call"`
	Notes      string           `bun:"notes" json:"notes"`
	ExternalID string           `bun:"external_id" json:"external_id"`
	SearchText string           `bun:"search_text" json:"-"` // made from the fields above
}

// CustomerNumber is one telephone number of a customer; several customers may share one (CR-4).
type CustomerNumber struct {
	bun.BaseModel `bun:"table:customer_numbers"`
	Org           id.Org      `bun:"organisation" json:"-"`
	Customer      id.Customer `bun:"customer_id" json:"-"`
	PhoneNumber   tel.Number  `bun:"phone_number" json:"phone_number"` // E.164
	Label         string      `bun:"label" json:"label"`
	Position      int         `bun:"position" json:"-"`
}

type customerEmail struct {
	bun.BaseModel `bun:"table:customer_emails"`
	Org           id.Org      `bun:"organisation"`
	Customer      id.Customer `bun:"customer_id"`
	Email         string      `bun:"email"`
	Position      int         `bun:"position"`
}

// CreateCustomer stores a new customer.
func (db *DB) CreateCustomer(ctx context.Context, customer *Customer) error {
	customer.SearchText = customer.searchable()
	return db.write(ctx, func(ctx context.Context, tx bun.Tx) error {
		if err := insert(ctx, tx, customer); err != nil {
			return err
		}
		return storeContacts(ctx, tx, customer)
	})
}

// UpdateCustomer stores a customer, or gives a StaleError.
func (db *DB) UpdateCustomer(ctx context.Context, customer *Customer) error {
	customer.SearchText = customer.searchable()
	return db.write(ctx, func(ctx context.Context, tx bun.Tx) error {
		if err := change(ctx, tx, customer); err != nil {
			return err
		}
		return storeContacts(ctx, tx, customer)
	})
}

// Customer is the customer with this id, or ErrNotFound.
func (db *DB) Customer(ctx context.Context, customer id.Customer) (*Customer, error) {
	row, err := find[Customer](ctx, db.bun, string(customer))
	if err != nil {
		return nil, err
	}
	return row, db.loadContacts(ctx, row)
}

// Customers lists customers, newest first, whose name, company, numbers, e-mails or external id hold the text.
func (db *DB) Customers(ctx context.Context, text string, r Range) (Page[Customer], error) {
	page, err := list[Customer](ctx, db, r, func(q *bun.SelectQuery) *bun.SelectQuery { return holding(q, text) })
	if err != nil {
		return page, err
	}
	return page, db.loadContacts(ctx, pointers(page.Rows)...)
}

// CustomersByNumber gives the customers with this number, those whose last call is youngest first (CR-4).
func (db *DB) CustomersByNumber(ctx context.Context, number tel.Number) ([]Customer, error) {
	const lastCall = "(SELECT MAX(c.arrived_at) FROM calls AS c WHERE c.organisation = customer.organisation AND c.customer_id = customer.id)"
	rows, err := all[Customer](ctx, db, "COALESCE("+lastCall+", customer.created_at) DESC, customer.id DESC",
		func(q *bun.SelectQuery) *bun.SelectQuery {
			return q.Where("customer.id IN (SELECT n.customer_id FROM customer_numbers AS n "+
				"WHERE n.organisation = customer.organisation AND n.phone_number = ?)", number).Limit(MaxLimit)
		})
	if err != nil {
		return nil, err
	}
	return rows, db.loadContacts(ctx, pointers(rows)...)
}

// DeleteCustomer deletes a customer; the calls keep the name.
func (db *DB) DeleteCustomer(ctx context.Context, customer id.Customer) error {
	return db.write(ctx, func(ctx context.Context, tx bun.Tx) error { return remove[Customer](ctx, tx, string(customer)) })
}

func (c *Customer) searchable() string {
	words := []string{c.Name, c.Company, c.ExternalID}
	for _, phone := range c.Phones {
		words = append(words, string(phone.PhoneNumber))
	}
	return strings.ToLower(strings.Join(append(words, c.Emails...), "\n"))
}

func storeContacts(ctx context.Context, tx bun.IDB, customer *Customer) error {
	for _, model := range []any{(*CustomerNumber)(nil), (*customerEmail)(nil)} {
		_, err := tx.NewDelete().Model(model).Where("customer_id = ?", customer.ID).Where("organisation = ?", customer.Org).Exec(ctx)
		if err != nil {
			return err
		}
	}
	for i := range customer.Phones {
		phone := &customer.Phones[i]
		phone.Org, phone.Customer, phone.Position = customer.Org, customer.ID, i
	}
	if len(customer.Phones) > 0 {
		if _, err := tx.NewInsert().Model(&customer.Phones).On("CONFLICT DO NOTHING").Exec(ctx); err != nil {
			return err
		}
	}
	emails := make([]customerEmail, len(customer.Emails))
	for i, email := range customer.Emails {
		emails[i] = customerEmail{Org: customer.Org, Customer: customer.ID, Email: CleanEmail(email), Position: i}
	}
	if len(emails) == 0 {
		return nil
	}
	_, err := tx.NewInsert().Model(&emails).On("CONFLICT DO NOTHING").Exec(ctx)
	return err
}

func (db *DB) loadContacts(ctx context.Context, customers ...*Customer) error {
	org, err := OrgOf(ctx)
	if err != nil || len(customers) == 0 {
		return err
	}
	ids, byID := []id.Customer{}, map[id.Customer]*Customer{}
	for _, customer := range customers {
		customer.Phones, customer.Emails = []CustomerNumber{}, []string{}
		ids, byID[customer.ID] = append(ids, customer.ID), customer
	}
	mine := func(q *bun.SelectQuery) *bun.SelectQuery {
		return q.Where("organisation = ?", org).Where("customer_id IN (?)", bun.List(ids)).OrderExpr("position")
	}
	var phones []CustomerNumber
	var emails []customerEmail
	if err := mine(db.bun.NewSelect().Model(&phones)).Scan(ctx); err != nil {
		return translate(err)
	}
	if err := mine(db.bun.NewSelect().Model(&emails)).Scan(ctx); err != nil {
		return translate(err)
	}
	for _, phone := range phones {
		customer := byID[phone.Customer]
		customer.Phones = append(customer.Phones, phone)
	}
	for _, email := range emails {
		customer := byID[email.Customer]
		customer.Emails = append(customer.Emails, email.Email)
	}
	return nil
}

// holding keeps rows whose search_text holds what a person typed. A telephone number may be typed with spaces and such,
// and with a national or international prefix in place of the plus sign.
func holding(q *bun.SelectQuery, typed string) *bun.SelectQuery {
	typed = strings.ToLower(strings.TrimSpace(typed))
	if typed == "" {
		return q
	}
	texts := []string{typed}
	if number := strings.Map(keepDigits, typed); len(number) >= 3 && strings.Trim(typed, "+0123456789 ()-./") == "" {
		texts = append(texts, strings.TrimLeft(number, "0"))
	}
	texts = slices.DeleteFunc(slices.Compact(texts), func(s string) bool { return s == "" })
	return q.WhereGroup(" AND ", func(q *bun.SelectQuery) *bun.SelectQuery {
		for _, text := range texts {
			q = q.WhereOr(`?TableAlias.search_text LIKE ? ESCAPE '!'`, "%"+likeText.Replace(text)+"%")
		}
		return q
	})
}

var likeText = strings.NewReplacer("!", "!!", "%", "!%", "_", "!_")

func keepDigits(r rune) rune {
	if r < '0' || r > '9' {
		return -1
	}
	return r
}
