package store

import (
	"context"
	"time"

	"github.com/uptrace/bun"

	"parley/internal/id"
)

// Aged is a recording that may have been kept long enough, with the stays in queues of its call, by which it is decided.
type Aged struct {
	ID        id.Recording `bun:"id"`
	StartedAt time.Time    `bun:"started_at"`
	Queues    []CallQueue  `bun:"queues"`
}

// AgedRecordings lists recordings of calls that can be heard still and began before a time, the oldest first, so many at once, after
// the last one of the list before. Messages in mailboxes are none of them.
func (db *DB) AgedRecordings(ctx context.Context, before time.Time, after Aged) ([]Aged, error) {
	org, err := OrgOf(ctx)
	if err != nil {
		return nil, err
	}
	rows := []Aged{}
	q := db.bun.NewSelect().TableExpr("recordings AS r").ColumnExpr("r.id, r.started_at, c.queues").
		Join("LEFT JOIN calls AS c ON c.organisation = r.organisation AND c.id = r.call_id").
		Where("r.organisation = ?", org).Where("r.status = ?", "available").Where("r.started_at < ?", before).
		Where("NOT EXISTS (SELECT 1 FROM messages AS m WHERE m.organisation = r.organisation AND m.recording_id = r.id)")
	if after.ID != "" {
		q = q.Where("(r.started_at > ? OR r.started_at = ? AND r.id > ?)", after.StartedAt, after.StartedAt, after.ID)
	}
	return rows, translate(q.OrderExpr("r.started_at, r.id").Limit(MaxLimit).Scan(ctx, &rows))
}

// AgedMessage is a message in a mailbox that may have been kept long enough.
type AgedMessage struct {
	ID      id.Message `bun:"id"`
	Mailbox id.Mailbox `bun:"mailbox_id"` // it may be gone
	LeftAt  time.Time  `bun:"left_at"`
}

// AgedMessages lists messages that were left before a time, the oldest first, so many at once, after the last one of the list before.
func (db *DB) AgedMessages(ctx context.Context, before time.Time, after AgedMessage) ([]AgedMessage, error) {
	org, err := OrgOf(ctx)
	if err != nil {
		return nil, err
	}
	rows := []AgedMessage{}
	q := db.bun.NewSelect().Table("messages").Column("id", "mailbox_id", "left_at").Where("organisation = ?", org).Where("left_at < ?", before)
	if after.ID != "" {
		q = q.Where("(left_at > ? OR left_at = ? AND id > ?)", after.LeftAt, after.LeftAt, after.ID)
	}
	return rows, translate(q.Order("left_at", "id").Limit(MaxLimit).Scan(ctx, &rows))
}

// Expired says what was kept long enough: how many, and when the oldest and the newest were made.
type Expired struct {
	Count  int       `bun:"count" json:"count"`
	Oldest time.Time `bun:"oldest" json:"oldest,omitzero"`
	Newest time.Time `bun:"newest" json:"newest,omitzero"`
}

// Include counts one more.
func (e *Expired) Include(at time.Time) {
	if e.Count == 0 || at.Before(e.Oldest) {
		e.Oldest = at
	}
	if e.Count == 0 || at.After(e.Newest) {
		e.Newest = at
	}
	e.Count++
}

// dated is a row that may be deleted, and when it was made.
type dated struct {
	ID string    `bun:"id"`
	At time.Time `bun:"at"`
}

// expiredCalls are records of calls that are over, whose sound is gone.
func expiredCalls(q *bun.SelectQuery) *bun.SelectQuery {
	return q.TableExpr("calls AS c").ColumnExpr("c.id, c.arrived_at AS at").Where("c.status = ?", "ended").
		Where("NOT EXISTS (SELECT 1 FROM recordings AS r WHERE r.organisation = c.organisation AND r.call_id = c.id" +
			" AND r.status IN ('available', 'processing', 'recording'))")
}

