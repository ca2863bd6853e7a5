package store

import (
	"context"
	"encoding/json"
	"time"

	"github.com/uptrace/bun"

	"parley/internal/id"
)

// Job is work that must be done once, even after a restart. Of a kind and a subject one waits at a time.
type Job struct {
	bun.BaseModel `bun:"table:jobs,alias:job"`
	ID            string          `bun:"id,pk" json:"id"`
	Org           id.Org          `bun:"organisation" json:"organisation"`
	Kind          string          `bun:"kind" json:"kind"`       // such as "message_notice"
	Subject       string          `bun:"subject" json:"subject"` // what it is about, such as a message's id
	Content       json.RawMessage `bun:"content" json:"content,omitempty"`
	CreatedAt     time.Time       `bun:"created_at" json:"created_at"`
	DueAt         time.Time       `bun:"due_at" json:"due_at"`     // zero when it is stored: at once
	Attempts      int             `bun:"attempts" json:"attempts"` // begun so far
	Failure       string          `bun:"failure" json:"failure"`   // of the last attempt, in words
}

func (j *Job) begin() {
	j.ID, j.CreatedAt = id.New[string](), now()
	if j.DueAt.IsZero() {
		j.DueAt = j.CreatedAt
	}
}

// AddJob stores work to be done; one of that kind and subject that waits already stays as it is.
func (db *DB) AddJob(ctx context.Context, job *Job) error {
	org, err := OrgOf(ctx)
	if err != nil {
		return err
	}
	job.Org = org
	job.begin()
	return db.write(ctx, func(ctx context.Context, tx bun.Tx) error {
		_, err := tx.NewInsert().Model(job).On("CONFLICT (organisation, kind, subject) DO NOTHING").Exec(ctx)
		return err
	})
}

// TakeJobs gives some jobs of these kinds that are due at a time, the longest due first. They are due again after the lease, unless
// they are done or put off before: so a job whose program is gone is taken by another, and never by two at once.
func (db *DB) TakeJobs(ctx context.Context, kinds []string, at time.Time, lease time.Duration) ([]Job, error) {
	org, err := OrgOf(ctx)
	if err != nil || len(kinds) == 0 {
		return nil, err
	}
	taken := []Job{}
	err = db.write(ctx, func(ctx context.Context, tx bun.Tx) error {
		due := []Job{}
		err := tx.NewSelect().Model(&due).Where("organisation = ?", org).Where("kind IN (?)", bun.List(kinds)).
			Where("due_at <= ?", at).OrderExpr("due_at, id").Limit(DefaultLimit).Scan(ctx)
		if err != nil {
			return err
		}
		for _, job := range due {
			result, err := tx.NewUpdate().Model((*Job)(nil)).Set("due_at = ?", at.Add(lease)).Set("attempts = ?", job.Attempts+1).
				Where("id = ?", job.ID).Where("attempts = ?", job.Attempts).Where("due_at <= ?", at).Exec(ctx)
			if err != nil {
				return err
			}
			if count, err := result.RowsAffected(); err != nil || count == 0 { // another node was faster
				continue
			}
			job.Attempts++
			taken = append(taken, job)
		}
		return nil
	})
	return taken, err
}

// NextJob is when the first job of these kinds is due, or ErrNotFound.
func (db *DB) NextJob(ctx context.Context, kinds []string) (time.Time, error) {
	query, err := within[Job](ctx, db.bun)
	if err != nil {
		return time.Time{}, err
	}
	if len(kinds) == 0 {
		return time.Time{}, ErrNotFound
	}
	row := new(Job)
	err = query.Model(row).Where("kind IN (?)", bun.List(kinds)).OrderExpr("due_at").Limit(1).Scan(ctx)
	return row.DueAt, translate(err)
}

// JobDone forgets a job.
func (db *DB) JobDone(ctx context.Context, job string) error {
	return db.write(ctx, func(ctx context.Context, tx bun.Tx) error { return remove[Job](ctx, tx, job) })
}

// JobPutOff has a job tried again at a time; failure says why it did not work. Without a failure it was done and is due again, as if it
// were new.
func (db *DB) JobPutOff(ctx context.Context, job string, until time.Time, failure string) error {
	org, err := OrgOf(ctx)
	if err != nil {
		return err
	}
	return db.write(ctx, func(ctx context.Context, tx bun.Tx) error {
		change := tx.NewUpdate().Model((*Job)(nil)).Set("due_at = ?", until).Set("failure = ?", failure)
		if failure == "" {
			change = change.Set("attempts = 0")
		}
		_, err := change.Where("id = ?", job).Where("organisation = ?", org).Exec(ctx)
		return err
	})
}

var insertJobs = &statement[Job]{
	name:    "insert jobs",
	head:    "INSERT INTO jobs (id, organisation, kind, subject, content, created_at, due_at, attempts, failure) VALUES",
	columns: 9,
	tail:    " ON CONFLICT (organisation, kind, subject) DO NOTHING",
	bind: func(v *values, row *Job) {
		v.texts(row.ID, string(row.Org), row.Kind, row.Subject)
		v.json(row.Content)
		v.time(row.CreatedAt)
		v.time(row.DueAt)
		v.add(row.Attempts)
		v.texts(row.Failure)
	},
}
