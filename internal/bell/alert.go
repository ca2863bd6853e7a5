package bell

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"parley/internal/channel/email"
	"parley/internal/channel/sms"
	"parley/internal/channel/webhook"
	"parley/internal/id"
	"parley/internal/report"
	"parley/internal/store"
)

// The kinds of jobs that carry alerts outside; each is tried again until it is taken.
const (
	JobMail    = "alert_mail"
	JobWebhook = "alert_webhook"
)

// TypeLevelFell is the type of the webhook that tells of a queue below its service level.
const TypeLevelFell = "queue.service_level.fell"

// Alert is that a queue fell below its service level.
type Alert struct {
	ID   string    `json:"id"`
	At   time.Time `json:"at"`
	Name string    `json:"name"` // of the queue
	report.Level
}

// errand is an alert to one receiver, the content of a job.
type errand struct {
	Alert
	To string `json:"to"` // e-mail or web address
}

// alert has an alert carried to each receiver of a queue, each by itself, so that one who is not reached keeps nothing from the others.
func (b *Bell) alert(org id.Org, q Queue, a Alert) {
	for i, to := range q.Emails {
		b.errand(org, JobMail, fmt.Sprintf("%s/%d", a.ID, i), errand{a, to})
	}
	if q.Webhook != "" {
		b.errand(org, JobWebhook, a.ID, errand{a, q.Webhook})
	}
}

// errand has work done outside that must not be lost; content is what it is done by.
func (b *Bell) errand(org id.Org, kind, subject string, e any) {
	content, err := json.Marshal(e)
	if err != nil {
		b.Log.Error("alert not sent", "org", org, "kind", kind, "err", err)
		return
	}
	b.Job(org, store.Job{Kind: kind, Subject: subject, Content: content})
}

// Mail sends an alert by e-mail. An error that is email.ErrRefused stays.
func (b *Bell) Mail(ctx context.Context, job store.Job) error {
	var e errand
	if err := json.Unmarshal(job.Content, &e); err != nil {
		return fmt.Errorf("%w: %w", email.ErrRefused, err)
	}
	return b.Post(ctx, job.Org, e.mail(b.People.Place(job.Org)))
}

// mail says in words what fell. The subject is the same for whoever gets it.
func (e errand) mail(place *time.Location) email.Message {
	minutes := int(report.WatchWindow / time.Minute)
	text := fmt.Sprintf("%d %% of the %d calls of the last %d minutes in the queue %s were answered in time; the goal is %d %%.\n\n"+
		"This was so on %s. You are told again when the queue has recovered and falls once more.\n",
		e.Percent, e.Calls, minutes, e.Name, e.Goal, e.At.In(place).Format("Monday 2 January 2006, 15:04 MST"))
	return email.Message{ID: e.ID, To: e.To, Subject: fmt.Sprintf("Service level of %s: %d %%", e.Name, e.Percent), Text: text}
}

// levelFell is what a webhook tells of the alert.
type levelFell struct {
	Queue   id.Queue `json:"queue"`
	Name    string   `json:"name"`
	Percent int      `json:"percent"`
	Goal    int      `json:"goal"`
	Calls   int      `json:"calls"`
	Minutes int      `json:"minutes"`
}

// Webhook sends an alert by webhook, signed with the organisation's secret. An error that is webhook.ErrRefused stays.
func (b *Bell) Webhook(ctx context.Context, job store.Job) error {
	var e errand
	if err := json.Unmarshal(job.Content, &e); err != nil {
		return fmt.Errorf("%w: %w", webhook.ErrRefused, err)
	}
	return b.hook(ctx, e.To, webhook.Event{
		ID: e.ID, Type: TypeLevelFell, At: e.At, Data: levelFell{
			Queue: e.Queue, Name: e.Name, Percent: e.Percent, Goal: e.Goal, Calls: e.Calls, Minutes: int(report.WatchWindow / time.Minute),
		},
	})
}

// hook sends an event to an address, signed with the secret of the context's organisation.
func (b *Bell) hook(ctx context.Context, address string, event webhook.Event) error {
	house, err := b.DB.Organisation(ctx)
	if err != nil {
		return err
	}
	to := webhook.Target{URL: address}
	if house.WebhookSealed != "" {
		if to.Secret, err = b.DB.Unseal(house.WebhookSealed); err != nil {
			return err
		}
	}
	return b.Webhooks.Send(ctx, to, event)
}

// Stays tells whether another attempt at an alert is of no use.
func Stays(err error) bool {
	return errors.Is(err, email.ErrRefused) || errors.Is(err, webhook.ErrRefused) || errors.Is(err, sms.ErrRefused)
}
