package bell_test

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"parley/internal/bell"
	"parley/internal/call"
	"parley/internal/channel/email"
	"parley/internal/channel/webhook"
	"parley/internal/id"
	"parley/internal/lab"
	"parley/internal/report"
	"parley/internal/store"
)

// sales is a queue of which 80 percent are to be answered within 20 s.
func sales(emails []string, hook string) []bell.Queue {
	goal := report.Goal{Answer: 20 * time.Second, ShortAbandon: 5 * time.Second}
	return []bell.Queue{{WatchedQueue: report.WatchedQueue{Queue: "sales", Percent: 80, Goal: goal}, Emails: emails, Webhook: hook}}
}

// leave lets calls leave the queue.
func (h *house) leave(count int, result string, waited time.Duration) {
	c := call.Call{ID: "c", Org: h.org}
	for range count {
		h.CallChanged(time.Now(), &c, []call.Event{call.QueueLeft{Queue: "sales", Result: result, Waited: waited}})
	}
}

// mails is a real SMTP server, by which the house sends.
func (h *house) mails() *lab.MailServer {
	post := lab.StartMail(h.t, false)
	h.sender = email.Sender{Roots: post.Roots}
	h.server = email.Server{Host: post.Host, Security: "starttls", Username: "parley", Password: "secret", From: "parley@example.com"}
	return post
}

// twoMails carries out two jobs, and gives what one of the mails, 0 or 1, is about and says.
func (h *house) twoMails(post *lab.MailServer, kind string, send func(context.Context, store.Job) error, which int) (subject, text string) {
	h.t.Helper()
	for range 2 {
		job := <-h.jobs
		if job.Kind != kind {
			h.t.Fatalf("job %+v", job)
		}
		check(h.t, send(h.ctx, job))
	}
	sent := post.Mails()
	if len(sent) != 2 {
		h.t.Fatalf("mails %+v", sent)
	}
	body, err := io.ReadAll(sent[which].Body)
	check(h.t, err)
	return sent[which].Header.Get("Subject"), strings.NewReplacer("=\r\n", "", "=\n", "", "\r\n", "\n").Replace(string(body))
}

// TestAlert: a queue that falls below its level rings the bells of those over it once, and has a mail and a webhook sent (BX-5). The mail
// goes to a real SMTP server, the webhook to a real web server that checks its signature and fails at first.
func TestAlert(t *testing.T) {
	h := newHouse(t)
	post, hooks := h.mails(), newHooks(t)
	shelf := h.DB.Shelves().Org
	own, err := shelf.Get(h.ctx, string(h.org))
	check(t, err)
	own.Fields.WebhookSecret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
	_, err = shelf.Update(h.ctx, store.Actor{}, own.ID, own.Version, own.Fields)
	check(t, err)
	h.Watch(h.org, sales([]string{"lead@example.com", "boss@example.com"}, hooks.URL))
	h.leave(9, "abandoned", 2*time.Second)
	h.leave(4, "answered", 3*time.Second)
	h.leave(1, "abandoned", 30*time.Second)
	h.leave(6, "answered", 40*time.Second)
	h.want("boss: level_fell " + plain(store.NoticeData{Queue: "Sales", Percent: 67, Goal: 80, Calls: 6}) + " queue sales")
	subject, text := h.twoMails(post, bell.JobMail, h.Mail, 0)
	if subject != "Service level of Sales: 67 %" {
		t.Errorf("the mail is about %s", subject)
	}
	if want := "67 % of the 6 calls of the last 30 minutes in the queue Sales were answered in time; the goal is 80 %."; !strings.Contains(text, want) {
		t.Errorf("the mail says %s", text)
	}
	job := <-h.jobs
	if err := h.Webhook(h.ctx, job); err == nil || bell.Stays(err) {
		t.Errorf("the server failed, and that is %v", err)
	}
	check(t, h.Webhook(h.ctx, job))
	if len(hooks.ids) != 2 || hooks.ids[0] != hooks.ids[1] || hooks.told.Type != bell.TypeLevelFell ||
		hooks.told.Data != (bell.LevelFell{Queue: "sales", Name: "Sales", Percent: 67, Goal: 80, Calls: 6, Minutes: 30}) {
		t.Errorf("told %+v under %v", hooks.told, hooks.ids)
	}
	h.stop()
	if len(h.shown)+len(h.jobs) > 0 {
		t.Errorf("it was told again: %d notices, %d jobs", len(h.shown), len(h.jobs))
	}
}

// hooks is a web server that takes webhooks, from the second on.
type hooks struct {
	*httptest.Server
	ids  []string
	told struct {
		Type string
		Data bell.LevelFell
	}
}

func newHooks(t *testing.T) *hooks {
	h := &hooks{}
	h.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h.ids = append(h.ids, r.Header.Get("webhook-id"))
		body, err := io.ReadAll(r.Body)
		if err == nil {
			err = json.Unmarshal(body, &h.told)
		}
		if signature := r.Header.Get("webhook-signature"); err != nil || !strings.HasPrefix(signature, "v1,") {
			t.Errorf("%v, signed %q", err, signature)
		}
		if len(h.ids) == 1 {
			w.WriteHeader(http.StatusServiceUnavailable)
		}
	}))
	t.Cleanup(h.Close)
	return h
}

// TestAlertsThatStay are not tried again.
func TestAlertsThatStay(t *testing.T) {
	h := newHouse(t)
	broken := store.Job{Org: h.org, Content: json.RawMessage("{")}
	if !bell.Stays(h.Mail(h.ctx, broken)) || !bell.Stays(h.Webhook(h.ctx, broken)) || bell.Stays(errors.New("later")) {
		t.Error("a job that cannot be read is tried again, or another is not")
	}
	content, err := json.Marshal(bell.Errand{To: "http://192.0.2.1/hook"})
	check(t, err)
	if err := h.Webhook(h.ctx, store.Job{Org: h.org, Content: content}); !errors.Is(err, webhook.ErrRefused) {
		t.Errorf("in the open: %v", err)
	}
}

// TestWatchGoesOn: what was before the start counts and is not told of again; a watch that broke is begun afresh with its queues.
func TestWatchGoesOn(t *testing.T) {
	h := newHouse(t)
	h.leave(5, "answered", time.Minute) // nobody watches yet
	h.Watch(h.org, sales(nil, ""))
	var before []report.Stay
	for range 5 {
		left := time.Now().Add(-time.Minute)
		before = append(before, report.Stay{Queue: "sales", Entered: left.Add(-time.Minute), Left: left, Result: "answered"})
	}
	h.Past(h.org, before)
	h.leave(5, "answered", time.Minute)
	h.Break(h.org)
	h.leave(5, "answered", time.Minute)
	h.want("boss: level_fell " + plain(store.NoticeData{Queue: "Sales", Goal: 80, Calls: 5}) + " queue sales")
	h.Past(id.Org("nobody"), before)
}
