package store

import (
	"context"

	"parley/internal/id"
)

type orgKey struct{}

// WithOrg says for which organisation everything done with the context is. A query without it is refused.
func WithOrg(ctx context.Context, org id.Org) context.Context {
	return context.WithValue(ctx, orgKey{}, org)
}

// OrgOf is the organisation of the context, or ErrNoOrganisation.
func OrgOf(ctx context.Context) (id.Org, error) {
	org, _ := ctx.Value(orgKey{}).(id.Org)
	if org == "" {
		return "", ErrNoOrganisation
	}
	return org, nil
}
