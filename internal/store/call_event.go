package store

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"time"

	"github.com/uptrace/bun"

	"parley/internal/id"
)

// CallEvent is one thing that happened in a call; the record is a fold over them. Writer.Events stores it.
type CallEvent struct {
	bun.BaseModel `bun:"table:call_events,alias:call_event"`
	Org           id.Org          `bun:"organisation" json:"-"`
	Call          id.Call         `bun:"call_id" json:"call"`
	Seq           int             `bun:"seq" json:"seq"` // given by the call, from 1
	At            time.Time       `bun:"at" json:"at"`   // kept to the microsecond
	Kind          string          `bun:"kind" json:"type"`
	Content       json.RawMessage `bun:"data" json:"data,omitempty"`
}

// severalEvents is the kind of a row that holds an array of events; its seq and time are those of the last of them.
const severalEvents = "several"

// CallEvents is everything that happened in a call, in order. Ask for the Call first: it checks who may see it.
func (db *DB) CallEvents(ctx context.Context, call id.Call) ([]CallEvent, error) {
	rows, err := all[CallEvent](ctx, db, "seq", func(q *bun.SelectQuery) *bun.SelectQuery { return q.Where("call_id = ?", call) })
	if err != nil {
		return nil, err
	}
	return singleEvents(rows)
}

// singleEvents gives each event of the rows by itself. Of a seq that was stored twice the older event stays.
func singleEvents(rows []CallEvent) ([]CallEvent, error) {
	events := make([]CallEvent, 0, len(rows))
	for _, row := range rows {
		if row.Kind != severalEvents {
			events = append(events, row)
			continue
		}
		var several []CallEvent
		if err := json.Unmarshal(row.Content, &several); err != nil {
			return nil, fmt.Errorf("events of call %s up to %d: %w", row.Call, row.Seq, err)
		}
		for _, event := range several {
			event.Org, event.Call = row.Org, row.Call
			events = append(events, event)
		}
	}
	slices.SortStableFunc(events, func(a, b CallEvent) int { return cmp.Or(a.Seq-b.Seq, a.At.Compare(b.At)) })
	return slices.CompactFunc(events, func(a, b CallEvent) bool { return a.Seq == b.Seq }), nil
}

// eventRow is a row of the table as it is written.
type eventRow struct {
	org     id.Org
	call    id.Call
	seq     int
	at      time.Time
	kind    string
	content string
}

// severalRow makes the row that holds all of the events, of which there is at least one.
func severalRow(org id.Org, call id.Call, events []CallEvent) eventRow {
	text := append(make([]byte, 0, 192*len(events)), '[')
	for i := range events {
		if i > 0 {
			text = append(text, ',')
		}
		text = appendEvent(text, &events[i])
	}
	text = append(text, ']')
	last := &events[len(events)-1]
	return eventRow{org, call, last.Seq, last.At, severalEvents, string(text)}
}

func appendEvent(text []byte, event *CallEvent) []byte {
	text = append(text, `{"seq":`...)
	text = strconv.AppendInt(text, int64(event.Seq), 10)
	text = append(text, `,"at":"`...)
	text = appendTime(text, event.At)
	text = append(text, `","type":`...)
	text = appendJSON(text, event.Kind)
	if len(event.Content) > 0 {
		text = append(append(text, `,"data":`...), event.Content...)
	}
	return append(text, '}')
}

var insertCallEvents = &statement[eventRow]{
	name:    "insert call events",
	head:    "INSERT INTO call_events (organisation, call_id, seq, at, kind, data) VALUES",
	columns: 6,
	tail:    " ON CONFLICT (organisation, call_id, seq) DO NOTHING",
	bind: func(v *values, row *eventRow) {
		v.texts(string(row.org), string(row.call))
		v.add(row.seq)
		v.time(row.at)
		v.texts(row.kind)
		v.textOrNull(row.content)
	},
}
