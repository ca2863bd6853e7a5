package store

import (
	"fmt"
	"testing"
	"time"

	"parley/internal/campaign"
	"parley/internal/id"
	"parley/internal/settings"
	"parley/internal/tel"
)

// leadList makes a campaign with one list.
func leadList(t *testing.T, db *DB, w *world) id.LeadList {
	t.Helper()
	shelves := db.Shelves()
	c, err := shelves.Campaigns.Create(w.ctx, Actor{}, settings.Campaign{Name: "Spring"})
	check(t, err)
	l, err := shelves.LeadLists.Create(w.ctx, Actor{}, settings.LeadList{Name: "Fair", Campaign: c.ID})
	check(t, err)
	return id.LeadList(l.ID)
}

func lead(list id.LeadList, name string, numbers ...tel.Number) Lead {
	row := campaign.Row{FirstName: name, Data: map[string]string{"plan": "gold"}}
	for _, n := range numbers {
		row.Phones = append(row.Phones, campaign.Phone{Number: n, Label: "home"})
	}
	return NewLead(list, &row)
}

// standing is what has come of a lead, in one line.
func standing(t *testing.T, db *DB, w *world, which id.Lead) string {
	t.Helper()
	l, err := db.Lead(w.ctx, which)
	check(t, err)
	at := ""
	if !l.LastAttempt.IsZero() {
		at = l.LastAttempt.UTC().Format(" 15:04")
	}
	return fmt.Sprintf("%s %d%s %s", l.Status, l.Attempts, at, l.LastOutcome)
}

func TestLeadsOfLists(t *testing.T) {
	onBoth(t, func(t *testing.T, db *DB) {
		w, other := newWorld(t, db, 1), newWorld(t, db, 2)
		list := leadList(t, db, w)
		leads := []Lead{lead(list, "Eve", "+32470111222", "+32470111333"), lead(list, "Dan", "+32470111444")}
		check(t, db.CreateLeads(w.ctx, leads))
		got, err := db.Lead(w.ctx, leads[0].ID)
		check(t, err)
		same(t, "numbers", got.Phones, leads[0].Phones)
		same(t, "data", got.Data, map[string]string{"plan": "gold"})
		same(t, "status", got.Status, campaign.New)
		page, err := db.Leads(w.ctx, list, Range{Limit: 1})
		check(t, err)
		same(t, "page", fmt.Sprintf("%d %s", page.Total, page.Rows[0].FirstName), "2 Dan")
		found, err := db.LeadsByNumber(w.ctx, []id.LeadList{list}, "+32470111333")
		check(t, err)
		same(t, "found", fmt.Sprintf("%d %s", len(found), found[0].FirstName), "1 Eve")
		numbers, err := db.LeadNumbers(w.ctx, list)
		check(t, err)
		same(t, "numbers of the list", len(numbers), 3)

		refused(t, "a number that is there, with one that is not", db.CreateLeads(w.ctx, []Lead{lead(list, "Fay", "+32470111555"),
			lead(list, "Gus", "+32470111222")}), ErrTaken)
		refused(t, "a list that is not there", db.CreateLeads(w.ctx, []Lead{lead("gone", "Fay", "+32470111555")}), ErrUnknownRef)
		refused(t, "a list of others", db.CreateLeads(other.ctx, []Lead{lead(list, "Fay", "+32470111555")}), ErrUnknownRef)
		_, err = db.Lead(other.ctx, leads[0].ID)
		refused(t, "a lead of others", err, ErrNotFound)
		refused(t, "to delete a lead of others", db.DeleteLead(other.ctx, leads[0].ID), ErrNotFound)
		found, err = db.LeadsByNumber(other.ctx, []id.LeadList{list}, "+32470111333")
		check(t, err)
		same(t, "found by others", len(found), 0)

		lists := db.Shelves().LeadLists
		refused(t, "to delete a list with leads", lists.Delete(w.ctx, Actor{}, string(list)), ErrInUse)
		for _, l := range leads {
			check(t, db.DeleteLead(w.ctx, l.ID))
		}
		check(t, lists.Delete(w.ctx, Actor{}, string(list)))
	})
}

// TestLeadsCountTheirCalls: a call counts for one lead, what came of it too, and all of it moves when it comes to count for another.
func TestLeadsCountTheirCalls(t *testing.T) {
	onBoth(t, func(t *testing.T, db *DB) {
		w, other := newWorld(t, db, 1), newWorld(t, db, 2)
		list := leadList(t, db, w)
		leads := []Lead{lead(list, "Eve", "+32470111222"), lead(list, "Dan", "+32470111444")}
		check(t, db.CreateLeads(w.ctx, leads))
		eve, dan := leads[0].ID, leads[1].ID
		noon := time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)
		write := func(do func(*Writer)) {
			t.Helper()
			group := start(t, db, GroupCommitConfig{})
			do(group.Writer(w.org))
			check(t, group.Close(t.Context()))
		}
		write(func(on *Writer) { on.LeadAttempt(LeadAttempt{Call: "c1", Lead: eve, Agent: "ann", At: noon}) })
		same(t, "by a call", standing(t, db, w, eve), "open 1 12:00 ")
		write(func(on *Writer) { on.LeadAttempt(LeadAttempt{Call: "c1", Lead: eve, Agent: "ann", At: noon}) })
		same(t, "stored twice", standing(t, db, w, eve), "open 1 12:00 ")
		write(func(on *Writer) {
			on.Outcome(CallOutcome{Call: "c1", Agent: "ann", Queue: "q", Name: "Sold", At: noon})
		})
		same(t, "by its outcome", standing(t, db, w, eve), "open 1 12:00 Sold")
		write(func(on *Writer) {
			on.Outcome(CallOutcome{Call: "c9", Agent: "ann", Queue: "q", Name: "Lost", At: noon})
		})
		same(t, "by the outcome of another call", standing(t, db, w, eve), "open 1 12:00 Sold")
		write(func(on *Writer) { on.LeadAttempt(LeadAttempt{Call: "c1", Lead: dan, Agent: "bob", At: noon}) })
		same(t, "when the call counts for another", standing(t, db, w, eve), "new 0 ")
		same(t, "the other", standing(t, db, w, dan), "open 1 12:00 Sold")
		write(func(on *Writer) {
			on.Outcome(CallOutcome{Call: "c2", Agent: "ann", Queue: "q", Name: "No answer", At: noon})
			on.LeadAttempt(LeadAttempt{Call: "c2", Lead: dan, Agent: "ann", At: noon.Add(time.Hour)})
			on.LeadAttempt(LeadAttempt{Call: "c3", Lead: "gone", Agent: "ann", At: noon})
		})
		same(t, "by a second call", standing(t, db, w, dan), "open 2 13:00 No answer")
		group := start(t, db, GroupCommitConfig{})
		group.Writer(other.org).LeadAttempt(LeadAttempt{Call: "c4", Lead: dan, Agent: "ann", At: noon})
		check(t, group.Close(t.Context()))
		same(t, "by a call of others", standing(t, db, w, dan), "open 2 13:00 No answer")
	})
}
