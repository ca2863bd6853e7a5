package callcontrol

import (
	"parley/internal/call"
	"parley/internal/id"
	"parley/internal/store"
)

// Mailroom is told what became of recordings in mailboxes, once the rows that say so were given to the store. It returns at once.
type Mailroom interface {
	MessageLeft(org id.Org, which id.Message)
	// MessageDropped names a recording that holds no message: its sound is nobody's.
	MessageDropped(org id.Org, which id.Recording)
}

// storeMessage keeps what a caller has left in a mailbox.
func (k *Keeper) storeMessage(w *store.Writer, c *call.Call, e call.Event) {
	switch e := e.(type) {
	case call.MessageLeft:
		row := messageRow(c, e)
		w.Message(row)
		if k.Mailroom != nil {
			k.Mailroom.MessageLeft(c.Org, row.ID)
		}
	case call.MessageDropped:
		if k.Mailroom != nil {
			k.Mailroom.MessageDropped(c.Org, e.Recording)
		}
	}
}

func messageRow(c *call.Call, e call.MessageLeft) store.Message {
	row := store.Message{
		Mailbox: e.Mailbox, Call: c.ID, Recording: e.Recording, From: e.From, FromName: e.Name, Customer: e.Caller.ID,
		CustomerName: e.Caller.Name, LeftAt: e.LeftAt, DurationSeconds: int(e.Duration.Seconds()),
	}
	row.ID = id.Message(e.Recording)
	return row
}
