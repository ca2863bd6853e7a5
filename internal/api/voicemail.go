package api

import (
	"cmp"
	"context"
	"net/http"
	"slices"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"parley/internal/access"
	"parley/internal/clock"
	"parley/internal/id"
	"parley/internal/prompt"
	"parley/internal/store"
	"parley/internal/voicemail"
)

// VoiceMailbox is one that the viewer may hear.
type VoiceMailbox struct {
	ID       id.Mailbox    `json:"id"`
	Version  int           `json:"version"`
	Name     string        `json:"name"`
	Type     string        `json:"type" enum:"agent,shared"`
	Number   string        `json:"number,omitempty" doc:"the digits by which it is reached by telephone"`
	Mine     bool          `json:"mine" doc:"the viewer's own, or of a queue that the viewer belongs to"`
	Own      bool          `json:"own" doc:"the viewer's personal one"`
	New      int           `json:"new" doc:"messages that nobody has heard"`
	Old      int           `json:"old"`
	Greeting prompt.Prompt `json:"greeting" doc:"empty: the standard text"`
}

// MailboxName is where a message can be forwarded to.
type MailboxName struct {
	ID   id.Mailbox `json:"id"`
	Name string     `json:"name"`
}

// VoiceMessage is what a caller has left (VM-4).
type VoiceMessage struct {
	ID              id.Message  `json:"id"`
	Mailbox         id.Mailbox  `json:"mailbox"`
	MailboxName     string      `json:"mailbox_name"`
	Call            id.Call     `json:"call"`
	From            string      `json:"from"`
	FromCallerID    string      `json:"from_caller_id,omitempty" doc:"the name that the network gave"`
	Customer        id.Customer `json:"customer,omitempty"`
	CustomerName    string      `json:"customer_name,omitempty"`
	LeftAt          time.Time   `json:"voicemail_dts"`
	DurationSeconds int         `json:"duration"`
	Listened        bool        `json:"listened"`
	Size            int64       `json:"recording_size"`
	Status          string      `json:"status" enum:"recording,completed,failed"`
	Failure         string      `json:"failure,omitempty" doc:"why its sound failed"`
	RecordingURL    string      `json:"recording_url,omitempty" doc:"of the sound, as WAV; whoever has it may hear it for four hours"`
	Transcript      string      `json:"transcript_text,omitempty"`
	ForwardedFrom   string      `json:"forwarded_from,omitempty" doc:"the name of the mailbox that it was forwarded from"`
}

type (
	messageListInput struct {
		Mailbox  id.Mailbox `query:"mailbox" maxLength:"100" doc:"only this one; empty: all that the viewer may hear"`
		Listened string     `query:"listened" enum:",true,false"`
		From     time.Time  `query:"from" doc:"left at or after"`
		To       time.Time  `query:"to" doc:"left before"`
		Text     string     `query:"q" maxLength:"100" doc:"part of a number or of a name"`
		Offset   int        `query:"offset" minimum:"0" maximum:"1000000"`
		Limit    int        `query:"limit" minimum:"1" maximum:"200" default:"100"`
	}
	messageListOutput struct{ Body store.Page[VoiceMessage] }
	messageInput      struct {
		ID id.Message `path:"id" maxLength:"100"`
	}
	messageOutput    struct{ Body VoiceMessage }
	markMessageInput struct {
		ID   id.Message `path:"id" maxLength:"100"`
		Body struct {
			Listened bool `json:"listened"`
		}
	}
	forwardMessageInput struct {
		ID   id.Message `path:"id" maxLength:"100"`
		Body struct {
			Mailbox id.Mailbox `json:"mailbox" minLength:"1" maxLength:"100"`
		}
	}
	mailboxesOutput    struct{ Body []VoiceMailbox }
	mailboxNamesOutput struct{ Body []MailboxName }
)

func (d *doors) voicemailRoutes(api huma.API) {
	const use = access.UseVoicemail
	route(api, http.MethodGet, "/voicemail/mailboxes", use, "The mailboxes that the viewer may hear, the own ones first", d.listMailboxes)
	route(api, http.MethodGet, "/voicemail/targets", use, "The mailboxes that a message can be forwarded to", d.listTargets)
	route(api, http.MethodGet, "/voicemail/messages", use, "Messages, newest first", d.listMessages)
	route(api, http.MethodGet, "/voicemail/messages/{id}", use, "One message", d.showMessage)
	route(api, http.MethodDelete, "/voicemail/messages/{id}", use, "Delete a message", d.deleteMessage)
	route(api, http.MethodPut, "/voicemail/messages/{id}/listened", use, "Say whether a message was heard", d.markMessage)
	route(api, http.MethodPost, "/voicemail/messages/{id}/forward", use, "Put a copy of a message into another mailbox", d.forwardMessage)
	route(api, http.MethodPut, "/voicemail/mailboxes/{id}/greeting", use, "Change what callers hear first", d.setGreeting)
	route(api, http.MethodPost, "/voicemail/mailboxes/{id}/pin", use, "Give a mailbox a new PIN, which is told this once", d.setPIN)
}

