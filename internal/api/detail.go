package api

import (
	"net/url"
	"slices"
	"strings"
	"time"

	"parley/internal/call"
	"parley/internal/dest"
	"parley/internal/id"
	"parley/internal/report"
	"parley/internal/store"
)

// CallDetail is a whole call (CH-2, CH-14).
type CallDetail struct {
	CallRow
	Code       int                     `json:"sip_code,omitempty"`
	Timeline   []Timeline              `json:"timeline"`
	Legs       []CallLeg               `json:"legs"`
	Offers     []CallOffer             `json:"offers"`
	PassedOver []PassedOver            `json:"passed_over" doc:"stays in queues in which the call was offered to nobody"`
	Callback   *report.CallbackAttempt `json:"callback,omitempty" doc:"the attempt that the call is, of a callback"`
	MenuData   string                  `json:"menu_data,omitempty" doc:"a parameter that the number passed (IV-7)"`
	MenuText   string                  `json:"menu_text,omitempty" doc:"a text that the number passed (IV-7)"`
	Tags       []Tag                   `json:"tags" doc:"of the call and of its recordings: what people and queues put on"`
	Holds      []CallHold              `json:"holds"`
	Listens    []CallListen            `json:"listens" doc:"supervisors who were there (MN-4); none to an agent from whom that is hidden"`
	Transfers  []CallTransfer          `json:"transfers" doc:"whom agents brought in, or sent the other one to (TR-10)"`
	Merges     []CallMerge             `json:"merges" doc:"with other calls of one of its agents"`
	Recordings []Recording             `json:"recordings"`
	Consent    call.ConsentOutcome     `json:"recording_consent,omitempty" enum:"noticed,opted_out,opted_in,unanswered" doc:"empty: nobody asked"`
	Outcomes   []CallOutcome           `json:"outcomes"`
	Lead       *CallLead               `json:"lead,omitempty" doc:"for whom the call counts (OB-14)"`
	Customer   *Customer               `json:"customer,omitempty"`

	Notes            string    `json:"notes,omitempty" doc:"what agents wrote of it (CH-9)"`
	NotesFinalizedAt time.Time `json:"notes_finalized_at,omitzero" doc:"absent while an agent has it in hand"`
}

// CallTransfer is somebody whom an agent brought into the call, or sent the other one to.
type CallTransfer struct {
	Type     string          `json:"type" enum:"cold,warm,menu,menu_assisted,convert"`
	By       string          `json:"by"`
	ToKind   dest.Kind       `json:"to_kind" doc:"empty of a conversion"`
	To       string          `json:"to" doc:"a name, or the number; of a conversion, the lead"`
	Campaign string          `json:"campaign,omitempty" doc:"of the lead of a conversion"`
	Notes    string          `json:"notes,omitempty" doc:"for whoever was rung"`
	At       time.Time       `json:"at"`
	Result   call.MoveResult `json:"result,omitempty" enum:"completed,merged,canceled,failed,abandoned" doc:"empty while under way"`
	Reason   string          `json:"reason,omitempty" doc:"why not"`
}

// CallMerge is the joining of two calls of one agent into one conversation.
type CallMerge struct {
	Call   id.Call         `json:"call" doc:"the other one"`
	Into   bool            `json:"into,omitempty" doc:"this call became part of that one; else it took in that one's parties"`
	By     string          `json:"by"`
	At     time.Time       `json:"at"`
	Result call.MergeState `json:"result,omitempty" enum:"merged,failed" doc:"empty while under way"`
	Reason string          `json:"reason,omitempty" doc:"why not"`
}

// CallListen is one supervisor's time in one mode in the call.
type CallListen struct {
	By        string         `json:"by"`
	On        string         `json:"on" doc:"the agent who was watched"`
	Mode      call.WatchMode `json:"mode" enum:"listen,coach,barge"`
	StartedAt time.Time      `json:"started_at"`
	EndedAt   time.Time      `json:"ended_at,omitzero"`
	Seconds   int            `json:"seconds"`
}

// Timeline is one thing that happened, as a text of the page with its parameters.
type Timeline struct {
	At      time.Time         `json:"at"`
	Kind    string            `json:"kind"`
	TextKey string            `json:"text_key"`
	Params  map[string]string `json:"params"`
}

// CallLeg is one connection of the call.
type CallLeg struct {
	ID         id.Leg    `json:"id"`
	Kind       string    `json:"kind"`
	Name       string    `json:"name,omitempty"`
	Number     string    `json:"number,omitempty"`
	Device     string    `json:"device,omitempty"`
	JoinedAt   time.Time `json:"joined_at"`
	LeftAt     time.Time `json:"left_at,omitzero"`
	HangUpSide string    `json:"hang_up_side,omitempty" enum:"peer,us"`
	Cause      string    `json:"cause,omitempty"`
	Code       int       `json:"sip_code,omitempty"`

	From *report.Heard `json:"from,omitempty" doc:"how what came from there sounded, measured here"`
	To   *report.Heard `json:"to,omitempty" doc:"how what we sent sounded there, by its reports"`
	Path string        `json:"path,omitempty" doc:"the way of the sound that it hears, or heard last"`
}

