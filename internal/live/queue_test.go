package live

import (
	"testing"
	"time"

	"parley/internal/acd"
	"parley/internal/call"
	"parley/internal/id"
	"parley/internal/report"
	"parley/internal/station"
)

func (p *page) queue(t *testing.T, which id.Queue) Queue {
	t.Helper()
	p.read()
	for _, q := range p.see.Queues {
		if q.ID == which {
			return q
		}
	}
	t.Fatalf("queue %s is not shown", which)
	return Queue{}
}

// TestFigures counts a morning at Sales: one answered in time, one too late after a miss, one abandoned, one short abandon,
// one waiting.
func TestFigures(t *testing.T) {
	w := newWorld(t)
	p := open(t, w.hub, viewers()["admin"])
	w.start("ann")
	c := w.arrive("sales")
	w.wait(10 * time.Second)
	w.tellStation("ann", station.Answer{Offer: w.stations["ann"].Ring.Offer, Tab: "ann-tab"})
	w.wait(90 * time.Second)
	w.hangUp(c) // Ann is in wrap-up
	late := w.arrive("sales")
	w.wait(5 * time.Second)
	w.tellACD(acd.EndWrap{Agent: "ann"})
	o := w.stations["ann"].Ring.Offer
	w.tellStation("ann", station.RingSeen{Offer: o, Tab: "ann-tab"})
	w.wait(20 * time.Second)
	w.tellStation("ann", station.TimeUp{Timer: "ring"})
	w.wait(61 * time.Second)
	w.start("bob")
	w.tellStation("bob", station.Answer{Offer: w.stations["bob"].Ring.Offer, Tab: "bob-tab"})
	w.wait(30 * time.Second)
	w.tellACD(acd.SetStatus{Agent: "ann", Status: acd.Unavailable})
	gone, short := w.arrive("sales"), w.arrive("sales")
	w.wait(4 * time.Second)
	w.hangUp(short)
	w.wait(46 * time.Second)
	w.hangUp(gone)
	w.hangUp(late)
	w.tellStation("bob", station.Stop{Tab: "bob-tab"})
	last := w.now
	w.arrive("sales")

	got := p.queue(t, "sales")
	percent := 33
	want := Queue{
		ID: "sales", Name: "Sales", Waiting: 1, LongestWaitSince: last, Offered: 5, Answered: 2, Missed: 1, Abandoned: 2,
		AverageWaitSeconds: (10 + 86 + 4 + 50) / 4, AverageTalkSeconds: (90 + 80) / 2, LongestWaitTodaySeconds: 86,
		Unavailable: 1, Offline: 1,
		WaitWarningSeconds: 60, WaitCriticalSeconds: 180,
	}
	if got.ServiceLevelPercent == nil || *got.ServiceLevelPercent != percent {
		t.Errorf("service level %v, want %d", got.ServiceLevelPercent, percent)
	}
	got.ServiceLevelPercent = nil
	if got != want {
		t.Errorf("got\n%+v\nwant\n%+v", got, want)
	}
}

// TestNewDay begins the figures anew at the organisation's midnight, on pages that are open too; who waits still waits.
func TestNewDay(t *testing.T) {
	w := newWorld(t)
	s := site()
	s.Location = time.FixedZone("UTC+2", 2*3600)
	w.hub.Configure(org, s)
	p := open(t, w.hub, viewers()["admin"])
	w.hangUp(w.arrive("sales"))
	waits := w.arrive("sales")
	w.now = time.Date(2026, 11, 20, 21, 59, 59, 0, time.UTC)
	w.wait(0)
	if q := p.queue(t, "sales"); q.Offered != 2 || q.Abandoned != 1 {
		t.Fatalf("one second before midnight: %+v", q)
	}
	w.wait(time.Second)
	q := p.queue(t, "sales")
	if q.Offered != 0 || q.Abandoned != 0 || q.LongestWaitTodaySeconds != 0 || q.ServiceLevelPercent != nil || q.Waiting != 1 {
		t.Errorf("after midnight: %+v", q)
	}
	w.hub.ACDChanged(w.now.Add(-2*time.Second), org, nil) // told late by another goroutine
	w.hangUp(waits)
	if q := p.queue(t, "sales"); q.Abandoned != 1 || q.Offered != 0 {
		t.Errorf("yesterday's caller gave up: %+v", q)
	}
}

// TestSeed adds what the day held before the program started, and only of this day.
func TestSeed(t *testing.T) {
	w := newWorld(t)
	p := open(t, w.hub, viewers()["admin"])
	w.hangUp(w.arrive("sales"))
	before := map[id.Queue]report.Figures{"sales": {Offered: 10, Answered: 9, InTime: 9, Missed: 2, Waited: 90 * time.Second, Longest: time.Minute}, "gone": {Offered: 1}}
	w.hub.Seed(org, w.now, before)
	q := p.queue(t, "sales")
	if q.Offered != 11 || q.Answered != 9 || q.Missed != 2 || q.Abandoned != 1 || q.LongestWaitTodaySeconds != 60 || q.AverageWaitSeconds != 9 {
		t.Errorf("%+v", q)
	}
	w.hub.Reset(org, "sales")
	w.hub.Seed(org, w.now, before)
	if q := p.queue(t, "sales"); q.Offered != 0 {
		t.Errorf("what was counted before the figures were zeroed came back: %+v", q)
	}
	w.wait(24 * time.Hour)
	w.hub.Seed(org, morning, before)
	if q := p.queue(t, "sales"); q.Offered != 0 {
		t.Errorf("yesterday was added to today: %+v", q)
	}
}

// TestRebuiltACD counts a caller once whom a rebuilt ACD tells of again.
func TestRebuiltACD(t *testing.T) {
	w := newWorld(t)
	p := open(t, w.hub, viewers()["admin"])
	c := w.arrive("sales")
	w.wait(time.Minute)
	w.hub.ACDChanged(w.now, org, []acd.Event{acd.Entered{Call: c, Queue: "sales", Priority: 5, At: morning}})
	if q := p.queue(t, "sales"); q.Offered != 1 || q.Waiting != 1 {
		t.Errorf("%+v", q)
	}
	w.hangUp(c)
	if q := p.queue(t, "sales"); q.AverageWaitSeconds != 60 {
		t.Errorf("%+v", q)
	}
}

// TestLostAgent counts the second wait of a caller by itself, though the place in the queue is that of the first.
func TestLostAgent(t *testing.T) {
	w := newWorld(t)
	p := open(t, w.hub, viewers()["admin"])
	w.start("ann")
	c := w.arrive("sales")
	w.tellStation("ann", station.Answer{Offer: w.stations["ann"].Ring.Offer, Tab: "ann-tab"})
	w.wait(10 * time.Minute)
	w.tellStation("ann", station.Stop{Tab: "ann-tab", Sure: true})
	w.tellCall(c, call.AgentLost{Agent: "ann"})
	w.wait(8 * time.Second)
	w.hangUp(c)
	if q := p.queue(t, "sales"); q.LongestWaitTodaySeconds != 8 || q.Offered != 2 || q.Answered != 1 || q.Abandoned != 1 {
		t.Errorf("%+v", q)
	}
}
