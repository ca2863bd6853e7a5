package lab

import (
	"context"
	"net/http"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"parley/internal/call"
	"parley/internal/callcontrol"
	"parley/internal/carrier"
	"parley/internal/id"
	"parley/internal/live"
	"parley/internal/media"
	"parley/internal/prompt"
	"parley/internal/sip"
	"parley/internal/station"
	"parley/internal/store"
)

// curt lets every queue record without a word of greeting.
func curt(ctx context.Context, db *store.DB) error {
	return eachQueue(ctx, db, curtQueue)
}

func curtQueue(q *store.Queue) {
	q.EntryGreeting, q.RecordingNotice, q.RecordCall = prompt.Prompt{}, prompt.Prompt{}, true
}

// recorded is a recorded call that talks: the world, the network of its caller, its agent, the caller and what rang.
func recorded(t *testing.T) (w *World, n *carrier.Carrier, ann *agent, k *carrier.Call, ring live.Line) {
	t.Helper()
	w = Start(t, Setup{Prepare: curt})
	n = network(t, carrier.Config{})
	ann = atWork(t, w, w.Person("agent", 0), agentVoice)
	k = caller(t, n, w, sales, "+32470111222", callerVoice)
	ring = ann.rung()
	ann.answer(ring)
	hearsTone(t, k, agentVoice)
	return w, n, ann, k, ring
}

