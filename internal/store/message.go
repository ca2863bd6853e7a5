package store

import (
	"context"
	"strings"
	"time"

	"github.com/uptrace/bun"

	"parley/internal/id"
	"parley/internal/tel"
)

// Message is what a caller has left in a mailbox (VM-4). Its sound is that of a recording, which several messages share when one
// was forwarded. Writer.Message stores a new one.
type Message struct {
	bun.BaseModel `bun:"table:messages,alias:message"`
	Record[id.Message]
	Mailbox         id.Mailbox   `bun:"mailbox_id" json:"mailbox"`
	Call            id.Call      `bun:"call_id" json:"call"`
	Recording       id.Recording `bun:"recording_id" json:"recording"`
	From            tel.Number   `bun:"from_number" json:"from"`
	FromName        string       `bun:"from_name" json:"from_name"` // as the network gave it
	Customer        id.Customer  `bun:"customer_id,nullzero" json:"customer,omitempty"`
	CustomerName    string       `bun:"customer_name" json:"customer_name,omitempty"`
	LeftAt          time.Time    `bun:"left_at" json:"left_at"`
	DurationSeconds int          `bun:"duration_seconds" json:"duration_seconds"`
	Listened        bool         `bun:"listened" json:"listened"`
	ForwardedFrom   id.Mailbox   `bun:"forwarded_from" json:"forwarded_from,omitempty"`
	ForwardedBy     id.User      `bun:"forwarded_by" json:"forwarded_by,omitempty"`
	SearchText      string       `bun:"search_text" json:"-"` // made from number and names

	// Of the recording; they are not stored with the message.
	RecordingStatus string `bun:"recording_status,scanonly" json:"-"` // empty: there is no such recording
	Size            int64  `bun:"size,scanonly" json:"size"`          // bytes
	Reason          string `bun:"reason,scanonly" json:"-"`           // why the recording failed, in words
}

func (m *Message) searchable() string {
	return strings.ToLower(strings.Join([]string{string(m.From), m.FromName, m.CustomerName}, "\n"))
}

// Status is recording, completed or failed.
func (m *Message) Status() string {
	switch m.RecordingStatus {
	case "recording":
		return "recording"
	case "processing", "available":
		return "completed"
	}
	return "failed"
}

// join brings in the recording. It is written shortly after the message at the latest.
func (m *Message) join(q *bun.SelectQuery) *bun.SelectQuery {
	return q.ColumnExpr("message.*").
		ColumnExpr("COALESCE(recording.status, '') AS recording_status, COALESCE(recording.reason, '') AS reason").
		ColumnExpr("COALESCE(recording.size, 0) AS size").
		Join("LEFT JOIN recordings AS recording ON recording.id = message.recording_id AND recording.organisation = message.organisation")
}

// MessageFilter narrows a list of messages; zero fields do not, but for Mailboxes.
type MessageFilter struct {
	Mailboxes []id.Mailbox // none: no message
	Listened  *bool
	From      time.Time // left at or after
	To        time.Time // left before
	Text      string    // part of a number or of a name
}

func (f MessageFilter) narrow(q *bun.SelectQuery) *bun.SelectQuery {
	if len(f.Mailboxes) == 0 {
		return q.Where("1 = 0")
	}
	q = between(q.Where("message.mailbox_id IN (?)", bun.List(f.Mailboxes)), "left_at", f.From, f.To)
	if f.Listened != nil {
		q = q.Where("message.listened = ?", *f.Listened)
	}
	return holding(q, f.Text)
}

// Messages lists messages, the newest first.
func (db *DB) Messages(ctx context.Context, filter MessageFilter, r Range) (Page[Message], error) {
	return listBy[Message](ctx, db, r, "left_at", filter.narrow)
}

// Message is the message with this id, or ErrNotFound.
func (db *DB) Message(ctx context.Context, message id.Message) (*Message, error) {
	return find[Message](ctx, db.bun, string(message))
}

// MarkMessage says whether a message was listened to. Changed tells whether it was otherwise before.
func (db *DB) MarkMessage(ctx context.Context, message id.Message, listened bool) (changed bool, err error) {
	err = db.write(ctx, func(ctx context.Context, tx bun.Tx) error {
		row, err := find[Message](ctx, tx, string(message))
		if err != nil || row.Listened == listened {
			return err
		}
		row.Listened, changed = listened, true
		return change(ctx, tx, row)
	})
	return changed, err
}

