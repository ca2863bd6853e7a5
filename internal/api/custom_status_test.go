package api

import (
	"testing"

	"parley/internal/acd"
	"parley/internal/live"
	"parley/internal/settings"
)

// TestCustomStatuses offers the active statuses of the voice channel, and takes no other and no reason that is not listed.
func TestCustomStatuses(t *testing.T) {
	w := newWorld(t)
	s := w.doors.DB.Shelves().Statuses
	tea := shelve(w, s, settings.Status{Name: "Tea", Colour: "#aa0000", Parent: "busy", Channel: "both", Order: 2, Active: true})
	shelve(w, s, settings.Status{Name: "Coaching", Colour: "#00aa00", Parent: "available", Channel: "voice", Order: 1, Active: true})
	shelve(w, s, settings.Status{Name: "Chat only", Parent: "busy", Channel: "chat", Active: true})
	gone := shelve(w, s, settings.Status{Name: "Gone", Parent: "busy", Channel: "both"})
	check(t, w.changed(w.ctx, w.org))
	ann := w.as("ann")
	all := read[[]live.Custom](t, ann.get("/api/statuses"))
	if len(all) != 2 || all[0].Name != "Coaching" || all[1].ID != tea || all[1].Colour != "#aa0000" || all[1].Effect != acd.EffectBusy {
		t.Errorf("statuses: %+v", all)
	}
	ann.said("POST", "/api/status", `{"custom":"`+tea+`"}`, 409, "Start work first")
	w.tellACD(acd.DeviceUp{Agent: w.agents["ann"]})
	ann.said("POST", "/api/status", `{"custom":"`+gone+`"}`, 422, "no such status")
	ann.said("POST", "/api/status", `{"status":"unavailable","reason":"My own"}`, 422, "none of the reasons")
	ann.said("POST", "/api/status", `{"custom":"`+tea+`","reason":"My own"}`, 422, "none of the reasons")
	ann.said("POST", "/api/status", `{}`, 422, "Choose a status")
	ann.said("POST", "/api/status", `{"custom":"`+tea+`"}`, 204, "")
	if m := w.me("ann"); m.Status != acd.Unavailable || m.Custom == nil || m.Custom.Name != "Tea" || m.Custom.Effect != acd.EffectBusy {
		t.Errorf("ann: %+v", m)
	}
}

// TestDeletedStatus deactivates a status that is deleted, and keeps it (MN-12).
func TestDeletedStatus(t *testing.T) {
	w := newWorld(t)
	tea := shelve(w, w.doors.DB.Shelves().Statuses, settings.Status{Name: "Tea", Parent: "busy", Channel: "both", Active: true})
	check(t, w.changed(w.ctx, w.org))
	for range 2 {
		w.as("admin").said("DELETE", "/api/settings/statuses/"+tea, `{}`, 204, "")
	}
	kept, err := w.doors.DB.Shelves().Statuses.Get(w.ctx, tea)
	if err != nil || kept.Fields.Active || kept.Fields.Name != "Tea" {
		t.Errorf("kept: %+v, %v", kept, err)
	}
	if all := read[[]live.Custom](t, w.as("ann").get("/api/statuses")); len(all) != 0 {
		t.Errorf("can be chosen: %+v", all)
	}
}

// TestQueueToggle remembers which queues deliver, and takes only the agent's own.
func TestQueueToggle(t *testing.T) {
	w := newWorld(t)
	ann, path := w.as("ann"), "/api/queues/"+string(w.queues["Sales"])+"/toggle"
	ann.said("PUT", "/api/queues/"+string(w.queues["Support"])+"/toggle", `{"on":false}`, 409, "no member of this queue")
	ann.said("PUT", path, `{"on":false}`, 204, "")
	if m := w.me("ann"); len(m.Off) != 1 || m.Off[0] != w.queues["Sales"] {
		t.Errorf("off: %v", m.Off)
	}
	toggles, err := w.doors.DB.QueueToggles(w.ctx)
	check(t, err)
	if len(toggles) != 1 || toggles[0].Delivers || toggles[0].Agent != w.agents["ann"] {
		t.Errorf("remembered: %+v", toggles)
	}
	ann.said("PUT", path, `{"on":true}`, 204, "")
	if m := w.me("ann"); len(m.Off) != 0 {
		t.Errorf("on again: %v", m.Off)
	}
}