// CallOffer is one offer of the call to an agent (BX-6).
type CallOffer struct {
	Offer          id.Offer  `json:"offer"`
	Agent          id.Agent  `json:"agent"`
	AgentName      string    `json:"agent_name"`
	Device         string    `json:"device"`
	SentAt         time.Time `json:"sent_at"`
	AcknowledgedAt time.Time `json:"acknowledged_at,omitzero"`
	EndedAt        time.Time `json:"ended_at,omitzero"`
	Result         string    `json:"result,omitempty" enum:"answered,missed,ignored,canceled,not_acknowledged,error"`
	Reason         string    `json:"reason,omitempty" doc:"why it was canceled: the caller left, or another agent has answered"`
	Skipped        []Skipped `json:"skipped"`
	SkippedMore    int       `json:"skipped_more,omitempty" doc:"members passed over beyond those listed"`
}

// Skipped is a member who was passed over, and why.
type Skipped struct {
	Agent     id.Agent `json:"agent"`
	AgentName string   `json:"agent_name"`
	Reason    string   `json:"reason"`
}

// PassedOver is a stay in a queue in which the call was offered to nobody, and why not, at the moment at which it left (BX-6).
type PassedOver struct {
	Queue       id.Queue  `json:"queue"`
	QueueName   string    `json:"queue_name"`
	LeftAt      time.Time `json:"left_at"`
	Skipped     []Skipped `json:"skipped"`
	SkippedMore int       `json:"skipped_more,omitempty" doc:"members beyond those listed"`
}

// CallHold is one hold (SP-14).
type CallHold struct {
	By        string    `json:"by"`
	StartedAt time.Time `json:"started_at"`
	EndedAt   time.Time `json:"ended_at,omitzero"`
	Seconds   int       `json:"seconds"`
	Slot      string    `json:"slot,omitempty" doc:"in which the other one was parked"`
}

// Recording is one recording of the call (RC-5).
type Recording struct {
	ID              id.Recording   `json:"id"`
	URL             string         `json:"url" doc:"of the sound, with ranges"`
	Format          string         `json:"format" enum:"wav,opus" doc:"opus is in Ogg"`
	IsPrimary       bool           `json:"is_primary" doc:"the first of the call"`
	Status          string         `json:"status" enum:"recording,processing,available,failed,deleted"`
	DurationSeconds float64        `json:"duration_seconds"`
	Channels        int            `json:"channels"`
	Size            int64          `json:"size"`
	Checksum        string         `json:"checksum,omitempty"`
	Failure         string         `json:"failure,omitempty"`
	Gaps            []RecordingGap `json:"gaps"`
}

// RecordingGap is a part without sound on purpose.
type RecordingGap struct {
	StartSeconds float64 `json:"start_seconds"`
	EndSeconds   float64 `json:"end_seconds"`
	Kind         string  `json:"kind"`
}

func (d *doors) detail(row *store.CallRow, r *report.Record) CallDetail {
	c := CallDetail{
		CallRow: d.row(row), Code: r.Code, Timeline: []Timeline{}, Legs: []CallLeg{}, Offers: []CallOffer{}, PassedOver: []PassedOver{},
		Tags: []Tag{}, Holds: []CallHold{}, Transfers: []CallTransfer{}, Merges: []CallMerge{}, Listens: []CallListen{},
		Recordings: []Recording{}, Outcomes: []CallOutcome{}, Callback: r.Callback, Consent: r.Consent,
		Lead: callLead(r.Lead), MenuData: r.Screen.Data, MenuText: r.Screen.Text,
	}
	for _, e := range r.Timeline {
		c.Timeline = append(c.Timeline, d.timeline(e))
	}
	for _, l := range r.Legs {
		c.Legs = append(c.Legs, d.leg(l, r))
	}
	for _, o := range r.Offers {
		c.Offers = append(c.Offers, d.offer(o))
	}
	for _, v := range r.Queues {
		if len(v.Skipped) > 0 {
			c.PassedOver = append(c.PassedOver, PassedOver{
				Queue: v.Queue, QueueName: v.Name, LeftAt: v.LeftAt, Skipped: d.skipped(v.Skipped), SkippedMore: v.SkippedMore,
			})
		}
	}
	for _, h := range r.Holds {
		c.Holds = append(c.Holds, CallHold{By: d.Sites.AgentName(h.Agent), StartedAt: h.Start, EndedAt: h.End, Seconds: h.Seconds, Slot: h.Slot})
	}
	for _, l := range r.Listens {
		c.Listens = append(c.Listens, CallListen{
			By: d.Sites.AgentName(l.Agent), On: d.Sites.AgentName(l.On), Mode: l.Mode, StartedAt: l.Start, EndedAt: l.End, Seconds: l.Seconds,
		})
	}
	for _, m := range r.Transfers {
		c.Transfers = append(c.Transfers, CallTransfer{
			Type: m.Type, By: d.Sites.AgentName(m.Agent), ToKind: m.To.Kind, To: d.transferredTo(row.Org, m), Notes: m.Notes, At: m.At,
			Campaign: m.Lead.CampaignName, Result: m.Result, Reason: m.Reason,
		})
	}
	for _, m := range r.Merges {
		c.Merges = append(c.Merges, CallMerge{
			Call: m.Call, Into: m.Into, By: d.Sites.AgentName(m.Agent), At: m.At, Result: m.Result, Reason: m.Reason,
		})
	}
	for _, k := range r.Recordings {
		if k.Mailbox != "" {
			continue // a message is heard in its mailbox, by whoever may
		}
		c.Recordings = append(c.Recordings, recording(k, len(c.Recordings) == 0))
	}
	return c
}

