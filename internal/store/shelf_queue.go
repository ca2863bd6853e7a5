package store

import (
	"context"

	"github.com/uptrace/bun"

	"parley/internal/id"
	"parley/internal/settings"
)

func queueTable() shelf[settings.Queue] {
	return table[settings.Queue, Queue, *Queue]{
		start: func(which string) *Queue { return &Queue{Record: Record[id.Queue]{ID: id.Queue(which)}} },
		read:  readQueue,
		write: func(_ context.Context, _ bun.Tx, row *Queue, q settings.Queue) error { writeQueue(row, q); return nil },
		after: func(ctx context.Context, tx bun.Tx, row *Queue, q settings.Queue) error {
			agents := make([]id.Agent, len(q.Members.Agents))
			for i, a := range q.Members.Agents {
				agents[i] = id.Agent(a)
			}
			return setMembers(ctx, tx, row, agents)
		},
	}
}

// Settings is the queue as an administrator sees it, but for its members.
func (row *Queue) Settings() (settings.Queue, error) {
	q, err := settings.Decode[settings.Queue]([]byte(row.More))
	if err != nil {
		return q, err
	}
	q.Name, q.Strategy, q.RingSeconds, q.AutoPause = row.Name, row.Strategy, row.RingSeconds, row.AutoPause
	q.EntryGreeting, q.HoldAudio, q.MaxHoldSeconds = row.EntryGreeting, row.HoldAudio, row.MaxHoldSeconds
	q.WrapUpSeconds, q.ExtendSeconds, q.MaxExtensions = row.WrapUpSeconds, row.ExtendedWrapSeconds, row.MaxExtensions
	q.RecordCall, q.RecordingNotice = row.RecordCall, row.RecordingNotice
	q.WaitWarning, q.WaitCritical = row.WaitWarningSeconds, row.WaitCriticalSeconds
	q.SLPercent, q.SLSeconds, q.ShortAbandon = row.SLPercent, row.SLSeconds, row.ShortAbandonSeconds
	return q, nil
}

func readQueue(ctx context.Context, from bun.IDB, row *Queue) (Saved[settings.Queue], error) {
	q, err := row.Settings()
	if err != nil {
		return Saved[settings.Queue]{}, err
	}
	members := []QueueMember{}
	err = from.NewSelect().Model(&members).Where("organisation = ?", row.Org).Where("queue_id = ?", row.ID).OrderExpr("position").Scan(ctx)
	q.Members.Agents = []string{}
	for _, m := range members {
		q.Members.Agents = append(q.Members.Agents, string(m.Agent))
	}
	return savedOf(row.Record, q.Name, q), err
}

func writeQueue(row *Queue, q settings.Queue) {
	row.Name, row.Strategy, row.RingSeconds, row.AutoPause = q.Name, q.Strategy, q.RingSeconds, q.AutoPause
	row.EntryGreeting, row.HoldAudio, row.MaxHoldSeconds = q.EntryGreeting, q.HoldAudio, q.MaxHoldSeconds
	row.WrapUpSeconds, row.ExtendedWrapSeconds, row.MaxExtensions = q.WrapUpSeconds, q.ExtendSeconds, q.MaxExtensions
	row.RecordCall, row.RecordingNotice = q.RecordCall, q.RecordingNotice
	row.WaitWarningSeconds, row.WaitCriticalSeconds = q.WaitWarning, q.WaitCritical
	row.SLPercent, row.SLSeconds, row.ShortAbandonSeconds = q.SLPercent, q.SLSeconds, q.ShortAbandon
	row.More = string(content(q))
}
