package store

import (
	"context"

	"github.com/uptrace/bun"

	"parley/internal/id"
	"parley/internal/settings"
	"parley/internal/tel"
)

func agentTable(db *DB) shelf[settings.Agent] {
	return table[settings.Agent, Agent, *Agent]{
		start: func(which string) *Agent {
			row := NewAgent("", "")
			row.ID = id.Agent(which)
			return &row
		},
		read: readAgent,
		write: func(ctx context.Context, tx bun.Tx, row *Agent, a settings.Agent) error {
			return writeAgent(ctx, db, tx, row, a)
		},
	}
}

// Settings is the agent as an administrator sees it.
func (row *Agent) Settings() (settings.Agent, error) {
	a, err := settings.Decode[settings.Agent]([]byte(row.More))
	if err != nil {
		return a, err
	}
	a.User, a.Extension, a.DefaultNumber = string(row.User), row.Extension, string(row.DefaultNumber)
	a.PreferredDevice, a.RingStrategy = string(row.PreferredDevice), string(row.RingStrategy)
	a.RecordOutgoing, a.DirectWhenUnavailable, a.CallWaiting = row.RecordOutgoingAutomatically, row.DirectWhenUnavailable, row.CallWaiting
	a.DefaultStatus, a.Active, a.ReceivingNumber = row.DefaultStatus, row.Active, string(row.ReceivingNumber)
	a.SRTP, a.Codecs, a.DTMF = string(row.Phone.SRTP), row.Phone.Codecs, string(row.Phone.DTMF)
	return a, nil
}

func readAgent(_ context.Context, _ bun.IDB, row *Agent) (Saved[settings.Agent], error) {
	a, err := row.Settings()
	return savedOf(row.Record, row.FullName, a), err
}

func writeAgent(ctx context.Context, db *DB, tx bun.Tx, row *Agent, a settings.Agent) error {
	if a.Extension == "" {
		free, err := db.freeExtension(ctx, tx)
		if err != nil {
			return err
		}
		a.Extension = free
	}
	row.User, row.Extension, row.DefaultNumber = id.User(a.User), a.Extension, id.Number(a.DefaultNumber)
	row.PreferredDevice, row.RingStrategy = Device(a.PreferredDevice), RingStrategy(a.RingStrategy)
	row.RecordOutgoingAutomatically, row.DirectWhenUnavailable, row.CallWaiting = a.RecordOutgoing, a.DirectWhenUnavailable, a.CallWaiting
	row.DefaultStatus, row.Active, row.ReceivingNumber = a.DefaultStatus, a.Active, tel.Number(a.ReceivingNumber)
	row.Phone = Peering{SRTP: SRTP(a.SRTP), Codecs: a.Codecs, DTMF: DTMF(a.DTMF)}
	row.More = string(content(a))
	return row.Phone.complete()
}
