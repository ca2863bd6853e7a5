package store

import (
	"context"
	"encoding/json"
	"strings"
	"time"

	"github.com/uptrace/bun"

	"parley/internal/id"
)

// AuditEntry says who changed what, and how it was before and after. Before and After hold no secrets.
type AuditEntry struct {
	bun.BaseModel `bun:"table:audit,alias:audit_entry"`
	ID            string          `bun:"id,pk" json:"id"`
	Org           id.Org          `bun:"organisation" json:"organisation"`
	At            time.Time       `bun:"at" json:"at"`
	Actor         id.User         `bun:"actor" json:"actor"` // empty: the system
	IP            string          `bun:"ip" json:"ip"`
	Action        string          `bun:"action" json:"action"`             // such as "queue updated" or "sign-in failed"
	SubjectKind   string          `bun:"subject_kind" json:"subject_kind"` // such as "queue"
	SubjectID     string          `bun:"subject_id" json:"subject_id"`
	Before        json.RawMessage `bun:"state_before" json:"before,omitempty"`
	After         json.RawMessage `bun:"state_after" json:"after,omitempty"`
}

// Audit adds an entry; id and time are given here. Entries are never changed.
func (db *DB) Audit(ctx context.Context, entry *AuditEntry) error {
	return db.write(ctx, func(ctx context.Context, tx bun.Tx) error { return insertAudit(ctx, tx, entry) })
}

func insertAudit(ctx context.Context, tx bun.Tx, entry *AuditEntry) error {
	org, err := OrgOf(ctx)
	if err != nil {
		return err
	}
	entry.ID, entry.Org, entry.At = id.New[string](), org, now()
	_, err = tx.NewInsert().Model(entry).Exec(ctx)
	return err
}

// AuditEntries lists the entries, newest first.
func (db *DB) AuditEntries(ctx context.Context, r Range) (Page[AuditEntry], error) {
	return listBy[AuditEntry](ctx, db, r, "at")
}

// AuditQuery narrows the entries; what is empty narrows nothing. Text is looked for in the action.
type AuditQuery struct {
	Range
	Kind, Subject, Text string
	Actor               id.User
	Since               time.Time
}

// AuditOf lists the entries that a query asks for, newest first.
func (db *DB) AuditOf(ctx context.Context, q AuditQuery) (Page[AuditEntry], error) {
	return listBy[AuditEntry](ctx, db, q.Range, "at", func(s *bun.SelectQuery) *bun.SelectQuery {
		if q.Kind != "" {
			s = s.Where("subject_kind = ?", q.Kind)
		}
		if q.Subject != "" {
			s = s.Where("subject_id = ?", q.Subject)
		}
		if q.Actor != "" {
			s = s.Where("actor = ?", q.Actor)
		}
		if !q.Since.IsZero() {
			s = s.Where("at >= ?", q.Since.UTC())
		}
		if q.Text != "" {
			s = s.Where("LOWER(action) LIKE ?", "%"+strings.ToLower(q.Text)+"%")
		}
		return s
	})
}
