package bell

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"parley/internal/call"
	"parley/internal/channel/email"
	"parley/internal/channel/webhook"
	"parley/internal/id"
	"parley/internal/store"
	"parley/internal/tel"
)

// The kinds of jobs that carry word of an emergency call outside.
const (
	JobEmergencyMail    = "emergency_mail"
	JobEmergencyWebhook = "emergency_webhook"
	JobEmergencyText    = "emergency_text"
)

// TypeEmergency is the type of the webhook that tells of an emergency call.
const TypeEmergency = "call.emergency"

// Alarm is who is told of an emergency call: users by the bell, addresses by mail, telephones by text message, a web address by webhook.
type Alarm struct {
	Users   []id.User
	Emails  []string
	Texts   []tel.Number
	Webhook string // empty: none
}

// Emergency is that somebody has called for help, as the webhook tells it.
type Emergency struct {
	Call     id.Call      `json:"call"`
	Agent    id.Agent     `json:"agent"`
	Name     string       `json:"name"`      // of the agent
	Dialled  tel.Number   `json:"dialled"`   // the emergency number
	CallBack tel.Number   `json:"call_back"` // the number of ours that reaches the agent; empty: none is shown
	Location tel.Location `json:"location"`  // empty where it is not known
	Failure  string       `json:"failure,omitempty"`
}

// cry is an emergency call for one receiver, the content of a job.
type cry struct {
	Emergency
	ID string    `json:"id"`
	At time.Time `json:"at"`
	To string    `json:"to"` // e-mail or web address, or telephone number
}

// emergency tells those whom the organisation names of a call for help: at once, and each by itself, so that one who is not reached
// keeps nothing from the others (BX-14). A failure says why the call went nowhere.
func (b *Bell) emergency(now time.Time, c *call.Call, shown tel.Number, where tel.Location, failure string) {
	e := cry{ID: id.New[string](), At: now, Emergency: Emergency{
		Call: c.ID, Dialled: cmp.Or(c.To, tel.Number(c.Typed)), CallBack: shown, Location: where, Failure: failure,
	}}
	for i := range c.Parties {
		if p := &c.Parties[i]; p.Agent != "" {
			e.Agent, e.Name = p.Agent, p.Name
			break
		}
	}
	alarm := b.People.Alarm(c.Org)
	b.Tell(c.Org, store.Notice{
		Kind: store.NoticeEmergency, About: string(c.ID), LinkKind: linkCall, LinkID: string(c.ID),
		Data: store.NoticeData{
			Agent: e.Name, Number: string(e.Dialled), CallBack: string(shown), Location: where.Words(), Why: failure,
		},
	}, alarm.Users...)
	for i, to := range alarm.Emails {
		e.To = to
		b.errand(c.Org, JobEmergencyMail, fmt.Sprintf("%s/%d", c.ID, i), e)
	}
	for _, to := range alarm.Texts {
		e.To = string(to)
		b.errand(c.Org, JobEmergencyText, fmt.Sprintf("%s/%s", c.ID, to), e)
	}
	if e.To = alarm.Webhook; e.To != "" {
		b.errand(c.Org, JobEmergencyWebhook, string(c.ID), e)
	}
}

// EmergencyMail writes to one receiver of an emergency call. An error that is email.ErrRefused stays.
func (b *Bell) EmergencyMail(ctx context.Context, job store.Job) error {
	var e cry
	if err := json.Unmarshal(job.Content, &e); err != nil {
		return fmt.Errorf("%w: %w", email.ErrRefused, err)
	}
	return b.Post(ctx, job.Org, e.mail(b.People.Place(job.Org)))
}

// mail says in words who called for help, from where, and how to reach them.
func (e cry) mail(place *time.Location) email.Message {
	var text strings.Builder
	fmt.Fprintf(&text, "%s called %s on %s.\n\n", e.Name, e.Dialled, e.At.In(place).Format("Monday 2 January 2006, 15:04:05 MST"))
	fmt.Fprintf(&text, "Location: %s\n", cmp.Or(e.Location.Words(), "not known"))
	if e.CallBack != "" {
		fmt.Fprintf(&text, "Whoever calls %s in the next two hours reaches the caller.\n", e.CallBack)
	}
	if e.Failure != "" {
		fmt.Fprintf(&text, "The call reached nobody: %s.\n", e.Failure)
	}
	return email.Message{ID: e.ID, To: e.To, Subject: fmt.Sprintf("Emergency call: %s called %s", e.Name, e.Dialled), Text: text.String()}
}

// EmergencyWebhook tells a web address of an emergency call. An error that is webhook.ErrRefused stays.
func (b *Bell) EmergencyWebhook(ctx context.Context, job store.Job) error {
	var e cry
	if err := json.Unmarshal(job.Content, &e); err != nil {
		return fmt.Errorf("%w: %w", webhook.ErrRefused, err)
	}
	return b.hook(ctx, e.To, webhook.Event{ID: e.ID, Type: TypeEmergency, At: e.At, Data: e.Emergency})
}