// ForwardMessage puts an unheard copy of a message into another mailbox.
func (db *DB) ForwardMessage(ctx context.Context, message id.Message, to id.Mailbox, by id.User) (*Message, error) {
	var copied Message
	err := db.write(ctx, func(ctx context.Context, tx bun.Tx) error {
		row, err := find[Message](ctx, tx, string(message))
		if err != nil {
			return err
		}
		copied = *row
		copied.Record = Record[id.Message]{}
		copied.Mailbox, copied.ForwardedFrom, copied.ForwardedBy, copied.Listened = to, row.Mailbox, by, false
		return insert(ctx, tx, &copied)
	})
	return &copied, err
}

// DeleteMessage deletes a message, and with the last one that has it the sound of its recording: see BlobRemovals.
func (db *DB) DeleteMessage(ctx context.Context, message id.Message) error {
	return db.write(ctx, func(ctx context.Context, tx bun.Tx) error {
		row, err := find[Message](ctx, tx, string(message))
		if err != nil {
			return err
		}
		if err := remove[Message](ctx, tx, string(message)); err != nil {
			return err
		}
		others, err := tx.NewSelect().Table("messages").Where("organisation = ?", row.Org).Where("recording_id = ?", row.Recording).Exists(ctx)
		if err != nil || others {
			return err
		}
		return silence(ctx, tx, row.Recording)
	})
}

// DiscardRecording deletes the sound of a recording that no message has: see BlobRemovals.
func (db *DB) DiscardRecording(ctx context.Context, which id.Recording) error {
	return db.write(ctx, func(ctx context.Context, tx bun.Tx) error { return silence(ctx, tx, which) })
}

// silence has the sound of a recording deleted; its row stays and says so. A sealing that runs meanwhile is told by the row's version.
func silence(ctx context.Context, tx bun.Tx, which id.Recording) error {
	recordings := []Recording{}
	org, err := OrgOf(ctx)
	if err != nil {
		return err
	}
	err = tx.NewSelect().Model(&recordings).Where("id = ?", which).Where("organisation = ?", org).Scan(ctx)
	if err != nil || len(recordings) == 0 || recordings[0].Status == "deleted" {
		return err
	}
	row := &recordings[0]
	stem, _, _ := strings.Cut(row.StorageKey, ".live")
	for _, key := range []string{row.StorageKey, stem + ".opus", stem + ".wav.sealed"} { // whichever a sealing has made by now
		_, err := tx.NewRaw("INSERT INTO blob_removals (organisation, storage_key) VALUES (?, ?) ON CONFLICT DO NOTHING", org, key).Exec(ctx)
		if err != nil {
			return err
		}
	}
	row.Status, row.Waveform, row.Sealed = "deleted", nil, true // sealed: nothing is left to be sealed
	return change(ctx, tx, row)
}

// MessageCount is how many messages a mailbox holds (RFC 3842: new and old).
type MessageCount struct {
	Mailbox id.Mailbox `bun:"mailbox_id" json:"mailbox"`
	New     int        `bun:"unheard" json:"new"`
	Old     int        `bun:"heard" json:"old"`
}

// MessageCounts counts the messages of every mailbox that holds any.
func (db *DB) MessageCounts(ctx context.Context) (map[id.Mailbox]MessageCount, error) {
	org, err := OrgOf(ctx)
	if err != nil {
		return nil, err
	}
	rows := []MessageCount{}
	err = db.bun.NewSelect().Table("messages").Column("mailbox_id").
		ColumnExpr("SUM(CASE WHEN listened THEN 0 ELSE 1 END) AS unheard, SUM(CASE WHEN listened THEN 1 ELSE 0 END) AS heard").
		Where("organisation = ?", org).Group("mailbox_id").Scan(ctx, &rows)
	if err != nil {
		return nil, translate(err)
	}
	counts := make(map[id.Mailbox]MessageCount, len(rows))
	for _, row := range rows {
		counts[row.Mailbox] = row
	}
	return counts, nil
}

// insertMessages stores what callers have left; one that is there already stays as it is.
var insertMessages = &statement[Message]{
	name: "insert messages",
	head: "INSERT INTO messages (" + recordColumns + ", mailbox_id, call_id, recording_id, from_number, from_name, customer_id," +
		" customer_name, left_at, duration_seconds, listened, forwarded_from, forwarded_by, search_text) VALUES",
	columns: 19,
	tail:    " ON CONFLICT (id) DO NOTHING",
	bind: func(v *values, row *Message) {
		row.bind(v)
		v.texts(string(row.Mailbox), string(row.Call), string(row.Recording), string(row.From), row.FromName)
		v.textOrNull(string(row.Customer))
		v.texts(row.CustomerName)
		v.time(row.LeftAt)
		v.add(row.DurationSeconds)
		v.add(row.Listened)
		v.texts(string(row.ForwardedFrom), string(row.ForwardedBy), row.SearchText)
	},
}
