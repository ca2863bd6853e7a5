package site

import (
	"testing"
	"time"

	"parley/internal/acd"
	"parley/internal/call"
	"parley/internal/dest"
	"parley/internal/id"
	"parley/internal/prompt"
	"parley/internal/settings"
	"parley/internal/store"
	"parley/internal/tel"
)

// TestCallbackOffer: what an administrator sets reaches the call (QU-11), with the caller's own number in full, and the agent
// whom this customer spoke to last where the queue wants to know (QU-5).
func TestCallbackOffer(t *testing.T) {
	o := newOffice(t)
	shelves := o.sites.DB.Shelves()
	to := call.FindNext{To: dest.Destination{Kind: dest.Queue, Target: o.ids["Sales"]}, From: "0470111222"}
	ask := func() *call.Queue {
		t.Helper()
		r, ok := o.sites.Next(o.ctx, o.org, to).(call.Routed)
		if !ok || r.Queue == nil {
			t.Fatalf("the queue is not reached: %+v", r)
		}
		return r.Queue
	}
	if q := ask(); q.Callback != nil {
		t.Errorf("offered though it is not enabled: %+v", q.Callback)
	}
	group := o.sites.DB.StartGroupCommit(store.GroupCommitConfig{})
	talked := store.CallRow{Customer: id.Customer(o.ids["elena"]), ArrivedAt: time.Now(), AnsweredAt: time.Now(), EndedAt: time.Now(), Status: "ended"}
	talked.ID, talked.Agents = "c1", []store.CallAgent{{ID: id.Agent(o.ids["Bob"]), Answered: true}}
	group.Writer(o.org).Record(talked)
	check(t, group.Close(o.ctx))
	set(o, shelves.Queues, o.ids["Sales"], func(q *settings.Queue) {
		q.EntryGreeting = prompt.Prompt{}
		q.Callback.Enabled, q.Callback.OfferAfter, q.Callback.MaxOffers, q.Strategy = true, 7, 2, "sticky"
	})
	q := ask()
	if c := q.Callback; c == nil || c.After != 7 || c.Interval != 120 || c.Most != 2 || c.CallerID != "+32470111222" || q.LastAgent != id.Agent(o.ids["Bob"]) {
		t.Errorf("the offer: %+v, last agent %q", q.Callback, q.LastAgent)
	}
	group = o.sites.DB.StartGroupCommit(store.GroupCommitConfig{})
	for i, from := range []tel.Number{"+32470333444", "anonymous"} {
		stranger := store.CallRow{From: from, ArrivedAt: time.Now(), AnsweredAt: time.Now(), EndedAt: time.Now(), Status: "ended"}
		stranger.ID, stranger.Agents = id.Call(rune('d'+i)), talked.Agents
		group.Writer(o.org).Record(stranger)
	}
	check(t, group.Close(o.ctx))
	if to.From = "0470333444"; ask().LastAgent != id.Agent(o.ids["Bob"]) {
		t.Error("a caller of no customer's record is a stranger")
	}
	if to.From = "anonymous"; ask().LastAgent != "" {
		t.Error("who hides the number is somebody else who does")
	}
	if c := ask().Callback; c == nil || c.CallerID != "" {
		t.Errorf("without caller ID: %+v", c)
	}
}

// TestCallbackNumber: nobody is called back where a customer cannot be, or where those who dial may not call.
func TestCallbackNumber(t *testing.T) {
	o := newOffice(t)
	queue := id.Queue(o.ids["Sales"])
	for typed, want := range map[tel.Number]tel.Number{
		"0470 11 12 22": "+32470111222", "+32470111222": "+32470111222", "112": "", tel.Number(extension(o, "Bob")): "", "12": "", "": "", "+2348012345678": "",
	} {
		got, err := o.sites.CallbackNumber(o.org, queue, typed)
		if got != want || (err == nil) != (want != "") {
			t.Errorf("%q: %q, %v", typed, got, err)
		}
	}
	if _, err := o.sites.CallbackNumber("nobody", queue, "+32470111222"); err == nil {
		t.Error("a strange organisation has numbers")
	}
}

// TestCallBack: an attempt knows the queue, the customer and what is shown; a queue that is no more has none.
func TestCallBack(t *testing.T) {
	o := newOffice(t)
	place := acd.PlaceCallback{
		Callback: "k1", Call: "c1", Queue: id.Queue(o.ids["Sales"]), Number: "+32470111222", Attempt: 2, Agent: id.Agent(o.ids["Ann"]), Offer: "c1.o1",
		RingSeconds: 15, Skipped: []acd.Skip{{Agent: "bob", Why: acd.WhyOnCall}}, SkippedMore: 1,
	}
	b, err := o.sites.CallBack(o.ctx, o.org, place)
	check(t, err)
	if b.Queue.Name != "Sales" || b.Queue.Callback != nil || b.Caller.Name != "Elena Petrova" || b.Number != 2 || b.Agent != place.Agent || b.Skipped[0].Why != "on_call" {
		t.Errorf("the attempt: %+v, queue %+v", b, b.Queue)
	}
	place.Queue = "gone"
	if _, err := o.sites.CallBack(o.ctx, o.org, place); err == nil {
		t.Error("a queue that is no more calls back")
	}
	if _, err := o.sites.CallBack(o.ctx, "nobody", place); err == nil {
		t.Error("a strange organisation calls back")
	}
}
