package lab

import (
	"net/http"
	"testing"
	"time"

	"parley/internal/carrier"
	"parley/internal/id"
	"parley/internal/live"
	"parley/internal/media"
)

// TestRecordByHand: start, pause, resume and stop in a queue that does not record, twice in one call (RC-2, RC-4).
func TestRecordByHand(t *testing.T) {
	t.Parallel()
	w := Start(t, Setup{})
	n := network(t, carrier.Config{})
	ann := atWork(t, w, w.Person("agent", 0), agentVoice)
	k := caller(t, n, w, support, "+32470111222", callerVoice)
	ring := ann.rung()
	ann.answer(ring)
	hearsTone(t, k, agentVoice)
	if l := ann.line("active"); l.Recording != "off" || !l.CanRecord {
		t.Errorf("a queue that does not record shows %q, may record %t", l.Recording, l.CanRecord)
	}
	for _, step := range []struct{ do, shown string }{
		{"record/start", "on"}, {"record/pause", "paused"}, {"record/resume", "on"}, {"record/stop", "off"}, {"record/start", "on"},
	} {
		ann.do(ring.Call, step.do)
		ann.Wait("recording "+step.shown, func(p live.Snapshot) bool {
			return len(p.Me.Lines) == 1 && string(p.Me.Lines[0].Recording) == step.shown
		})
		ann.talks(600 * time.Millisecond)
	}
	if err := ann.Post("/calls/" + string(ring.Call) + "/record/start"); Status(err) != http.StatusConflict {
		t.Errorf("starting a recording that runs gave %v", err)
	}
	ann.do(ring.Call, "hangup")
	ended(t, k)
	twoRecordings(t, ann, ring.Call)
}

func twoRecordings(t *testing.T, a *agent, which id.Call) {
	t.Helper()
	d := a.Record(which)
	if len(d.Recordings) != 2 {
		t.Fatalf("%d recordings, not 2", len(d.Recordings))
	}
	first := d.Recordings[0]
	if len(first.Gaps) != 1 || first.Gaps[0].Kind != "pause" || first.Gaps[0].EndSeconds-first.Gaps[0].StartSeconds < 0.4 {
		t.Fatalf("gaps %+v", first.Gaps)
	}
	if first.DurationSeconds < 1.2 || d.Recordings[1].DurationSeconds < 0.4 || len(d.Recordings[1].Gaps) != 0 {
		t.Errorf("recordings %+v", d.Recordings)
	}
	pcm := audio(t, a, first.ID)
	gap := first.Gaps[0]
	from, to := int((gap.StartSeconds+0.05)*media.SampleRate), int((gap.EndSeconds-0.05)*media.SampleRate)
	for channel, voice := range []float64{callerVoice, agentVoice} {
		if !Silent(pcm[channel][from:to]) {
			t.Errorf("channel %d sounds while paused", channel)
		}
		if !Alone(pcm[channel][to:], voice, callerVoice+agentVoice-voice) {
			t.Errorf("channel %d is not its voice after the pause", channel)
		}
	}
}
