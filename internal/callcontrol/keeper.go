package callcontrol

import (
	"encoding/json"
	"log/slog"
	"slices"
	"strings"
	"sync"
	"time"

	"parley/internal/call"
	"parley/internal/id"
	"parley/internal/owner"
	"parley/internal/report"
	"parley/internal/store"
)

// Names finds what people call the agents.
type Names interface {
	AgentName(which id.Agent) string
}

// Keeper is the Journal over the store: states of machines, events, and the record as their fold.
type Keeper struct {
	Commit *store.GroupCommit
	Names  Names
	Log    *slog.Logger
	// Mailroom hears of messages; nil: nobody does.
	Mailroom Mailroom

	mu      sync.Mutex // guards the map; a record itself is touched by its call's owner only
	records map[id.Call]*kept
}

type kept struct {
	record report.Record
	seq    int
	noted  []happening
}

// happening is an event that is not stored yet.
type happening struct {
	at    time.Time
	event call.Event
}

// journalVersion is the form of the machines' states; a change of form raises it and keeps a reader of the old one.
const journalVersion = 1

// Save keeps the latest state of a machine.
func (k *Keeper) Save(org id.Org, address owner.Address, state []byte) {
	kind, _, _ := strings.Cut(string(address), "/")
	k.Commit.Writer(org).Save(string(address), kind, journalVersion, state)
}

// Remove forgets a machine that has ended.
func (k *Keeper) Remove(org id.Org, address owner.Address) {
	k.Commit.Writer(org).Remove(string(address))
}

// CallEvents notes events; they are stored when the call has settled.
func (k *Keeper) CallEvents(c *call.Call, now time.Time, events []call.Event) {
	if len(events) == 0 {
		return
	}
	one := k.of(c.ID)
	for _, e := range events {
		one.noted = append(one.noted, happening{at: now, event: e})
	}
}

// CallSettled stores what was noted, and the record that it makes. After the last event the record is sealed.
func (k *Keeper) CallSettled(c *call.Call) {
	one := k.of(c.ID)
	if len(one.noted) > 0 {
		k.store(c, one)
	}
	if c.Ended() {
		k.logSound(&one.record)
		k.mu.Lock()
		delete(k.records, c.ID)
		k.mu.Unlock()
	}
}

// Resume folds the stored events of a call that was taken up again after a restart. For which lead it counts is stored once more: the
// restart may have come between the event and that.
func (k *Keeper) Resume(which id.Call, events []store.CallEvent) {
	one := k.of(which)
	for _, e := range events {
		one.seq = e.Seq
		event, err := call.Events.Decode(e.Kind, e.Content)
		if err != nil {
			k.Log.Error("event not understood", "call", which, "kind", e.Kind, "err", err)
			continue
		}
		one.record.Apply(e.At, event)
		storeAttempt(k.Commit.Writer(e.Org), which, event)
	}
}

func (k *Keeper) of(which id.Call) *kept {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.records == nil {
		k.records = map[id.Call]*kept{}
	}
	if k.records[which] == nil {
		k.records[which] = &kept{record: report.Record{ID: which}}
	}
	return k.records[which]
}

func (k *Keeper) store(c *call.Call, one *kept) {
	w := k.Commit.Writer(c.Org)
	noted := one.noted
	one.noted = nil // whatever comes of it: no event is stored twice
	rows := make([]store.CallEvent, 0, len(noted))
	for _, h := range noted {
		word, data, err := call.Events.Encode(h.event)
		if err != nil {
			k.Log.Error("event not stored", "call", c.ID, "err", err)
			continue
		}
		one.seq++
		one.record.Apply(h.at, h.event)
		rows = append(rows, store.CallEvent{Call: c.ID, Seq: one.seq, At: h.at, Kind: word, Content: data})
		storeRecording(w, &one.record, c, h.event)
		storeAttempt(w, c.ID, h.event)
		k.storeMessage(w, c, h.event)
	}
	w.Events(c.ID, rows)
	if onlySamples(noted, func(h happening) call.Event { return h.event }) && !c.Ended() {
		return
	}
	whole, err := json.Marshal(one.record)
	if err != nil {
		k.Log.Error("record not stored", "call", c.ID, "err", err)
		return
	}
	w.Record(k.row(&one.record, whole))
}

