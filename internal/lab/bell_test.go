package lab

import (
	"net/http"
	"testing"

	"parley/internal/carrier"
	"parley/internal/store"
)

// TestMissedCallRingsTheBell: a queue's call that rings out at an agent is in the agent's bell, over the page's own socket, with the call
// that it leads to; once it is read, the bell is silent (NT-5). Nobody else's bell has rung.
func TestMissedCallRingsTheBell(t *testing.T) {
	t.Parallel()
	w := Start(t, Setup{Prepare: shortRings})
	n := network(t, carrier.Config{})
	ann := atWork(t, w, w.Person("agent", 0), agentVoice)
	boss := w.SignIn(w.Person("supervisor", 0)).Live("boss-tab")
	k := caller(t, n, w, support, "+32470111222", callerVoice)
	ring := ann.rung()
	Eventually(t, "the bell rings", func() bool { return ann.Picture().Bell.Unread == 1 })
	fresh := ann.Picture().Bell.New
	if fresh == nil || fresh.Kind != store.NoticeMissedCall || fresh.Data.Number != "+32470111222" || fresh.Data.Queue == "" || fresh.LinkID != string(ring.Call) {
		t.Errorf("the notice is %+v", fresh)
	}
	k.HangUp()
	var list store.Page[store.Notice]
	ann.Must(http.MethodGet, "/notices", nil, &list)
	if list.Total != 1 || list.Rows[0].ID != fresh.ID || list.Rows[0].ReadAt != nil {
		t.Errorf("the list is %+v", list)
	}
	ann.Must(http.MethodPut, "/notices/read", nil, nil)
	Eventually(t, "the bell is silent", func() bool { return ann.Picture().Bell.Unread == 0 })
	if n := boss.Picture().Bell.Unread; n != 0 {
		t.Errorf("the supervisor's bell shows %d", n)
	}
}
