package lab

import (
	"net/http"
	"slices"
	"testing"

	"parley/internal/carrier"
	"parley/internal/live"
)

// allow makes a sound of a text and lets agents play it in the calls of every queue; it gives the sound's id.
func allow(w *World, name, text string) string {
	w.t.Helper()
	boss := w.SignIn(w.Person("admin", 0))
	var made struct{ ID string }
	boss.Must(http.MethodPost, "/audio/speak", map[string]any{"filename": name + ".wav", "description": name, "text": text}, &made)
	var queues struct {
		Rows []struct {
			ID      string
			Version int
			Fields  map[string]any
		}
	}
	boss.Must(http.MethodGet, "/settings/queues", nil, &queues)
	for _, q := range queues.Rows {
		q.Fields["announcements"] = []string{made.ID}
		boss.Must(http.MethodPut, "/settings/queues/"+q.ID, map[string]any{"version": q.Version, "fields": q.Fields}, nil)
	}
	return made.ID
}

// TestAnnouncement: an agent has both sides hear a sound that the queue allows; neither hears the other meanwhile. Stopped, or heard to its
// end, talk goes on. What the queue does not allow is refused (AS-2).
func TestAnnouncement(t *testing.T) {
	t.Parallel()
	n := network(t, carrier.Config{})
	w := Start(t, Setup{Args: []string{"--demo-carrier", n.Addr().String()}})
	terms := allow(w, "Terms", "These are our terms of sale. You have fourteen days in which you can send everything back to us.")
	ann := atWork(t, w, w.Person("agent", 0), agentVoice)
	k := caller(t, n, w, sales, "+32470111222", callerVoice)
	ring := ann.rung()
	ann.answer(ring)
	hearsOnly(t, k, agentVoice)
	at := "/calls/" + string(ring.Call) + "/announcement"
	if err := ann.Do(http.MethodPost, at, map[string]string{"audio": "another"}, nil); err == nil {
		t.Error("what the queue does not allow is played")
	}
	if all := ann.line("active").Announcements; len(all) != 1 || all[0].Name != "Terms" {
		t.Errorf("the agent is offered %+v", all)
	}
	for _, stops := range []bool{true, false} {
		ann.Must(http.MethodPost, at, map[string]string{"audio": terms}, nil)
		onHold(t, k) // a sound, and nobody
		ann.hearsOnly()
		if stops {
			ann.Must(http.MethodPost, at+"/stop", nil, nil)
		}
		ann.Wait("it is over", func(p live.Snapshot) bool { return p.Me.Lines[0].Announcement == "" })
		hearsOnly(t, k, agentVoice)
		ann.hearsOnly(callerVoice)
	}
	ann.do(ring.Call, "hangup")
	var told []string
	for _, e := range ann.Record(ring.Call).Timeline {
		if e.Kind == "announcement-began" || e.Kind == "announcement-over" {
			told = append(told, e.Params["text"]+" "+e.Params["result"])
		}
	}
	if !slices.Equal(told, []string{"Terms ", "Terms stopped", "Terms ", "Terms "}) {
		t.Errorf("the timeline tells %q", told)
	}
}
