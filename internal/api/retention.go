package api

import (
	"context"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"parley/internal/access"
	"parley/internal/retention"
)

func (d *doors) retentionRoutes(api huma.API) {
	route(api, http.MethodGet, "/retention/preview", access.Administrate, "What retention would delete now; nothing is deleted", d.retentionPreview)
}

// RetentionPreview is what the next night would delete (BX-19).
type RetentionPreview struct {
	At    time.Time       `json:"at"`
	Items []retention.Due `json:"items" doc:"one of each class"`
}

type retentionOutput struct{ Body RetentionPreview }

func (d *doors) retentionPreview(ctx context.Context, _ *struct{}) (*retentionOutput, error) {
	now := time.Now().UTC()
	due, err := d.Retention.Preview(in(ctx), now)
	if err != nil {
		return nil, d.refusal(err)
	}
	return &retentionOutput{RetentionPreview{At: now, Items: due}}, nil
}
