package store

import (
	"context"
	"database/sql"

	"parley/internal/id"
	"parley/internal/tel"
)

// CallerByNumber is the first of CustomersByNumber by id and name, or ErrNotFound; it is quick enough for every call.
func (db *DB) CallerByNumber(ctx context.Context, number tel.Number) (id.Customer, string, error) {
	org, err := OrgOf(ctx)
	if err != nil {
		return "", "", err
	}
	caller, name, found, err := db.callerIn(ctx, callersByNumber, org, number)
	if found > 1 {
		caller, name, found, err = db.callerIn(ctx, callerByNumber, org, number)
	}
	if err == nil && found == 0 {
		err = ErrNotFound
	}
	return caller, name, translate(err)
}

// callerIn gives the first row of a query and how many there are.
func (db *DB) callerIn(ctx context.Context, query string, org id.Org, number tel.Number) (caller id.Customer, name string, found int, err error) {
	err = db.look(ctx, query, func(rows *sql.Rows) error {
		if found++; found > 1 {
			return nil
		}
		return rows.Scan((*string)(&caller), &name)
	}, string(org), string(number))
	return caller, name, found, err
}

// callersByNumber tells whether several customers share the number, which is rare.
const callersByNumber = `SELECT customer.id, customer.name FROM customer_numbers AS n
JOIN customers AS customer ON customer.id = n.customer_id AND customer.organisation = n.organisation
WHERE n.organisation = ? AND n.phone_number = ? LIMIT 2`

const callerByNumber = `SELECT customer.id, customer.name FROM customer_numbers AS n
JOIN customers AS customer ON customer.id = n.customer_id AND customer.organisation = n.organisation
WHERE n.organisation = ? AND n.phone_number = ?
ORDER BY COALESCE((SELECT MAX(c.arrived_at) FROM calls AS c
	WHERE c.organisation = customer.organisation AND c.customer_id = customer.id), customer.created_at) DESC, customer.id DESC
LIMIT 1`
