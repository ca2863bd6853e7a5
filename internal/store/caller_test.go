package store

import (
	"context"
	"testing"
	"time"

	"parley/internal/id"
	"parley/internal/tel"
)

func TestCallerByNumberIsTheOneOfTheLastCall(t *testing.T) {
	onBoth(t, func(t *testing.T, db *DB) {
		w, other := newWorld(t, db, 1), newWorld(t, db, 2)
		const alone, shared = tel.Number("+32470111222"), tel.Number("+32470333444")
		named := map[string]id.Customer{}
		for _, name := range []string{"Ann", "Bob", "Cas"} {
			customer := Customer{Name: name, Phones: []CustomerNumber{{PhoneNumber: shared}}}
			if name == "Ann" {
				customer.Phones = append(customer.Phones, CustomerNumber{PhoneNumber: alone})
			}
			check(t, db.CreateCustomer(w.ctx, &customer))
			named[name] = customer.ID
		}
		is := func(what string, ctx context.Context, number tel.Number, want string) {
			t.Helper()
			caller, name, err := db.CallerByNumber(ctx, number)
			if want == "" {
				refused(t, what, err, ErrNotFound)
				return
			}
			check(t, err)
			same(t, what, []string{string(caller), name}, []string{string(named[want]), want})
		}
		is("the only one", w.ctx, alone, "Ann")
		is("the youngest, as nobody called", w.ctx, shared, "Cas")
		hold(t, db, func(b *batch) {
			b.setCall(&CallRow{Record: Record[id.Call]{ID: "1", Org: w.org}, Customer: named["Bob"], ArrivedAt: now().Add(time.Hour)})
		})
		is("who called last", w.ctx, shared, "Bob")
		is("of another organisation", other.ctx, shared, "")
		is("unknown", w.ctx, "+3225550999", "")
		ended, cancel := context.WithCancel(w.ctx)
		cancel()
		_, _, err := db.CallerByNumber(ended, alone)
		refused(t, "who gave up", err, context.Canceled)
	})
}