// hideListens takes out what an agent is not to know of: that a supervisor was there.
func (c *CallDetail) hideListens() {
	c.Listens = []CallListen{}
	c.Timeline = slices.DeleteFunc(c.Timeline, func(t Timeline) bool { return strings.HasPrefix(t.Kind, "watch-") })
}

// hear puts in how the sound goes now; what the record knows of it is up to five seconds old.
func (c *CallDetail) hear(paths map[id.Leg]string) {
	for i := range c.Legs {
		if path, ok := paths[c.Legs[i].ID]; ok && c.Legs[i].LeftAt.IsZero() {
			c.Legs[i].Path = path
		}
	}
}

func (d *doors) timeline(e report.Entry) Timeline {
	t := Timeline{At: e.At, Kind: e.Kind, TextKey: "timeline." + e.Kind, Params: map[string]string{}}
	for key, value := range map[string]string{
		"agent": d.Sites.AgentName(e.Agent), "on": d.Sites.AgentName(e.On), "queue": e.Queue, "text": e.Text, "result": e.Result,
	} {
		if value != "" {
			t.Params[key] = value
		}
	}
	return t
}

// leg names the agent or the outside party whose leg it is.
func (d *doors) leg(l report.Leg, r *report.Record) CallLeg {
	one := CallLeg{ID: l.Leg, Kind: "customer", Device: l.Device, JoinedAt: l.Joined, LeftAt: l.Left, Code: l.Code}
	one.From, one.To, one.Path = l.From, l.To, l.Path
	for _, a := range r.Agents {
		if a.Party == l.Party {
			one.Kind, one.Name = "agent", d.Sites.AgentName(a.Agent)
		}
	}
	if one.Kind == "customer" {
		one.Number, one.Name = string(r.From), r.Customer.Name
		if r.Direction == call.Outbound {
			one.Number = string(r.To)
		}
	}
	if !l.Left.IsZero() {
		one.HangUpSide, one.Cause = "us", l.Cause.Words()
		if l.ByPeer {
			one.HangUpSide = "peer"
		}
	}
	return one
}

func (d *doors) offer(o report.Offer) CallOffer {
	return CallOffer{
		Offer: o.Offer, Agent: o.Agent, AgentName: d.Sites.AgentName(o.Agent), Device: o.Device, SentAt: o.SentAt,
		AcknowledgedAt: o.AcknowledgedAt, EndedAt: o.EndedAt, Result: string(o.Result), Reason: o.Reason,
		Skipped: d.skipped(o.Skipped), SkippedMore: o.SkippedMore,
	}
}

func (d *doors) skipped(all []call.Skip) []Skipped {
	named := make([]Skipped, 0, len(all))
	for _, s := range all {
		named = append(named, Skipped{Agent: s.Agent, AgentName: d.Sites.AgentName(s.Agent), Reason: s.Why})
	}
	return named
}

func recording(k report.Recording, primary bool) Recording {
	one := Recording{
		ID: k.ID, URL: "/api/recordings/" + url.PathEscape(string(k.ID)) + "/audio", IsPrimary: primary, Status: k.Status, Format: "wav",
		DurationSeconds: k.DurationSeconds, Channels: 2, Size: k.Bytes, Checksum: k.Checksum, Failure: k.Failure, Gaps: []RecordingGap{},
	}
	for _, g := range k.Gaps {
		one.Gaps = append(one.Gaps, RecordingGap{StartSeconds: g.From.Seconds(), EndSeconds: g.To.Seconds(), Kind: g.Why})
	}
	return one
}

// transferredTo is the name of who was to come.
func (d *doors) transferredTo(org id.Org, m report.Transfer) string {
	if m.To.Kind == dest.Agent {
		if name := d.Sites.AgentName(id.Agent(m.To.Target)); name != "" {
			return name
		}
	}
	if s, ok := d.Sites.Of(org); ok && m.Name == m.To.Target && m.To.Kind == dest.Queue {
		return s.Records.Queues[id.Queue(m.To.Target)].Name // it was not reached, so that nothing has told its name
	}
	return m.Name
}