// ExpiredCalls says which records of calls began before a time and hold no sound any more.
func (db *DB) ExpiredCalls(ctx context.Context, before time.Time) (Expired, error) {
	return db.expired(ctx, before, "c.arrived_at", "c", expiredCalls)
}

// ExpiredAudit says which entries of the audit log were made before a time.
func (db *DB) ExpiredAudit(ctx context.Context, before time.Time) (Expired, error) {
	return db.expired(ctx, before, "a.at", "a", expiredAudit)
}

func expiredAudit(q *bun.SelectQuery) *bun.SelectQuery {
	return q.TableExpr("audit AS a").ColumnExpr("a.id, a.at AS at")
}

// expired counts in pages, as deletion does.
func (db *DB) expired(ctx context.Context, before time.Time, column, alias string, from narrow) (Expired, error) {
	sum, last := Expired{}, dated{}
	for {
		rows, err := db.aged(ctx, db.bun, before, column, alias, from, last)
		if err != nil || len(rows) == 0 {
			return sum, err
		}
		for _, row := range rows {
			sum.Include(row.At)
		}
		last = rows[len(rows)-1]
	}
}

func (db *DB) aged(ctx context.Context, at bun.IDB, before time.Time, column, alias string, from narrow, after dated) ([]dated, error) {
	org, err := OrgOf(ctx)
	if err != nil {
		return nil, err
	}
	rows := []dated{}
	q := from(at.NewSelect()).Where("?.organisation = ?", bun.Ident(alias), org).Where("? < ?", bun.Safe(column), before)
	if after.ID != "" {
		q = q.Where("(? > ? OR ? = ? AND ?.id > ?)", bun.Safe(column), after.At, bun.Safe(column), after.At, bun.Ident(alias), after.ID)
	}
	err = q.OrderExpr("?, ?.id", bun.Safe(column), bun.Ident(alias)).Limit(MaxLimit).Scan(ctx, &rows)
	return rows, translate(err)
}

// DeleteExpiredCalls deletes some of the records of ExpiredCalls with all that belongs to them, and says which; none are left when it
// deletes none. Between two of its transactions calls are stored.
func (db *DB) DeleteExpiredCalls(ctx context.Context, before time.Time) (Expired, error) {
	return db.deleteAged(ctx, before, "c.arrived_at", "c", expiredCalls, [][2]string{
		{"call_events", "call_id"}, {"call_queues", "call_id"}, {"call_agents", "call_id"}, {"call_outcomes", "call_id"}, {"recordings", "call_id"},
		{"call_notes", "call_id"}, {"call_note_edits", "call_id"}, {"tags", "call_id"}, {"calls", "id"},
	})
}

// DeleteExpiredAudit deletes some of the entries of ExpiredAudit, and says which.
func (db *DB) DeleteExpiredAudit(ctx context.Context, before time.Time) (Expired, error) {
	return db.deleteAged(ctx, before, "a.at", "a", expiredAudit, [][2]string{{"audit", "id"}})
}

func (db *DB) deleteAged(
	ctx context.Context, before time.Time, column, alias string, from narrow, tables [][2]string,
) (gone Expired, err error) {
	err = db.write(ctx, func(ctx context.Context, tx bun.Tx) error {
		rows, err := db.aged(ctx, tx, before, column, alias, from, dated{})
		if err != nil || len(rows) == 0 {
			return err
		}
		org, err := OrgOf(ctx)
		if err != nil {
			return err
		}
		ids := make([]string, len(rows))
		for i, row := range rows {
			ids[i] = row.ID
			gone.Include(row.At)
		}
		for _, t := range tables {
			_, err := tx.NewDelete().Table(t[0]).Where("organisation = ?", org).Where("? IN (?)", bun.Ident(t[1]), bun.List(ids)).Exec(ctx)
			if err != nil {
				return err
			}
		}
		return nil
	})
	return gone, err
}
