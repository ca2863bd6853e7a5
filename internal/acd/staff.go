package acd

import (
	"slices"
	"time"
)

// toggledOff tells whether the agent does not want this queue's calls now.
func (a *agent) toggledOff(q *queue) bool { return slices.Contains(a.ToggledOff, q.ID) }

// staffChanged counts who is online when an agent comes or goes.
func (t *turn) staffChanged(a *agent, was, is Status) {
	if (was == Offline) == (is == Offline) {
		return
	}
	for _, q := range a.member {
		if is == Offline {
			q.staffed--
		} else {
			q.staffed++
		}
		t.watchStaff(q)
	}
}

// watchStaff starts and stops the clock of a queue in which calls wait while no member is online (BX-12).
func (t *turn) watchStaff(q *queue) {
	switch {
	case q.staffed == 0 && q.Unstaffed.IsZero():
		q.Unstaffed = t.now
		for _, c := range q.line {
			t.watchUnstaffed(q, c)
		}
	case q.staffed > 0 && !q.Unstaffed.IsZero():
		q.Unstaffed = time.Time{}
		if !q.Armed.IsZero() {
			q.Armed = time.Time{}
			t.do(StopTimer{Timer: unstaffedTimer(q)})
		}
	}
}

// watchUnstaffed asks for the moment at which a call has waited too long without staff.
func (t *turn) watchUnstaffed(q *queue, c *waiting) {
	due := q.leaves(c)
	if !due.IsZero() && (q.Armed.IsZero() || due.Before(q.Armed)) {
		q.Armed = due
		t.do(SetTimer{Timer: unstaffedTimer(q), After: max(0, due.Sub(t.now))})
	}
}

// leaves is when a call leaves a queue that stays unstaffed, zero when it does not. Callbacks wait for better times.
func (q *queue) leaves(c *waiting) time.Time {
	if q.LeaveUnstaffedSeconds <= 0 || q.Unstaffed.IsZero() || c.Callback != nil || len(c.Offers) > 0 {
		return time.Time{}
	}
	since := q.Unstaffed
	if c.JoinedAt.After(since) {
		since = c.JoinedAt
	}
	return since.Add(time.Duration(q.LeaveUnstaffedSeconds) * time.Second)
}

// unstaffed sends away those who have waited too long while no member was online.
func (t *turn) unstaffed(q *queue) {
	q.Armed = time.Time{}
	for _, c := range slices.Clone(q.line) {
		if due := q.leaves(c); !due.IsZero() && !due.After(t.now) {
			t.dismiss(c, LeftNoAgent)
		} else {
			t.watchUnstaffed(q, c)
		}
	}
}
