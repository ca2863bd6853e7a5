package api

import (
	"context"
	"encoding/json"
	"net/http"
	"slices"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"parley/internal/access"
	"parley/internal/clock"
	"parley/internal/id"
	"parley/internal/store"
)

// What the audit log says of recordings (RC-6).
const (
	recordingHeard      = "recording listened to"
	recordingDownloaded = "recording downloaded"
)

// oneAccess is how long the requests of a player that seeks are one access.
const oneAccess = 5 * time.Minute

// accessNote is kept with an entry of the audit log, to tell whether a request belongs to it.
type accessNote struct {
	Link string `json:"link"`
}

// RecordingAccess is one listening to a recording of a call, or one download of it (RC-6).
type RecordingAccess struct {
	At        time.Time    `json:"at"`
	Recording id.Recording `json:"recording"`
	User      id.User      `json:"user"`
	UserName  string       `json:"user_name,omitempty"`
	IP        string       `json:"ip,omitempty"`
	How       string       `json:"how" enum:"listened,downloaded"`
}

type accessesOutput struct{ Body []RecordingAccess }

func (d *doors) accessRoutes(api huma.API) {
	route(api, http.MethodGet, "/calls/{id}/accesses", access.Supervise, "Who listened to a call's recordings, latest first", d.recordingAccesses)
}

// noteAccess writes an access into the audit log. A player asks for a recording in parts: what comes by the same link from the same
// place within five minutes is one access. A failure to note it is logged and does not stop the person.
func (d *doors) noteAccess(ctx context.Context, r *http.Request, link recordingLink) {
	note, err := json.Marshal(accessNote{link.number})
	entry := store.AuditEntry{
		Actor: link.user, IP: addressOf(r.RemoteAddr).String(), Action: link.how(),
		SubjectKind: "recording", SubjectID: string(link.recording), After: note,
	}
	if err == nil {
		var noted bool
		if noted, err = d.noted(ctx, &entry); err == nil && !noted {
			err = d.DB.Audit(in(ctx), &entry)
		}
	}
	if err != nil {
		d.Log.Error("access not noted in the audit log", "action", entry.Action, "subject", entry.SubjectID, "err", err)
	}
}

// noted tells whether the access that an entry is of stands in the audit log already.
func (d *doors) noted(ctx context.Context, entry *store.AuditEntry) (bool, error) {
	page, err := d.DB.AuditOf(in(ctx), store.AuditQuery{
		Range: store.Range{Limit: store.MaxLimit}, Kind: entry.SubjectKind, Subject: entry.SubjectID, Actor: entry.Actor,
		Since: clock.Now().Add(-oneAccess),
	})
	return slices.ContainsFunc(page.Rows, func(old store.AuditEntry) bool {
		return old.Action == entry.Action && old.IP == entry.IP && linkNoted(old) == linkNoted(*entry)
	}), err
}

// linkNoted is the link by which a recording was opened.
func linkNoted(entry store.AuditEntry) string {
	note := accessNote{}
	if json.Unmarshal(entry.After, &note) != nil { // of before there were links
		return ""
	}
	return note.Link
}

func (d *doors) recordingAccesses(ctx context.Context, i *callInput) (*accessesOutput, error) {
	if _, err := d.DB.Call(in(ctx), i.ID, d.scope(ctx)); err != nil {
		return nil, d.refusal(err)
	}
	rows, err := d.DB.RecordingsOf(in(ctx), i.ID)
	out := &accessesOutput{Body: []RecordingAccess{}}
	for _, row := range rows {
		if err != nil {
			break
		}
		var page store.Page[store.AuditEntry]
		page, err = d.DB.AuditOf(in(ctx), store.AuditQuery{Range: store.Range{Limit: store.MaxLimit}, Kind: "recording", Subject: string(row.ID)})
		for _, entry := range page.Rows {
			if how, ok := accessWords[entry.Action]; ok {
				out.Body = append(out.Body, RecordingAccess{
					At: entry.At, Recording: row.ID, User: entry.Actor, UserName: d.userName(ctx, entry.Actor), IP: entry.IP, How: how,
				})
			}
		}
	}
	slices.SortStableFunc(out.Body, func(a, b RecordingAccess) int { return b.At.Compare(a.At) })
	return out, d.refusal(err)
}

var accessWords = map[string]string{recordingHeard: "listened", recordingDownloaded: "downloaded"}
