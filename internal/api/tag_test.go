package api

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"parley/internal/call"
	"parley/internal/settings"
)

// inWords is the tags of an answer in one line.
func inWords(tags []Tag) string {
	line := make([]string, len(tags))
	for i, tag := range tags {
		line[i] = fmt.Sprintf("%s%s=%s", tag.Recording, tag.Key, tag.Value)
	}
	return strings.Join(line, " ")
}

// TestTags: on a call and on a recording, during the call and after it, by a body or by the address alone; one value a key.
func TestTags(t *testing.T) {
	w := newWorld(t)
	w.past()
	w.lived("now", 0, call.Arrived{Leg: "trunk", Trunk: "t1", From: "+32470111222", To: "+12025550100"},
		call.Routed{Queue: &call.Queue{ID: w.queues["Sales"], Name: "Sales"}}, call.LegAnswered{Leg: "trunk"},
		call.Offered{Offer: "now.o1", Agent: w.agents["ann"], RingSeconds: 20})
	ann := w.as("ann")
	put := func(path, body, want string) {
		t.Helper()
		a := ann.do(http.MethodPut, path, body)
		if a.status != http.StatusOK || inWords([]Tag{decoded[Tag](t, a)}) != want {
			t.Errorf("%s: %d %s, want %s", path, a.status, a.body, want)
		}
	}
	put("/api/calls/now/tags/urgent", "", "urgent=true")
	put("/api/calls/c1/tags/urgent", `{}`, "urgent=true")
	put("/api/calls/c1/tags/Order%2FYear?value=4471&type=number", "", "Order/Year=4471")
	put("/api/calls/c1/tags/order%2Fyear", `{"value":" https://crm.example/1 ","type":"link"}`, "order/year=https://crm.example/1")
	put("/api/calls/c1/tags/vip", `{"value":"no","type":"yes_no"}`, "vip=false")
	put("/api/calls/c1/tags/mood", `{"value":"cheerful"}`, "mood=cheerful")
	put("/api/recordings/c1.r1/tags/training", "", "c1.r1training=true")
	const want = "mood=cheerful order/year=https://crm.example/1 urgent=true vip=false c1.r1training=true"
	if got := inWords(read[[]Tag](t, ann.get("/api/calls/c1/tags"))); got != want {
		t.Errorf("%s, want %s", got, want)
	}
	d := read[CallDetail](t, ann.get("/api/calls/c1"))
	if inWords(d.Tags) != want || d.Tags[0].User != w.users["ann"] || d.Tags[0].UserName != "Ann Ash" || d.Tags[0].At.IsZero() {
		t.Errorf("the call says %+v", d.Tags)
	}
	if got := inWords(read[[]Tag](t, w.as("admin").get("/api/calls/now/tags"))); got != "urgent=true" {
		t.Errorf("the call that goes on: %s", got)
	}
	for _, path := range []string{"/api/calls/c1/tags/Urgent", "/api/recordings/c1.r1/tags/training"} {
		if a := ann.do(http.MethodDelete, path, ""); a.status != http.StatusNoContent {
			t.Errorf("take off %s: %d %s", path, a.status, a.body)
		}
		if a := ann.do(http.MethodDelete, path, ""); a.status != http.StatusNotFound {
			t.Errorf("again %s: %d", path, a.status)
		}
	}
	if got := inWords(read[[]Tag](t, ann.get("/api/calls/c1/tags"))); got != "mood=cheerful order/year=https://crm.example/1 vip=false" {
		t.Errorf("afterwards %s", got)
	}
}

// TestTagsKeepToTheScope: who may not see a call puts no tag on it, nor on its recordings, and reads none.
func TestTagsKeepToTheScope(t *testing.T) {
	w := newWorld(t)
	w.past()
	bob := w.as("bob")
	for _, one := range [][2]string{
		{http.MethodPut, "/api/calls/c1/tags/x"}, {http.MethodDelete, "/api/calls/c1/tags/vip"}, {http.MethodGet, "/api/calls/c1/tags"},
		{http.MethodPut, "/api/recordings/c1.r1/tags/x"}, {http.MethodDelete, "/api/recordings/c1.r1/tags/x"},
	} {
		if a := bob.do(one[0], one[1], ""); a.status != http.StatusNotFound {
			t.Errorf("%s: %d %s", one, a.status, a.body)
		}
	}
	if got := inWords(read[[]Tag](t, w.as("admin").get("/api/calls/c1/tags"))); got != "vip=true" {
		t.Errorf("tags %s", got)
	}
}

