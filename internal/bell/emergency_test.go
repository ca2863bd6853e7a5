package bell_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"parley/internal/bell"
	"parley/internal/call"
	"parley/internal/channel/sms"
	"parley/internal/id"
	"parley/internal/store"
	"parley/internal/tel"
)

// TestEmergencyIsTold: those whom the settings name hear of an emergency call as it is dialled, by bell, mail, text message and webhook, with the
// caller, the number that reaches the caller and the location; of one that no trunk carries they hear too (BX-14).
func TestEmergencyIsTold(t *testing.T) {
	h := newHouse(t)
	post := h.mails()
	var told struct {
		Type string
		Data bell.Emergency
	}
	hooks := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		if err := json.NewDecoder(r.Body).Decode(&told); err != nil {
			t.Error(err)
		}
	}))
	t.Cleanup(hooks.Close)
	h.alarm = bell.Alarm{Users: []id.User{h.boss}, Emails: []string{"boss@example.com", "desk@example.com"}, Texts: []tel.Number{"+32470111222"}, Webhook: hooks.URL}
	where := tel.Location{Name: "Front desk", Street: "Veldstraat 12", City: "Ghent", PostalCode: "9000", Country: "BE", Floor: "3"}
	c := call.Call{
		ID: "c9", Org: h.org, Emergency: true, To: "112", Typed: "112", Trunk: "t1",
		Parties: []call.Party{{Kind: call.Agent, Agent: "ann", Name: "Ann Ash"}, {Kind: call.Customer, Number: "112"}},
	}
	now := time.Date(2026, 3, 2, 9, 14, 5, 0, time.UTC)
	h.CallChanged(now, &c, []call.Event{call.Directed{Emergency: true, From: "+3225550100", To: "112", Location: where}})
	h.CallChanged(now, &c, []call.Event{call.Finished{Disposition: call.Answered}})
	h.want("boss: emergency_call " + plain(store.NoticeData{
		Agent: "Ann Ash", Number: "112", CallBack: "+3225550100", Location: "Front desk, Veldstraat 12, 9000 Ghent, BE, floor 3",
	}) + " call c9")
	subject, text := h.twoMails(post, bell.JobEmergencyMail, h.EmergencyMail, 1)
	if subject != "Emergency call: Ann Ash called 112" {
		t.Errorf("the mail is about %s", subject)
	}
	for _, line := range []string{
		"Ann Ash called 112 on Monday 2 March 2026, 09:14:05 UTC.", "Location: Front desk, Veldstraat 12, 9000 Ghent, BE, floor 3",
		"Whoever calls +3225550100 in the next two hours reaches the caller.",
	} {
		if !strings.Contains(text, line) {
			t.Errorf("%q is not in %s", line, text)
		}
	}
	if job := <-h.jobs; job.Kind != bell.JobEmergencyText || h.EmergencyText(h.ctx, job) != nil {
		t.Errorf("the job of the text message is %+v", job)
	}
	want := sms.Message{
		To: "+32470111222", From: "+3225550100",
		Text: "Emergency: Ann Ash called 112 at 09:14 UTC. Call back: +3225550100. Location: Front desk, Veldstraat 12, 9000 Ghent, BE, floor 3.",
	}
	if h.texts[0] != want {
		t.Errorf("the text message is %+v", h.texts[0])
	}
	check(t, h.EmergencyWebhook(h.ctx, <-h.jobs))
	hook := bell.Emergency{Call: "c9", Agent: "ann", Name: "Ann Ash", Dialled: "112", CallBack: "+3225550100", Location: where}
	if told.Type != bell.TypeEmergency || told.Data != hook {
		t.Errorf("the webhook tells %+v\nwant %+v", told, hook)
	}

	nowhere := call.Call{ID: "c10", Org: h.org, Emergency: true, Typed: "112", Parties: c.Parties[:1]}
	h.CallChanged(now, &nowhere, []call.Event{call.Finished{Disposition: call.Failed, Reason: "no trunk carries calls to 112"}})
	h.want("boss: emergency_call " + plain(store.NoticeData{Agent: "Ann Ash", Number: "112", Why: "no trunk carries calls to 112"}) + " call c10")
	ordinary := call.Call{ID: "c11", Org: h.org, To: "+3227000000", Parties: c.Parties}
	h.CallChanged(now, &ordinary, []call.Event{call.Directed{To: "+3227000000"}, call.Finished{Disposition: call.Failed}})
	h.stop()
	if len(h.shown) > 0 || len(h.jobs) != 4 {
		t.Errorf("it was told again: %d notices, %d jobs", len(h.shown), len(h.jobs))
	}
}

// TestEmergencyThatCannotBeTold is not tried again.
func TestEmergencyThatCannotBeTold(t *testing.T) {
	h := newHouse(t)
	broken := store.Job{Org: h.org, Content: json.RawMessage("{")}
	if !bell.Stays(h.EmergencyMail(h.ctx, broken)) || !bell.Stays(h.EmergencyWebhook(h.ctx, broken)) || !bell.Stays(h.EmergencyText(h.ctx, broken)) {
		t.Error("a job that cannot be read is tried again")
	}
}

// TestTextThatIsNotTaken: when no carrier takes the text message of an emergency call, the bell says why, once however often it is tried; what may be
// taken later is tried again, what is refused is not.
func TestTextThatIsNotTaken(t *testing.T) {
	h := newHouse(t)
	h.alarm = bell.Alarm{Users: []id.User{h.boss}, Texts: []tel.Number{"+32470111222"}}
	c := call.Call{ID: "c9", Org: h.org, Emergency: true, To: "112", Parties: []call.Party{{Kind: call.Agent, Agent: "ann", Name: "Ann Ash"}}}
	h.CallChanged(time.Date(2026, 3, 2, 9, 14, 5, 0, time.UTC), &c, []call.Event{call.Directed{Emergency: true, To: "112"}})
	h.want("boss: emergency_call " + plain(store.NoticeData{Agent: "Ann Ash", Number: "112"}) + " call c9")
	job := <-h.jobs
	h.textFails = errors.New("Main: it answers 503 Service Unavailable")
	for range 2 {
		if err := h.EmergencyText(h.ctx, job); err == nil || bell.Stays(err) {
			t.Errorf("of what may be taken later comes %v", err)
		}
	}
	h.want("boss: text_failed " + plain(store.NoticeData{Agent: "Ann Ash", Number: "+32470111222", Why: "Main: it answers 503 Service Unavailable"}) + " call c9")
	h.textFails = fmt.Errorf("%w: no trunk in use takes text messages", sms.ErrRefused)
	if err := h.EmergencyText(h.ctx, job); !bell.Stays(err) {
		t.Errorf("of what is refused comes %v", err)
	}
	h.stop()
	if len(h.shown) > 0 {
		t.Errorf("the bell tells again: %s", h.rang())
	}
}
