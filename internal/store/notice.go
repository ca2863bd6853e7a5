package store

import (
	"context"
	"database/sql/driver"
	"encoding/json"
	"fmt"
	"time"

	"github.com/uptrace/bun"

	"parley/internal/id"
)

// Notice is something that happened while its user may have looked elsewhere (NT-5). It holds no sentence: the page makes one of
// kind and data. The link is what it leads to.
type Notice struct {
	bun.BaseModel `bun:"table:notices,alias:notice"`
	ID            string     `bun:"id" json:"id"`
	Org           id.Org     `bun:"organisation" json:"-"`
	User          id.User    `bun:"user_id" json:"-"`
	Kind          NoticeKind `bun:"kind" json:"kind" enum:"missed_call,message,drop_failed,level_fell,repaired,locked,override_requested,callback_unreached,device_asleep,emergency_call,text_failed"` //nolint:lll // a tag is one line
	About         string     `bun:"about" json:"-"`                                                                                                                                                    // of a kind and what it is about a user has one; empty: it is like no other
	Data          NoticeData `bun:"content" json:"data"`
	LinkKind      string     `bun:"link_kind" json:"link_kind,omitempty" enum:"call,mailbox,queue,blocked"`
	LinkID        string     `bun:"link_id" json:"link_id,omitempty"`
	CreatedAt     time.Time  `bun:"created_at" json:"created_at"`
	ReadAt        *time.Time `bun:"read_at" json:"read_at,omitempty"`
}

// NoticeKind says what has happened.
type NoticeKind string

// The kinds of notices.
const (
	NoticeMissedCall NoticeKind = "missed_call"        // a direct call, or a queue's offer that rang out
	NoticeMessage    NoticeKind = "message"            // in a mailbox that the user may hear
	NoticeDropFailed NoticeKind = "drop_failed"        // a voicemail was not left (VM-13)
	NoticeLevelFell  NoticeKind = "level_fell"         // of a queue, over 30 minutes (BX-5)
	NoticeRepaired   NoticeKind = "repaired"           // stuck work was put right (BX-8)
	NoticeLocked     NoticeKind = "locked"             // an agent's outbound calls (BX-15)
	NoticeOverride   NoticeKind = "override_requested" // of an agent's class of service (CS-5)
	NoticeCallback   NoticeKind = "callback_unreached" // no further attempt is made: a person must call (QU-11)
	NoticeEmergency  NoticeKind = "emergency_call"     // somebody has called for help (BX-14)
	NoticeTextFailed NoticeKind = "text_failed"        // a text message of an emergency call (BX-14)
	NoticeAsleep     NoticeKind = "device_asleep"      // an agent's: calls pass the agent by (CF-3)
)

// NoticeData is what a notice's sentence is made of; which fields there are depends on the kind.
type NoticeData struct {
	Number   string `json:"number,omitempty"` // of the other side
	Name     string `json:"name,omitempty"`   // of the other side
	Agent    string `json:"agent,omitempty"`  // names
	Queue    string `json:"queue,omitempty"`
	Mailbox  string `json:"mailbox,omitempty"`
	Greeting string `json:"greeting,omitempty"`
	What     string `json:"what,omitempty" enum:"agent,call,legless" doc:"that was stuck; legless: a call that nobody was in any more"`
	Why      string `json:"why,omitempty"`
	CallBack string `json:"call_back,omitempty"` // the number that reaches who called for help
	Location string `json:"location,omitempty"`  // of who called for help, in words
	Seconds  int    `json:"seconds,omitempty"`   // that a message lasts
	Percent  int    `json:"percent,omitempty"`   // of the service level
	Goal     int    `json:"goal,omitempty"`
	Calls    int    `json:"calls,omitempty"`
}

// Value stores it as JSON.
func (d NoticeData) Value() (driver.Value, error) {
	text, err := json.Marshal(d)
	return string(text), err
}

// Scan reads it from JSON.
func (d *NoticeData) Scan(from any) error {
	switch from := from.(type) {
	case string:
		return json.Unmarshal([]byte(from), d)
	case []byte:
		return json.Unmarshal(from, d)
	}
	return fmt.Errorf("data of a notice: %T", from)
}