func (k *Keeper) row(r *report.Record, whole []byte) store.CallRow {
	row := store.CallRow{
		Direction: string(r.Direction), CallType: string(r.Type), Status: string(r.Status),
		Disposition: string(r.Disposition), Reason: r.Reason, From: r.From, To: r.To,
		Customer: r.Customer.ID, CustomerName: r.Customer.Name,
		ArrivedAt: r.CreatedAt, AnsweredAt: r.AnsweredAt, EndedAt: r.EndedAt,
		QueueWaitSeconds: r.QueueWaitSeconds, TalkTimeSeconds: r.TalkTimeSeconds, TotalDurationSeconds: r.TotalDurationSeconds,
		HasRecording: slices.ContainsFunc(r.Recordings, audible), Whole: whole,
		Queues: []store.CallQueue{}, Agents: k.agents(r),
	}
	row.ID = r.ID
	for _, q := range r.Queues {
		row.Queues = append(row.Queues, store.CallQueue{ID: q.Queue, Name: q.Name, EnteredAt: q.EnteredAt, LeftAt: q.LeftAt, Result: q.Result})
	}
	if r.Callback != nil && len(r.Queues) == 0 {
		row.Queues = append(row.Queues, store.CallQueue{ID: r.Callback.Queue, Name: r.Callback.Name})
	}
	return row
}

// audible is a recording of the call that can be heard; a message is none of them.
func audible(k report.Recording) bool { return k.Status != "failed" && k.Mailbox == "" }

// agents lists who took part or was offered the call, each once; Answered says who could talk.
func (k *Keeper) agents(r *report.Record) []store.CallAgent {
	all := []store.CallAgent{}
	of := func(which id.Agent) *store.CallAgent {
		for i := range all {
			if all[i].ID == which {
				return &all[i]
			}
		}
		all = append(all, store.CallAgent{ID: which, Name: k.Names.AgentName(which)})
		return &all[len(all)-1]
	}
	for _, a := range r.Agents {
		one := of(a.Agent)
		if a.Joined.IsZero() { // who placed a call that nobody answered did not talk
			continue
		}
		if !one.Answered {
			one.Answered, one.JoinedAt = true, a.Joined
		}
		one.LeftAt = a.Left
	}
	for _, o := range r.Offers {
		one := of(o.Agent)
		if o.Result == call.RingMissed {
			one.Missed++
			one.MissedAt = o.EndedAt
		}
	}
	return all
}

// storeRecording keeps the row of a recording in step with the record.
func storeRecording(w *store.Writer, r *report.Record, c *call.Call, e call.Event) {
	var which id.Recording
	switch e := e.(type) {
	case call.RecordingBegan:
		which = e.Recording
	case call.RecordingOver:
		which = e.Recording
	default:
		return
	}
	for _, k := range r.Recordings {
		if k.ID == which {
			w.Recording(recordingRow(c, k))
		}
	}
}

func recordingRow(c *call.Call, k report.Recording) store.Recording {
	row := store.Recording{
		Call: c.ID, Status: k.Status, StorageKey: RecordingKey(c.Org, k.ID, k.StartedAt), Channels: 2, StartedAt: k.StartedAt,
		DurationSeconds: int(k.DurationSeconds), Size: k.Bytes, Checksum: k.Checksum, Reason: k.Failure, Gaps: []store.Gap{},
		IsPrimary: strings.HasSuffix(string(k.ID), ".r1") && k.Mailbox == "",
	}
	row.ID = k.ID
	for _, g := range k.Gaps {
		row.Gaps = append(row.Gaps, store.Gap{Cause: g.Why, FromMillis: g.From.Milliseconds(), DurationMillis: (g.To - g.From).Milliseconds()})
	}
	return row
}

// RecordingKey is where the file of a recording lies among the blobs until it is compressed. It is sealed, so that its name
// promises no sound to other programs.
func RecordingKey(org id.Org, which id.Recording, started time.Time) string {
	return "recordings/" + string(org) + "/" + started.UTC().Format("2006/01/02") + "/" + string(which) + ".live"
}
