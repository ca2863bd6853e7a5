package lab

import (
	"net/http"
	"slices"
	"testing"
	"time"

	"parley/internal/api"
	"parley/internal/call"
	"parley/internal/carrier"
	"parley/internal/live"
	"parley/internal/media"
	"parley/internal/store"
)

// watches is what a supervisor asks about an agent's call.
func (a *agent) watches(method, path string, mode call.WatchMode) {
	a.t.Helper()
	a.Must(method, path, map[string]call.WatchMode{"mode": mode}, nil)
}

// marked waits until the agent sees a supervisor's mode; empty: nobody's.
func (a *agent) marked(by *agent, mode call.WatchMode) {
	a.t.Helper()
	a.Wait("the mark "+string(mode), func(p live.Snapshot) bool {
		for _, l := range p.Me.Lines {
			if l.State == "active" {
				return l.WatchedBy == nil && mode == "" || l.WatchedBy != nil && l.WatchedBy.Mode == mode && l.WatchedBy.Name == named(by)
			}
		}
		return false
	})
}

func modes(d api.CallDetail) (all []call.WatchMode) {
	for _, l := range d.Listens {
		all = append(all, l.Mode)
	}
	return all
}

// TestSupervision: who hears whom while a supervisor listens, coaches, barges in and listens again, by one leg; what of it is on the
// recording, and in the records; and that the supervisor's status is afterwards what it was (MN-4, RC-3).
func TestSupervision(t *testing.T) {
	t.Parallel()
	w := Start(t, Setup{})
	ann, k, ring := engaged(t, w, network(t, carrier.Config{}))
	sam := sitDown(t, w, w.Person("supervisor", 0))
	sam.start(farVoice)
	sam.become("unavailable", "Meeting")
	boss := sitDown(t, w, w.Person("admin", 0))
	boss.start(otherVoice)

	begin, on := "/agents/"+string(ann.Picture().Me.Agent)+"/watch", "/calls/"+string(ring.Call)+"/watch"
	sam.watches("POST", begin, call.Listen)
	rung := sam.rung()
	if rung.Watches == nil || rung.Watches.Name != named(ann) || rung.Watches.Mode != call.Listen {
		t.Fatalf("sam is rung by %+v", rung)
	}
	sam.answer(rung)
	sam.hearsOnly(callerVoice, agentVoice)
	ann.hearsOnly(callerVoice)
	hearsOnly(t, k, agentVoice)
	ann.marked(sam, call.Listen)
	sam.status("on_call")
	err := boss.Do("POST", begin, map[string]string{"mode": "listen"}, nil)
	if Status(err) != http.StatusConflict {
		t.Errorf("a second supervisor: %v", err)
	}

	sam.watches("PUT", on, call.Coach)
	ann.hearsOnly(callerVoice, farVoice)
	hearsOnly(t, k, agentVoice)
	sam.hearsOnly(callerVoice, agentVoice)
	ann.marked(sam, call.Coach)
	ann.talks(2 * time.Second)

	began := time.Now()
	sam.watches("PUT", on, call.Barge)
	ann.hearsOnly(callerVoice, farVoice)
	hearsOnly(t, k, agentVoice, farVoice)
	sam.hearsOnly(callerVoice, agentVoice)
	ann.talks(time.Second)
	sam.watches("PUT", on, call.Coach)
	barged := time.Since(began)
	hearsOnly(t, k, agentVoice)
	ann.hearsOnly(callerVoice, farVoice)
	ann.talks(2 * time.Second)

	sam.watches("PUT", on, call.Listen)
	ann.hearsOnly(callerVoice)
	sam.Must("DELETE", on, nil, nil)
	if me := sam.status("unavailable"); me.Reason != "Meeting" {
		t.Errorf("afterwards sam is unavailable for %q", me.Reason)
	}
	ann.marked(sam, "")
	ann.hearsOnly(callerVoice)
	k.HangUp()
	ann.status("wrap_up")

	d := ann.Record(ring.Call)
	if got, want := modes(d), []call.WatchMode{call.Listen, call.Coach, call.Barge, call.Coach, call.Listen}; !slices.Equal(got, want) {
		t.Errorf("the record says %v", got)
	}
	if d.AgentName != named(ann) || len(d.Legs) != 2 {
		t.Errorf("the record names %q and %d legs", d.AgentName, len(d.Legs))
	}
	tapedOnly(t, audio(t, ann, d.Recordings[0].ID), barged)
	var log store.Page[store.AuditEntry]
	boss.Must("GET", "/audit", nil, &log)
	uses := 0
	for _, e := range log.Rows {
		if e.Action == "listen" && e.SubjectID == string(ring.Call) {
			uses++
		}
	}
	if uses != 5 {
		t.Errorf("the audit log holds %d uses", uses)
	}
}

