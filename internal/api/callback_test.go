package api

import (
	"net/http"
	"testing"

	"parley/internal/settings"
	"parley/internal/store"
)

// TestCallbacks: a supervisor has a customer called back once, an agent of the queue sees it, a user without the switch does
// not (PM-7), and it is given up.
func TestCallbacks(t *testing.T) {
	w := newWorld(t)
	w.wayOut()
	boss, admin := w.as("supervisor"), w.as("admin")
	queues, err := w.doors.DB.AllQueues(w.ctx)
	check(t, err)
	body := `{"queue":"` + string(queues[0].ID) + `","number":"02 555 01 99","priority":2}`
	if a := admin.do(http.MethodPost, "/api/callbacks", body); a.status != http.StatusOK {
		t.Fatalf("booked: %d %s", a.status, a.body)
	}
	if a := admin.do(http.MethodPost, "/api/callbacks", body); a.status != http.StatusConflict {
		t.Errorf("booked twice: %d %s", a.status, a.body)
	}
	for _, bad := range []string{`{"queue":"gone","number":"+3225550199"}`, `{"queue":"` + string(queues[0].ID) + `","number":"112"}`} {
		if a := admin.do(http.MethodPost, "/api/callbacks", bad); a.status < 400 || a.status >= 500 {
			t.Errorf("%s: %d %s", bad, a.status, a.body)
		}
	}
	list := decoded[CallbackList](t, admin.get("/api/callbacks")).Callbacks
	if len(list) != 1 || list[0].Number != "+3225550199" || list[0].Priority != 2 || list[0].QueueName != queues[0].Name {
		t.Fatalf("the list: %+v", list)
	}
	if a := boss.get("/api/callbacks"); a.status != http.StatusOK {
		t.Errorf("a supervisor's list: %d %s", a.status, a.body)
	}
	if a := w.as("ann").do(http.MethodDelete, "/api/callbacks/"+string(list[0].ID), "{}"); a.status != http.StatusForbidden {
		t.Errorf("cancelled by an agent: %d", a.status)
	}
	if a := admin.do(http.MethodDelete, "/api/callbacks/"+string(list[0].ID), "{}"); a.status >= 300 {
		t.Errorf("cancelled: %d %s", a.status, a.body)
	}
	if a := admin.do(http.MethodDelete, "/api/callbacks/"+string(list[0].ID), "{}"); a.status != http.StatusNotFound {
		t.Errorf("cancelled twice: %d %s", a.status, a.body)
	}
	users, err := w.doors.DB.Shelves().Users.All(w.ctx)
	check(t, err)
	for _, u := range users {
		changeUser(t, w, u, func(f *settings.User) { f.Switches.CallbackList = false })
	}
	check(t, w.changed(w.ctx, w.org))
	if a := w.as("ann").get("/api/callbacks"); a.status != http.StatusForbidden {
		t.Errorf("without the switch: %d %s", a.status, a.body)
	}
}

func changeUser(t *testing.T, w *world, u store.Saved[settings.User], set func(*settings.User)) {
	t.Helper()
	set(&u.Fields)
	_, err := w.doors.DB.Shelves().Users.Update(w.ctx, store.Actor{}, u.ID, u.Version, u.Fields)
	check(t, err)
}
