package api

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"parley/internal/access"
	"parley/internal/acd"
	"parley/internal/dispatch"
	"parley/internal/id"
	"parley/internal/site"
	"parley/internal/tel"
)

// PendingCallback is a customer who waits to be called back (QU-11, BX-3).
type PendingCallback struct {
	ID        id.Callback `json:"id"`
	Queue     id.Queue    `json:"queue"`
	QueueName string      `json:"queue_name"`
	Number    tel.Number  `json:"number"`
	Name      string      `json:"name,omitempty" doc:"of the customer who has this number"`
	Priority  int         `json:"priority" doc:"1 is served first"`
	EnteredAt time.Time   `json:"entered_at" doc:"when the customer began to wait"`
	Attempts  int         `json:"attempts" doc:"made so far"`
	RetryAt   time.Time   `json:"retry_at,omitzero" doc:"not tried again before"`
}

// CallbackList is what pends in the queues that the viewer sees, in the order of entry.
type CallbackList struct {
	Callbacks []PendingCallback `json:"callbacks"`
}

type callbackListOutput struct{ Body CallbackList }

type callbackBody struct {
	Queue      id.Queue       `json:"queue" minLength:"1" maxLength:"100"`
	Number     string         `json:"number" minLength:"1" maxLength:"50" doc:"in any form"`
	Priority   int            `json:"priority,omitempty" minimum:"0" maximum:"10" doc:"1 is served first; 0: as usual"`
	AgeSeconds int            `json:"age_seconds,omitempty" minimum:"-86400" maximum:"86400" doc:"added to the wait for the order only"`
	Steps      []callbackStep `json:"skill_steps,omitempty" maxItems:"20" doc:"who may take it, step by step; empty: the queue's"`
}

// callbackStep is one step of BX-1: an expression over skills, or a list of agents.
type callbackStep struct {
	Expression string     `json:"expression,omitempty" maxLength:"500"`
	Agents     []id.Agent `json:"agents,omitempty" maxItems:"100"`
	Expires    int        `json:"expires_seconds,omitempty" minimum:"0" maximum:"3600" doc:"0: never"`
}

type bookInput struct{ Body callbackBody }

type bookOutput struct {
	Body struct {
		ID id.Callback `json:"id"`
	}
}

type callbackInput struct {
	ID id.Callback `path:"id" maxLength:"100"`
}

func (d *doors) callbackRoutes(api huma.API) {
	route(api, http.MethodGet, "/callbacks", access.UsePhone, "Customers who wait to be called back", d.callbacks)
	route(api, http.MethodPost, "/callbacks", access.Supervise, "Have a customer called back", d.bookCallback)
	route(api, http.MethodDelete, "/callbacks/{id}", access.Supervise, "Give a callback up", d.cancelCallback)
}

// callbackSite is the viewer's organisation, or the refusal of who may not see callbacks (PM-7).
func (d *doors) callbackSite(ctx context.Context) (*site.Site, error) {
	s, ok := d.Sites.Of(who(ctx).org)
	if !ok {
		return nil, huma.Error503ServiceUnavailable("The organisation is not known here.")
	}
	return s, d.permitted(ctx, seeCallbacks)
}

// seesCallbacks tells whether a queue is in the viewer's scope (MN-5).
func seesCallbacks(v viewer, s *site.Site, queue id.Queue) bool {
	return v.role == access.Admin || v.agent != nil && slices.Contains(s.QueuesOf(v.agent.ID), queue)
}

func (d *doors) callbacks(ctx context.Context, _ *struct{}) (*callbackListOutput, error) {
	s, err := d.callbackSite(ctx)
	if err != nil {
		return nil, err
	}
	out := &callbackListOutput{Body: CallbackList{Callbacks: []PendingCallback{}}}
	for _, b := range d.Dispatch.Pending(who(ctx).org) {
		if !seesCallbacks(who(ctx), s, b.Queue) {
			continue
		}
		one := PendingCallback{
			ID: b.Callback, Queue: b.Queue, QueueName: s.Routing.Queues[b.Queue].Name, Number: b.Number, Priority: b.Priority,
			EnteredAt: b.EnteredAt, Attempts: b.Attempts, RetryAt: b.RetryAt,
		}
		if _, name, err := d.DB.CallerByNumber(in(ctx), b.Number); err == nil {
			one.Name = name
		}
		out.Body.Callbacks = append(out.Body.Callbacks, one)
	}
	return out, nil
}

func (d *doors) bookCallback(ctx context.Context, in *bookInput) (*bookOutput, error) {
	s, err := d.callbackSite(ctx)
	if err != nil {
		return nil, err
	}
	b := in.Body
	if !seesCallbacks(who(ctx), s, b.Queue) {
		return nil, huma.Error404NotFound("There is no such queue here.")
	}
	number, err := d.Sites.CallbackNumber(who(ctx).org, b.Queue, tel.Number(b.Number))
	if err != nil {
		return nil, huma.Error422UnprocessableEntity("Nobody can be called back there: " + err.Error() + ".")
	}
	book := acd.BookCallback{
		Callback: id.New[id.Callback](), Queue: b.Queue, Number: number, Priority: b.Priority, AgeSeconds: b.AgeSeconds,
	}
	for _, step := range b.Steps {
		book.Steps = append(book.Steps, acd.Step{Skills: step.Expression, Agents: step.Agents, ExpirySeconds: step.Expires})
	}
	err = d.Dispatch.Book(ctx, who(ctx).org, book)
	if why := dispatch.RefusedCallback(""); errors.As(err, &why) {
		return nil, huma.Error409Conflict(noCallback[why])
	}
	if err != nil {
		return nil, d.refusal(err)
	}
	out := &bookOutput{}
	out.Body.ID = book.Callback
	return out, nil
}

// noCallback are the reasons in words.
var noCallback = map[dispatch.RefusedCallback]string{
	"pending": "This customer is to be called back by this queue already.",
	"full":    "As many customers as this queue allows are to be called back already.",
	"closed":  "The queue is closed now and calls back only inside its schedule.",
	"unknown": "There is no such queue here.",
}

func (d *doors) cancelCallback(ctx context.Context, in *callbackInput) (*struct{}, error) {
	s, err := d.callbackSite(ctx)
	if err != nil {
		return nil, err
	}
	org := who(ctx).org
	for _, b := range d.Dispatch.Pending(org) {
		if b.Callback == in.ID && seesCallbacks(who(ctx), s, b.Queue) {
			return d.askACD(ctx, acd.CancelCallback{Callback: in.ID, By: who(ctx).user}, "This callback is over already.")
		}
	}
	return nil, huma.Error404NotFound("There is no such callback: it is over already.")
}
