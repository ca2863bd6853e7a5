package callcontrol_test

import (
	"fmt"
	"testing"
	"time"

	"parley/internal/call"
	"parley/internal/id"
	"parley/internal/store"
)

// mailroom notes what it is told.
type mailroom struct{ told string }

func (m *mailroom) MessageLeft(_ id.Org, which id.Message) { m.told += fmt.Sprint("left ", which, " ") }

func (m *mailroom) MessageDropped(_ id.Org, which id.Recording) {
	m.told += fmt.Sprint("dropped ", which, " ")
}

// TestMessageIsKept: what a call tells of a message is a message of the mailbox, with its sound (VM-4).
func TestMessageIsKept(t *testing.T) {
	s, room := newShelf(t), &mailroom{}
	s.Mailroom = room
	at := time.Date(2026, 11, 20, 9, 0, 0, 0, time.UTC)
	c := call.New("c", s.org)
	s.CallEvents(c, at, []call.Event{
		call.Began{Direction: call.Inbound, Type: call.TypeInbound, From: "+32470111222", To: "+3225550100"},
		call.RecordingBegan{Recording: "c.r1"}, call.RecordingOver{Recording: "c.r1", Duration: 7 * time.Second, Bytes: 900},
		call.MessageLeft{
			Mailbox: "sales", Recording: "c.r1", Duration: 7 * time.Second, From: "+32470111222", Name: "EVE",
			Caller: call.Caller{ID: "cus", Name: "Eve Fischer"}, LeftAt: at,
		},
		call.MessageDropped{Mailbox: "sales", Recording: "c.r2", Why: "the message is shorter than two seconds"},
	})
	s.CallSettled(c)
	s.row()
	got, err := s.db.Message(s.ctx, "c.r1")
	if err != nil {
		t.Fatal(err)
	}
	if got.Mailbox != "sales" || got.Call != "c" || got.From != "+32470111222" || got.FromName != "EVE" || got.Customer != "cus" ||
		got.CustomerName != "Eve Fischer" || !got.LeftAt.Equal(at) || got.DurationSeconds != 7 || got.Listened || got.Status() != "completed" {
		t.Errorf("%+v", got)
	}
	if room.told != "left c.r1 dropped c.r2 " {
		t.Errorf("told %q", room.told)
	}
	if counts, err := s.db.MessageCounts(s.ctx); err != nil || counts["sales"] != (store.MessageCount{Mailbox: "sales", New: 1}) {
		t.Errorf("%v %v", counts, err)
	}
}