// tapedOnly looks for the supervisor on a recording: with the agent, no longer than the barge lasted, and never with the customer.
func tapedOnly(t *testing.T, pcm [2][]int16, barged time.Duration) {
	t.Helper()
	const window = media.SampleRate / 4
	if HasTone(pcm[0], farVoice) || HasTone(pcm[0], agentVoice) || !HasTone(pcm[0], callerVoice) {
		t.Error("the customer's channel holds another voice, or lacks the own")
	}
	heard := 0
	for at := 0; at+window <= len(pcm[1]); at += window {
		if HasTone(pcm[1][at:at+window], farVoice) {
			heard++
		}
	}
	if lasted := time.Duration(heard) * time.Second / 4; heard == 0 || lasted > barged+750*time.Millisecond {
		t.Errorf("the supervisor is recorded for %s, and barged in for %s", lasted, barged)
	}
	if HasTone(pcm[1][len(pcm[1])-window:], farVoice) || HasTone(pcm[1], callerVoice) {
		t.Error("the agent's channel holds what it should not")
	}
}

// TestHelpIsAskedFor: Ann asks for help; of two supervisors the first who comes coaches, whom the customer does not hear, and the other is
// told; Ann lets him go, asks again and takes it back (AS-1).
func TestHelpIsAskedFor(t *testing.T) {
	t.Parallel()
	w := Start(t, Setup{})
	ann, k, ring := engaged(t, w, network(t, carrier.Config{}))
	sam, boss := sitDown(t, w, w.Person("supervisor", 0)), sitDown(t, w, w.Person("admin", 0))
	sam.start(farVoice)
	boss.start(otherVoice)
	asked := func(a *agent, notes ...string) (found []live.Help) {
		t.Helper()
		a.Wait("requests for help", func(p live.Snapshot) bool {
			found = p.Helps
			return slices.EqualFunc(found, notes, func(h live.Help, note string) bool { return h.Note == note })
		})
		return found
	}
	help, begin := "/calls/"+string(ring.Call)+"/help", "/agents/"+string(ann.Picture().Me.Agent)+"/watch"
	ann.Must("POST", help, map[string]string{"note": "wants a discount"}, nil)
	asked(boss, "wants a discount")
	one := asked(sam, "wants a discount")[0]
	if one.AgentName != named(ann) || one.Call != ring.Call || one.Number != "+32470111222" || one.QueueName == "" || one.Talking.IsZero() {
		t.Errorf("sam is asked by %+v", one)
	}

	sam.watches("POST", begin, call.Coach)
	sam.answer(sam.rung())
	ann.hearsOnly(callerVoice, farVoice)
	hearsOnly(t, k, agentVoice)
	asked(boss)
	asked(sam)
	if err := boss.Do("POST", begin, map[string]string{"mode": "listen"}, nil); Status(err) != http.StatusConflict {
		t.Errorf("a second supervisor: %v", err)
	}
	ann.Must("DELETE", help, nil, nil)
	ann.hearsOnly(callerVoice)
	ann.marked(sam, "")

	ann.Must("POST", help, map[string]string{"note": "again"}, nil)
	asked(boss, "again")
	ann.Must("DELETE", help, nil, nil)
	asked(boss)
	k.HangUp()
	ann.status("wrap_up")
	if got := modes(ann.Record(ring.Call)); !slices.Equal(got, []call.WatchMode{call.Coach}) {
		t.Errorf("the record says %v", got)
	}
}