// TestTagsOfTheList: a key of the list has its type and its spelling; others are taken unless the organisation says no.
func TestTagsOfTheList(t *testing.T) {
	w := newWorld(t)
	w.past()
	shelf := w.doors.DB.Shelves().TagKeys
	shelve(w, shelf, settings.TagKey{Name: "Plan", Type: settings.TagPick, Choices: []string{"Gold", "Silver"}, Order: 2, Active: true})
	shelve(w, shelf, settings.TagKey{Name: "Order", Type: settings.TagNumber, Order: 1, Active: true})
	shelve(w, shelf, settings.TagKey{Name: "Old", Type: settings.TagText})
	check(t, w.changed(w.ctx, w.org))
	ann := w.as("ann")
	keys := read[TagKeys](t, ann.get("/api/tag-keys"))
	if keys.ListedOnly || len(keys.Keys) != 2 || keys.Keys[0].Name != "Order" || keys.Keys[1].Choices[1] != "Silver" {
		t.Errorf("%+v", keys)
	}
	try := func(path, want string) {
		t.Helper()
		a := ann.do(http.MethodPut, "/api/calls/c1/tags/"+path, "")
		if a.status == http.StatusOK {
			if got := inWords([]Tag{decoded[Tag](t, a)}); got != want {
				t.Errorf("%s: %s, want %s", path, got, want)
			}
		} else if a.status != http.StatusUnprocessableEntity || a.detail(t) != want {
			t.Errorf("%s: %d %s, want %s", path, a.status, a.detail(t), want)
		}
	}
	try("plan?value=gold&type=text", "Plan=Gold")
	try("plan?value=bronze", `The value must be one of "Gold, Silver".`)
	try("plan", `The value must be one of "Gold, Silver".`)
	try("ORDER?value=many", "The value must be a number such as 12 or 3.5.")
	try("old?value=x", "The tag Old is not in use any more.")
	try("free?value=x", "free=x")
	try("%20", "The key must have 1 to 50 characters.")
	try("a%0Ab", "The key must be of one line.")
	try("free?value=x&type=link", "The value must be the address of a page, which begins with https:// or http://.")
	change(w, w.doors.DB.Shelves().Org, string(w.org), func(o *settings.Organisation) { o.ListedTags = true })
	check(t, w.changed(w.ctx, w.org))
	try("other", "Your organisation takes only the tags of its list, and this one is not among them.")
	try("Order?value=7", "Order=7")
	if keys := read[TagKeys](t, ann.get("/api/tag-keys")); !keys.ListedOnly {
		t.Errorf("%+v", keys)
	}
}

func TestHistoryByTag(t *testing.T) {
	w := newWorld(t)
	w.past()
	ann := w.as("ann")
	ann.do(http.MethodPut, "/api/calls/c1/tags/plan?value=gold", "")
	w.as("bob").do(http.MethodPut, "/api/recordings/c2.r1/tags/plan?value=silver", "")
	for query, want := range map[string]string{
		"tag=Plan": "c2 c1", "tag=plan&tag_value=gold": "c1", "tag=vip": "c2 c1", "tag=none": "", "tag=plan&direction=outbound": "",
	} {
		if got := ids(read[CallPage](t, w.as("admin").get("/api/calls?"+query))); got != want {
			t.Errorf("%s: %s, want %s", query, got, want)
		}
	}
	if got := ids(read[CallPage](t, ann.get("/api/calls?tag=plan"))); got != "c1" {
		t.Errorf("Ann sees %s", got)
	}
}

// TestTagsAreBounded: a call is not filled without end.
func TestTagsAreBounded(t *testing.T) {
	w := newWorld(t)
	w.past()
	ann := w.as("ann")
	for i := range mostTags - 1 { // a queue put one on
		if a := ann.do(http.MethodPut, fmt.Sprint("/api/calls/c1/tags/t", i), ""); a.status != http.StatusOK {
			t.Fatalf("%d: %d %s", i, a.status, a.body)
		}
	}
	if a := ann.do(http.MethodPut, "/api/calls/c1/tags/more", ""); a.status != http.StatusConflict {
		t.Errorf("one more: %d %s", a.status, a.body)
	}
	if a := ann.do(http.MethodPut, "/api/calls/c1/tags/t0?value=changed", ""); a.status != http.StatusOK {
		t.Errorf("one of them: %d %s", a.status, a.body)
	}
}
