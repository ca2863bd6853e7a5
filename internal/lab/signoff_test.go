package lab

import (
	"testing"

	"parley/internal/carrier"
	"parley/internal/live"
	"parley/internal/store"
)

// TestSignOffAndForceClose: a supervisor signs an agent off who is in a call, which goes on; then closes the call by force, and the
// agent's phone is off work. Both stand in the audit log, by the supervisor (MN-3, BX-8).
func TestSignOffAndForceClose(t *testing.T) {
	t.Parallel()
	w := Start(t, Setup{})
	n := network(t, carrier.Config{})
	ann := atWork(t, w, w.Person("agent", 0), agentVoice)
	boss := w.SignIn(w.Person("admin", 0))
	k := caller(t, n, w, support, "+32470111222", callerVoice)
	ring := ann.rung()
	ann.answer(ring)
	hearsTone(t, k, agentVoice)
	boss.Must("POST", "/agents/"+string(ann.Picture().Me.Agent)+"/sign-out", nil, nil)
	ann.line("active")
	ann.hears(callerVoice)
	boss.Must("POST", "/calls/"+string(ring.Call)+"/close", nil, nil)
	ended(t, k)
	ann.Wait("ann is off work", func(p live.Snapshot) bool { return p.Me.Status == "offline" && !p.Me.Started })
	var log store.Page[store.AuditEntry]
	boss.Must("GET", "/audit", nil, &log)
	found := map[string]string{}
	for _, e := range log.Rows {
		found[e.Action] = e.SubjectID
	}
	if found["agent signed off"] != string(ann.Picture().Me.Agent) || found["call closed by force"] != string(ring.Call) {
		t.Errorf("the audit log holds %v", found)
	}
}
