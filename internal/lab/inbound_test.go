package lab

import (
	"context"
	"net/http"
	"testing"
	"time"

	"parley/internal/api"
	"parley/internal/carrier"
	"parley/internal/id"
	"parley/internal/live"
	"parley/internal/media"
	"parley/internal/prompt"
	"parley/internal/sounds"
	"parley/internal/store"
)

// inBox is a sound of the box.
func inBox(t *testing.T, name string) *media.Sound {
	t.Helper()
	s, err := sounds.Load(name, sounds.Narrow)
	if err != nil {
		t.Fatal(err)
	}
	return media.NewSound(s.Samples)
}

// noticed gives every queue a recording notice (RC-9).
func noticed(ctx context.Context, db *store.DB) error {
	return eachQueue(ctx, db, func(q *store.Queue) { q.RecordingNotice = prompt.Prompt{Audio: sounds.RecordingNotice} })
}

// TestInboundCall is the main job: a customer rings Sales, waits, is answered in a browser, held, keyed to and hung up
// on, and all of it is on record.
func TestInboundCall(t *testing.T) {
	t.Parallel()
	w := Start(t, Setup{Prepare: noticed})
	n := network(t, carrier.Config{})
	a := sitDown(t, w, w.Person("agent", 0))
	greeting, music := inBox(t, sounds.GreetingSales), inBox(t, sounds.HoldMusic)

	k := caller(t, n, w, sales, "+32470111222", callerVoice)
	reached(t, "the queue answers", k.Answered())
	hearsSound(t, k, "the greeting", greeting)
	hearsSound(t, k, "the recording notice", inBox(t, sounds.RecordingNotice))
	hearsSound(t, k, "music", music)
	if like := Likeness(k.Heard(300*time.Millisecond), greeting); like > 0.9 {
		t.Errorf("the music is like the greeting: %.2f", like)
	}

	a.start(agentVoice)
	a.status("available")
	ring := a.rung()
	if ring.QueueName != "Sales" || ring.Number != "+32470111222" || ring.RingStartedAt.IsZero() {
		t.Errorf("the ring card shows %+v", ring)
	}
	answerAndListen(t, a, k, ring)
	theHold(t, a, k, ring.Call, music)
	theKeys(t, a, k)
	theMute(t, a, k, ring.Call)

	a.do(ring.Call, "hangup")
	ended(t, k)
	theWrapUp(t, a)
	if a.Gaps() != 0 {
		t.Errorf("%d events are missing in the numbers of the socket", a.Gaps())
	}
	theRecord(t, a, ring.Call)
	theRecording(t, w, a, ring.Call)
}

// answerAndListen measures the time from Answer to the first sound of each side.
func answerAndListen(t *testing.T, a *agent, k *carrier.Call, ring live.Line) {
	t.Helper()
	if a.count() > 0 && !Silent(a.last(100*time.Millisecond)) {
		t.Error("the agent hears the caller before Answer")
	}
	began := time.Now()
	a.answer(ring)
	hears := func(pcm []int16, hertz float64) bool { return media.Ear{}.Strength(pcm, hertz) > loud }
	var agentAfter, callerAfter time.Duration
	Eventually(t, "both hear each other", func() bool {
		if agentAfter == 0 && hears(a.last(20*time.Millisecond), callerVoice) {
			agentAfter = time.Since(began)
		}
		if callerAfter == 0 && hears(k.Heard(20*time.Millisecond), agentVoice) {
			callerAfter = time.Since(began)
		}
		return agentAfter > 0 && callerAfter > 0
	})
	t.Logf("MEASURED Answer to sound: agent hears after %s, caller after %s", agentAfter.Round(time.Millisecond), callerAfter.Round(time.Millisecond))
	if max(agentAfter, callerAfter) > time.Second {
		t.Error("sound came later than a second after Answer")
	}
	a.line("active")
	a.status("on_call")
	a.hears(callerVoice, agentVoice, otherVoice)
	hearsTone(t, k, agentVoice, callerVoice, otherVoice)
	a.talks(time.Second)
}

func theHold(t *testing.T, a *agent, k *carrier.Call, which id.Call, music *media.Sound) {
	t.Helper()
	a.do(which, "hold")
	a.line("held")
	hearsSound(t, k, "music while held", music)
	listens(t, k, "nothing of the agent", 300*time.Millisecond, func(pcm []int16) bool { return media.Ear{}.Strength(pcm, agentVoice) < 0.02 })
	Eventually(t, "the agent hears nothing of the caller", func() bool { return Silent(a.last(200 * time.Millisecond)) })
	Stays(t, 500*time.Millisecond, "the agent hears nothing of a held caller", func() bool { return !HasTone(a.last(200*time.Millisecond), callerVoice) })
	a.do(which, "resume")
	a.line("active")
	a.hears(callerVoice, agentVoice)
	hearsTone(t, k, agentVoice, callerVoice)
	a.talks(time.Second)
}

