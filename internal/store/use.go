package store

import (
	"context"

	"github.com/uptrace/bun"

	"parley/internal/id"
)

// users finds records that use another one.
type users func(ctx context.Context, tx bun.IDB, org id.Org) ([]Use, error)

// refuseInUse gives an InUseError when any of the searches finds something.
func refuseInUse(ctx context.Context, tx bun.IDB, searches ...users) error {
	org, err := OrgOf(ctx)
	if err != nil {
		return err
	}
	found := []Use{}
	for _, search := range searches {
		uses, err := search(ctx, tx, org)
		if err != nil {
			return err
		}
		found = append(found, uses...)
	}
	if len(found) > 0 {
		return &InUseError{Users: found}
	}
	return nil
}

func usersIn(kind, table, name, condition string, values ...any) users {
	return func(ctx context.Context, tx bun.IDB, org id.Org) ([]Use, error) {
		uses := []Use{}
		err := tx.NewSelect().TableExpr("?", bun.Ident(table)).ColumnExpr("? AS kind, id, ? AS name", kind, bun.Ident(name)).
			Where("organisation = ?", org).Where(condition, values...).OrderExpr("name").Limit(MaxLimit).Scan(ctx, &uses)
		return uses, err
	}
}

func numbersWhere(condition string, values ...any) users {
	return usersIn("number", "numbers", "phone_number", condition, values...)
}
