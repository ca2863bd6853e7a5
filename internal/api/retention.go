package api

import (
	"cmp"
	"context"
	"fmt"
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

// previewInput is how long data would be kept; nothing said is as it is stored.
type previewInput struct {
	Recordings  int `query:"recordings" minimum:"0" maximum:"3650" doc:"days; 0: as it is"`
	Voicemail   int `query:"voicemail" minimum:"0" maximum:"3650" doc:"days; 0: as it is"`
	CallRecords int `query:"call_records" minimum:"0" maximum:"3650" doc:"days; 0: as it is"`
	Samples     int `query:"quality_samples" minimum:"0" maximum:"3650" doc:"days; 0: as it is"`
	Audit       int `query:"audit" minimum:"0" maximum:"3650" doc:"days, at least 365; 0: as it is"`
}

// leastAudit is for how many days the audit log is kept at least (BX-19).
const leastAudit = 365

func (d *doors) retentionPreview(ctx context.Context, q *previewInput) (*retentionOutput, error) {
	if q.Audit > 0 && q.Audit < leastAudit {
		return nil, huma.Error422UnprocessableEntity(fmt.Sprintf("The audit log is kept for at least %d days.", leastAudit))
	}
	now := time.Now().UTC()
	keep, err := d.Retention.Kept(in(ctx))
	if err != nil {
		return nil, d.refusal(err)
	}
	keep.Recordings, keep.Voicemail = cmp.Or(q.Recordings, keep.Recordings), cmp.Or(q.Voicemail, keep.Voicemail)
	keep.CallRecords, keep.Audit = cmp.Or(q.CallRecords, keep.CallRecords), cmp.Or(q.Audit, keep.Audit)
	keep.QualitySamples = cmp.Or(q.Samples, keep.QualitySamples)
	due, err := d.Retention.Preview(in(ctx), now, keep)
	if err != nil {
		return nil, d.refusal(err)
	}
	return &retentionOutput{RetentionPreview{At: now, Items: due}}, nil
}