func theKeys(t *testing.T, a *agent, k *carrier.Call) {
	t.Helper()
	for _, key := range []byte("19#*0") {
		a.press(key)
	}
	Eventually(t, "the keys arrive as RFC 4733 events", func() bool { return k.Digits() == "19#*0" })
	hearsTone(t, k, agentVoice)
}

func theMute(t *testing.T, a *agent, k *carrier.Call, which id.Call) {
	t.Helper()
	a.do(which, "mute")
	listens(t, k, "nothing", 300*time.Millisecond, Silent)
	a.hears(callerVoice)
	if l := a.line("active"); !l.Muted {
		t.Error("the line does not show the mute")
	}
	a.do(which, "unmute")
	hearsTone(t, k, agentVoice)
}

func theWrapUp(t *testing.T, a *agent) {
	t.Helper()
	me := a.status("wrap_up")
	if me.Wrap == nil || time.Until(me.Wrap.Until) < 20*time.Second || me.Wrap.QueueName != "Sales" {
		t.Fatalf("the wrap-up counts down %+v", me.Wrap)
	}
	a.Must(http.MethodPost, "/wrapup/extend", nil, nil)
	more := a.Wait("the wrap-up is longer", func(p live.Snapshot) bool { return p.Me.Wrap != nil && p.Me.Wrap.Until.After(me.Wrap.Until) })
	if more.Me.Wrap.ExtensionsLeft != me.Wrap.ExtensionsLeft-1 {
		t.Errorf("%d extensions are left of %d", more.Me.Wrap.ExtensionsLeft, me.Wrap.ExtensionsLeft)
	}
	a.Must(http.MethodPost, "/wrapup/end", nil, nil)
	a.status("available")
}

func theRecord(t *testing.T, a *agent, which id.Call) {
	t.Helper()
	d := a.Record(which)
	if d.Direction != "inbound" || d.Disposition != "answered" || d.QueueName != "Sales" || d.From != "+32470111222" || d.To != sales {
		t.Errorf("the record says %+v", d.CallRow)
	}
	if d.CreatedAt.IsZero() || d.AnsweredAt.Before(d.CreatedAt) || d.EndedAt.Before(d.AnsweredAt) {
		t.Errorf("times %s, %s, %s", d.CreatedAt, d.AnsweredAt, d.EndedAt)
	}
	wait, talk, all := d.QueueWaitSeconds, d.TalkTimeSeconds, d.TotalDurationSeconds
	if wait <= 0 || talk <= 0 || all < wait+talk {
		t.Errorf("%d s of wait, %d s of talk, %d s in all", wait, talk, all)
	}
	theOffer(t, d)
	if len(d.Legs) != 2 {
		t.Errorf("%d legs, not 2", len(d.Legs))
	}
	for _, l := range d.Legs {
		if l.LeftAt.IsZero() || l.Kind == "agent" && l.Device != "browser" || l.Kind == "customer" && l.Number != "+32470111222" {
			t.Errorf("leg %+v", l)
		}
	}
	if len(d.Holds) != 1 || d.Holds[0].EndedAt.IsZero() || d.Holds[0].By == "" {
		t.Errorf("holds %+v", d.Holds)
	}
	kinds := map[string]int{}
	for i, e := range d.Timeline {
		kinds[e.Kind]++
		if i > 0 && e.At.Before(d.Timeline[i-1].At) {
			t.Errorf("the timeline goes back at %d", i)
		}
	}
	t.Logf("timeline %v", kinds)
}

func theOffer(t *testing.T, d api.CallDetail) {
	t.Helper()
	if len(d.Offers) != 1 {
		t.Fatalf("%d offers, not 1: %+v", len(d.Offers), d.Offers)
	}
	o := d.Offers[0]
	if o.Result != "answered" || o.Device != "browser" || o.AcknowledgedAt.Before(o.SentAt) || o.EndedAt.Before(o.AcknowledgedAt) {
		t.Errorf("offer %+v", o)
	}
	t.Logf("MEASURED offer to acknowledgement: %s", o.AcknowledgedAt.Sub(o.SentAt))
}