// AddNotice stores a notice for a member of the context's organisation and gives it an id; fresh tells whether it is there for the first
// time. ErrNotFound: the user is no member.
func (db *DB) AddNotice(ctx context.Context, n *Notice) (fresh bool, err error) {
	org, err := OrgOf(ctx)
	if err != nil {
		return false, err
	}
	n.ID, n.Org = id.New[string](), org
	if n.About == "" {
		n.About = n.ID
	}
	if n.CreatedAt.IsZero() {
		n.CreatedAt = now()
	}
	err = db.write(ctx, func(ctx context.Context, tx bun.Tx) error {
		if _, err := findUser(ctx, tx, n.User); err != nil {
			return err
		}
		done, err := tx.NewInsert().Model(n).On("CONFLICT (organisation, user_id, kind, about) DO NOTHING").Exec(ctx)
		if err != nil {
			return err
		}
		count, err := done.RowsAffected()
		fresh = count > 0
		return err
	})
	return fresh, err
}

// Notices lists a user's, newest first.
func (db *DB) Notices(ctx context.Context, user id.User, r Range) (Page[Notice], error) {
	return list[Notice](ctx, db, r, func(q *bun.SelectQuery) *bun.SelectQuery { return q.Where("user_id = ?", user) })
}

// UnreadNotices counts what each user of the context's organisation has not read; who has read all is not among them.
func (db *DB) UnreadNotices(ctx context.Context) (map[id.User]int, error) {
	query, err := within[Notice](ctx, db.bun)
	if err != nil {
		return nil, err
	}
	var rows []struct {
		User  id.User `bun:"user_id"`
		Count int     `bun:"count"`
	}
	err = query.ColumnExpr("user_id, COUNT(*) AS count").Where("read_at IS NULL").GroupExpr("user_id").Scan(ctx, &rows)
	all := make(map[id.User]int, len(rows))
	for _, row := range rows {
		all[row.User] = row.Count
	}
	return all, translate(err)
}

// UnreadNoticesOf counts what one user has not read.
func (db *DB) UnreadNoticesOf(ctx context.Context, user id.User) (int, error) {
	query, err := within[Notice](ctx, db.bun)
	if err != nil {
		return 0, err
	}
	count, err := query.Where("user_id = ?", user).Where("read_at IS NULL").Count(ctx)
	return int(count), translate(err)
}

// ReadNotice notes that a user has read one of the own notices, or gives ErrNotFound; one that was read stays as it is.
func (db *DB) ReadNotice(ctx context.Context, user id.User, which string) error {
	query, err := within[Notice](ctx, db.bun)
	if err != nil {
		return err
	}
	if err := query.Where("notice.id = ?", which).Where("user_id = ?", user).Scan(ctx); err != nil {
		return translate(err)
	}
	return db.readNotices(ctx, user, func(q *bun.UpdateQuery) *bun.UpdateQuery { return q.Where("id = ?", which) })
}

// ReadNotices notes that a user has read all the own notices.
func (db *DB) ReadNotices(ctx context.Context, user id.User) error {
	return db.readNotices(ctx, user, func(q *bun.UpdateQuery) *bun.UpdateQuery { return q })
}

func (db *DB) readNotices(ctx context.Context, user id.User, which func(*bun.UpdateQuery) *bun.UpdateQuery) error {
	org, err := OrgOf(ctx)
	if err != nil {
		return err
	}
	return db.write(ctx, func(ctx context.Context, tx bun.Tx) error {
		_, err := which(tx.NewUpdate().Model((*Notice)(nil)).Set("read_at = ?", now())).Where("organisation = ?", org).
			Where("user_id = ?", user).Where("read_at IS NULL").Exec(ctx)
		return err
	})
}

// DeleteNotices forgets the notices of the context's organisation that were made before a time, read or not.
func (db *DB) DeleteNotices(ctx context.Context, before time.Time) error {
	org, err := OrgOf(ctx)
	if err != nil {
		return err
	}
	return db.write(ctx, func(ctx context.Context, tx bun.Tx) error {
		_, err := tx.NewDelete().Model((*Notice)(nil)).Where("organisation = ?", org).Where("created_at < ?", before).Exec(ctx)
		return err
	})
}