// TestCrash kills the program in mid-call. The journal holds the machines as they were; the next process seals the
// records, keeps the recording up to the crash, and takes new calls.
func TestCrash(t *testing.T) {
	t.Parallel()
	w, n, ann, _, ring := recorded(t)
	waiting := caller(t, n, w, support, "+32470111333", callerVoice)
	reached(t, "the second caller waits", waiting.Answered())
	began := time.Now()
	second := w.SignIn(w.Person("admin", 0)).CallFrom("+32470111333")
	ann.talks(3500 * time.Millisecond) // the recorder writes once a second

	w.Kill()
	if err := w.Look(func(ctx context.Context, db *store.DB) error {
		theJournal(ctx, t, db, ann, ring.Call, second, began)
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	crashed := time.Now()
	w.Again()
	t.Logf("MEASURED ready again %s after a crash in mid-call", time.Since(crashed).Round(time.Millisecond))
	afterCrash(t, w, ring.Call, second)

	again := atWork(t, w, w.Person("agent", 0), agentVoice)
	fresh := caller(t, n, w, support, "+32470111444", callerVoice)
	again.answer(again.rung())
	hearsTone(t, fresh, agentVoice)
	again.hears(callerVoice)
}

func theJournal(ctx context.Context, t *testing.T, db *store.DB, a *agent, talking, queued id.Call, entered time.Time) {
	t.Helper()
	entries, err := db.Journal(ctx)
	if err != nil {
		t.Fatal(err)
	}
	calls, stations, legs := map[id.Call]*call.Call{}, map[id.Agent]*station.Station{}, map[id.Leg]*sip.LegState{}
	for _, e := range entries {
		r, err := callcontrol.Decode(e.Kind, e.Version, e.State)
		if err != nil {
			t.Fatalf("%s: %v", e.Address, err)
		}
		if r.Call != nil {
			calls[r.Call.ID] = r.Call
		}
		if r.Station != nil {
			stations[r.Station.Agent] = r.Station
		}
		if r.Leg != nil {
			legs[r.Leg.Leg] = r.Leg
		}
	}
	if len(calls) != 2 {
		t.Fatalf("%d calls in the journal, not 2", len(calls))
	}
	theCalls(t, calls[talking], calls[queued], entered)
	theLegs(t, legs, calls[talking], calls[queued])
	s := stations[a.Session.Agent.ID]
	if s == nil || s.Browser.Tab != a.tab || s.Line == nil || s.Line.Call != talking {
		t.Errorf("the station in the journal is %+v", s)
	}
}

// theLegs holds the dialog of each caller, with what a re-INVITE needs.
func theLegs(t *testing.T, legs map[id.Leg]*sip.LegState, calls ...*call.Call) {
	t.Helper()
	if len(legs) != len(calls) {
		t.Errorf("%d legs in the journal, not those of %d callers", len(legs), len(calls))
	}
	for _, c := range calls {
		l := legs[c.Parties[0].Leg]
		if l == nil || l.Phase != "up" || l.CallID == "" || !strings.Contains(l.From, "tag=") || !strings.Contains(l.To, "tag=") ||
			!strings.HasPrefix(l.Target, "sip:") || l.Agreed.Codec == "" || !l.Agreed.Remote.IsValid() {
			t.Errorf("the leg of call %s in the journal is %+v", c.ID, l)
		}
	}
}

func theCalls(t *testing.T, c, q *call.Call, entered time.Time) {
	t.Helper()
	if c == nil || c.Stage != call.Active || len(c.Parties) != 2 || c.Recording.State != call.RecordingOn {
		t.Fatalf("the conversation in the journal is %+v", c)
	}
	for _, p := range c.Parties {
		if p.State != call.Joined || p.Leg == "" {
			t.Errorf("party %+v", p)
		}
	}
	if q == nil || q.Stage != call.Queued || len(q.Parties) != 1 || q.Queue == nil || q.Queue.Name != "Support" {
		t.Fatalf("the waiting call in the journal is %+v", q)
	}
	if q.EnteredAt.Sub(entered).Abs() > 2*time.Second {
		t.Errorf("it entered the queue at %s, not about %s", q.EnteredAt, entered)
	}
}

func afterCrash(t *testing.T, w *World, talked, waited id.Call) {
	t.Helper()
	boss := w.SignIn(w.Person("admin", 0))
	d := boss.Record(talked)
	if d.Disposition != "answered" && d.Disposition != "failed" || d.Reason != callcontrol.Interrupted || d.AgentName == "" {
		t.Errorf("the talk's record says %s, %q, agent %q", d.Disposition, d.Reason, d.AgentName)
	}
	if q := boss.Record(waited); q.Reason != callcontrol.Interrupted || q.EndedAt.IsZero() {
		t.Errorf("the waiting caller's record says %s, %q", q.Disposition, q.Reason)
	}
	if len(d.Recordings) != 1 || d.Recordings[0].Status != "available" {
		t.Fatalf("recordings %+v", d.Recordings)
	}
	if d.Recordings[0].DurationSeconds < 1 {
		t.Errorf("the record says that the recording lasts %.1f s", d.Recordings[0].DurationSeconds)
	}
	pcm := audio(t, &agent{Client: boss}, d.Recordings[0].ID)
	if len(pcm[0]) < media.SampleRate {
		t.Fatalf("only %d samples outlived the crash", len(pcm[0]))
	}
	if !Alone(pcm[0], callerVoice, agentVoice) || !Alone(pcm[1], agentVoice, callerVoice) {
		t.Error("the recording up to the crash is not the two voices apart")
	}
}

// TestGracefulStop: no new calls, the live one goes on and ends, the program ends with 0.
func TestGracefulStop(t *testing.T) {
	t.Parallel()
	w, _, ann, k, ring := recorded(t)
	w.Term()
	Eventually(t, "/healthz says no", func() bool { return w.health() != nil })
	w.SIPp("refused", sales).Ends()
	if err := ann.Do(http.MethodPost, "/calls", map[string]any{"to": "+12025550180", "tab": ann.tab}, nil); Status(err) < 400 {
		t.Errorf("an outbound call while stopping gave %v", err)
	}
	ann.talks(time.Second)
	hearsTone(t, k, agentVoice)
	ann.hears(callerVoice)
	ann.do(ring.Call, "hangup")
	ended(t, k)
	if code := w.Exited(Patience); code != 0 {
		t.Errorf("the program ended with %d", code)
	}
	if err := w.Look(func(ctx context.Context, db *store.DB) error {
		row, err := db.Call(ctx, ring.Call, store.Scope{All: true})
		if err != nil {
			return err
		}
		if row.Status != "ended" || row.Disposition != "answered" {
			t.Errorf("the record says %s, %s", row.Status, row.Disposition)
		}
		return nil
	}); err != nil {
		t.Error(err)
	}
	files, err := filepath.Glob(filepath.Join(w.Data, "blobs/recordings/*/*/*/*/*"))
	if err != nil || len(files) != 1 { // plain, or compressed already
		t.Errorf("recordings %v, %v", files, err)
	}
}

// TestStopDoesNotWaitForever: a call that does not end is ended when the time is over, and its record says so.
func TestStopDoesNotWaitForever(t *testing.T) {
	t.Parallel()
	w := Start(t, Setup{Prepare: curt, Args: []string{"--drain", "2s"}})
	n := network(t, carrier.Config{})
	k := caller(t, n, w, support, "+32470111222", callerVoice)
	reached(t, "the queue answers", k.Answered())
	which := w.SignIn(w.Person("admin", 0)).CallFrom("+32470111222")
	w.Term()
	ended(t, k)
	if code := w.Exited(Patience); code != 0 {
		t.Errorf("the program ended with %d", code)
	}
	if err := w.Look(func(ctx context.Context, db *store.DB) error {
		row, err := db.Call(ctx, which, store.Scope{All: true})
		if err == nil && (row.Status != "ended" || row.Reason != "the system was stopped") {
			t.Errorf("the record says %s, %q", row.Status, row.Reason)
		}
		return err
	}); err != nil {
		t.Error(err)
	}
}
