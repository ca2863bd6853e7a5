package store

import (
	"encoding/json"
	"fmt"
	"testing"

	"parley/internal/id"
	"parley/internal/settings"
)

// tagsOf is every tag of a call in one line.
func tagsOf(t *testing.T, db *DB, w *world, call id.Call) string {
	t.Helper()
	tags, err := db.Tags(w.ctx, call)
	check(t, err)
	line := ""
	for _, tag := range tags {
		line += fmt.Sprintf("%s%s=%s:%s ", tag.Recording, tag.Key, tag.Type, tag.Value)
	}
	return line
}

func TestTagsHaveOneValueAKey(t *testing.T) {
	onBoth(t, func(t *testing.T, db *DB) {
		w, other := newWorld(t, db, 1), newWorld(t, db, 2)
		put := func(w *world, recording id.Recording, key string, kind settings.TagType, value string) {
			check(t, db.SetTag(w.ctx, &Tag{Call: "c1", Recording: recording, Key: key, Type: kind, Value: value, Actor: w.users[0].ID}))
		}
		put(w, "", "Plan", settings.TagText, "gold")
		put(w, "", " plan", settings.TagPick, "Silver")
		put(w, "", "Order", settings.TagNumber, "4471")
		put(w, "r1", "Plan", settings.TagText, "of the recording")
		put(other, "", "Plan", settings.TagText, "theirs")
		same(t, "tags", tagsOf(t, db, w, "c1"), "Order=number:4471 plan=pick_list:Silver r1Plan=text:of the recording ")
		refused(t, "a key that is not there", db.RemoveTag(w.ctx, "c1", "r1", "Order", ""), ErrNotFound)
		check(t, db.RemoveTag(w.ctx, "c1", "", "PLAN", w.users[0].ID))
		refused(t, "again", db.RemoveTag(w.ctx, "c1", "", "PLAN", ""), ErrNotFound)
		same(t, "after one was taken off", tagsOf(t, db, w, "c1"), "Order=number:4471 r1Plan=text:of the recording ")
		put(w, "", "plan", settings.TagText, "again")
		same(t, "after it was put on again", tagsOf(t, db, w, "c1"), "Order=number:4471 plan=text:again r1Plan=text:of the recording ")
		same(t, "of the other organisation", tagsOf(t, db, other, "c1"), "Plan=text:theirs ")
	})
}

// TestTagsOfQueues: what a queue puts on a call stands there as a yes, once; what a person says of it stays.
func TestTagsOfQueues(t *testing.T) {
	onBoth(t, func(t *testing.T, db *DB) {
		w := newWorld(t, db, 1)
		store := func(call id.Call, status string, tags ...string) {
			whole, err := json.Marshal(map[string]any{"id": call, "tags": tags, "note": `"tags":`})
			check(t, err)
			group := db.StartGroupCommit(GroupCommitConfig{})
			group.Writer(w.org).Record(CallRow{Record: Record[id.Call]{ID: call}, Status: status, ArrivedAt: now(), Whole: whole})
			check(t, group.Close(t.Context()))
		}
		store("c1", "queued", "vip", " Contract 2026 ")
		store("c2", "queued")
		same(t, "put on by a queue", tagsOf(t, db, w, "c1"), "Contract 2026=yes_no:true vip=yes_no:true ")
		same(t, "of a call without", tagsOf(t, db, w, "c2"), "")
		check(t, db.RemoveTag(w.ctx, "c1", "", "vip", w.users[0].ID))
		check(t, db.SetTag(w.ctx, &Tag{Call: "c1", Key: "contract 2026", Type: settings.TagYesNo, Value: "false"}))
		store("c1", "active", "vip", " Contract 2026 ", "late")
		db.past = past{} // as after a restart
		store("c1", "ended", "vip", " Contract 2026 ", "late")
		same(t, "what a person said stays", tagsOf(t, db, w, "c1"), "contract 2026=yes_no:false late=yes_no:true ")
	})
}

func TestCallsByTag(t *testing.T) {
	onBoth(t, func(t *testing.T, db *DB) {
		w, other := newWorld(t, db, 1), newWorld(t, db, 2)
		group := db.StartGroupCommit(GroupCommitConfig{})
		for _, one := range []id.Call{"c1", "c2", "c3"} {
			group.Writer(w.org).Record(CallRow{Record: Record[id.Call]{ID: one}, Status: "ended", ArrivedAt: now()})
		}
		check(t, group.Close(t.Context()))
		for _, tag := range []Tag{
			{Call: "c1", Key: "Plan", Type: settings.TagPick, Value: "Gold"}, {Call: "c2", Recording: "r", Key: "plan", Type: settings.TagPick, Value: "Silver"},
			{Call: "c3", Key: "Plan", Type: settings.TagPick, Value: "Gold"}, {Call: "c3", Key: "vip", Type: settings.TagYesNo, Value: "true"},
		} {
			check(t, db.SetTag(w.ctx, &tag))
		}
		check(t, db.SetTag(other.ctx, &Tag{Call: "c2", Key: "vip", Type: settings.TagYesNo, Value: "true"}))
		check(t, db.RemoveTag(w.ctx, "c3", "", "Plan", ""))
		for _, test := range []struct {
			key, value string
			want       int
		}{{"PLAN ", "", 2}, {"plan", "Gold", 1}, {"plan", "Bronze", 0}, {"vip", "true", 1}, {"vip", "false", 0}, {"", "", 3}, {"", "Gold", 3}} {
			page, err := db.Calls(w.ctx, CallFilter{Tag: test.key, TagValue: test.value}, Scope{All: true}, Range{})
			check(t, err)
			same(t, test.key+"="+test.value, page.Total, test.want)
		}
	})
}

// TestTagsOfOldCalls: calls that were stored before there was a table of tags keep what their queues put on.
func TestTagsOfOldCalls(t *testing.T) {
	onBoth(t, func(t *testing.T, db *DB) {
		w := newWorld(t, db, 1)
		group := db.StartGroupCommit(GroupCommitConfig{})
		for which, whole := range map[id.Call]string{
			"c1": `{"id":"c1","tags":["VIP "," vip","new"]}`, "c2": `{"id":"c2","note":"\"tags\":"}`, "c3": `{"id":"c3","tags":null}`, "c4": `{"other":{"tags":["x"]}}`, "c5": ``,
		} {
			group.Writer(w.org).Record(CallRow{Record: Record[id.Call]{ID: which}, Status: "ended", ArrivedAt: now(), Whole: []byte(whole)})
		}
		check(t, group.Close(t.Context()))
		for _, undo := range []string{"DROP TABLE tags", "DELETE FROM migrations WHERE name LIKE '%0030_tags.sql'"} {
			_, err := db.bun.DB.ExecContext(t.Context(), undo)
			check(t, err)
		}
		check(t, db.Migrate(t.Context()))
		same(t, "tags", tagsOf(t, db, w, "c1"), "new=yes_no:true VIP=yes_no:true ")
		for _, other := range []id.Call{"c2", "c3", "c4", "c5"} {
			same(t, string(other), tagsOf(t, db, w, other), "")
		}
	})
}