// person is the viewer as voicemail knows people.
func person(ctx context.Context) voicemail.Person {
	v := who(ctx)
	p := voicemail.Person{User: v.user, Admin: v.role == access.Admin}
	if v.agent != nil {
		p.Agent = v.agent.ID
	}
	return p
}

func (d *doors) listMailboxes(ctx context.Context, _ *struct{}) (*mailboxesOutput, error) {
	counts, err := d.DB.MessageCounts(in(ctx))
	if err != nil {
		return nil, d.refusal(err)
	}
	p, out := person(ctx), &mailboxesOutput{Body: []VoiceMailbox{}}
	for _, b := range d.Voicemail.Boxes(who(ctx).org) {
		if b.Opens(p) {
			out.Body = append(out.Body, VoiceMailbox{
				ID: b.ID, Version: b.Version, Name: b.Name, Type: b.Type, Number: b.Dial, Mine: b.Of(p), Own: b.OwnedBy(p),
				New: counts[b.ID].New, Old: counts[b.ID].Old, Greeting: b.Prompt,
			})
		}
	}
	slices.SortStableFunc(out.Body, func(a, b VoiceMailbox) int { return cmp.Compare(distance(a), distance(b)) })
	return out, nil
}

// distance puts an administrator's own mailbox and those of the own queues before everybody else's.
func distance(b VoiceMailbox) int {
	switch {
	case b.Own:
		return 0
	case b.Mine:
		return 1
	}
	return 2
}

func (d *doors) listTargets(ctx context.Context, _ *struct{}) (*mailboxNamesOutput, error) {
	out := &mailboxNamesOutput{Body: []MailboxName{}}
	for _, b := range d.Voicemail.Boxes(who(ctx).org) {
		out.Body = append(out.Body, MailboxName{b.ID, b.Name})
	}
	return out, nil
}

func (d *doors) listMessages(ctx context.Context, i *messageListInput) (*messageListOutput, error) {
	filter := store.MessageFilter{
		Mailboxes: d.Voicemail.Opened(who(ctx).org, person(ctx), i.Mailbox), From: i.From, To: i.To, Text: i.Text,
	}
	if i.Listened != "" {
		yes := i.Listened == "true"
		filter.Listened = &yes
	}
	page, err := d.DB.Messages(in(ctx), filter, store.Range{Offset: i.Offset, Limit: i.Limit})
	if err != nil {
		return nil, d.refusal(err)
	}
	out := &messageListOutput{store.Page[VoiceMessage]{Rows: []VoiceMessage{}, Total: page.Total}}
	for i := range page.Rows {
		out.Body.Rows = append(out.Body.Rows, d.voiceMessage(&page.Rows[i]))
	}
	return out, nil
}

func (d *doors) voiceMessage(row *store.Message) VoiceMessage {
	m := VoiceMessage{
		ID: row.ID, Mailbox: row.Mailbox, MailboxName: d.mailboxName(row.Org, row.Mailbox), Call: row.Call, From: string(row.From),
		FromCallerID: row.FromName, Customer: row.Customer, CustomerName: row.CustomerName, LeftAt: row.LeftAt,
		DurationSeconds: row.DurationSeconds, Listened: row.Listened, Size: row.Size, Status: row.Status(), Failure: row.Reason,
		ForwardedFrom: d.mailboxName(row.Org, row.ForwardedFrom),
	}
	if m.Status == "completed" {
		m.RecordingURL = d.soundURL(row, clock.Now())
	}
	return m
}

func (d *doors) mailboxName(org id.Org, which id.Mailbox) string {
	b, err := d.Voicemail.Box(org, which)
	if err != nil {
		return ""
	}
	return b.Name
}

func (d *doors) showMessage(ctx context.Context, i *messageInput) (*messageOutput, error) {
	row, err := d.Voicemail.Message(in(ctx), person(ctx), i.ID)
	if err != nil {
		return nil, d.refusal(err)
	}
	return &messageOutput{d.voiceMessage(row)}, nil
}

func (d *doors) deleteMessage(ctx context.Context, i *messageInput) (*struct{}, error) {
	return nil, d.refusal(d.Voicemail.Delete(in(ctx), person(ctx), i.ID))
}

func (d *doors) markMessage(ctx context.Context, i *markMessageInput) (*struct{}, error) {
	return nil, d.refusal(d.Voicemail.Mark(in(ctx), person(ctx), i.ID, i.Body.Listened))
}

func (d *doors) forwardMessage(ctx context.Context, i *forwardMessageInput) (*struct{}, error) {
	return nil, d.refusal(d.Voicemail.Forward(in(ctx), person(ctx), i.ID, i.Body.Mailbox))
}
