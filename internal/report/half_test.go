package report

import (
	"reflect"
	"testing"
	"time"

	"parley/internal/id"
)

// TestHalvesOn counts each stay once, when it ended, also where the clock is 45 minutes off.
func TestHalvesOn(t *testing.T) {
	here, day := place(t, "Asia/Kathmandu"), Day{2026, 11, 16}
	at := func(hour, minute, second int) time.Time {
		return time.Date(2026, 11, 16, hour, minute, second, 0, here)
	}
	goal := func(id.Queue) Goal { return Goal{Answer: 20 * time.Second, ShortAbandon: 5 * time.Second} }
	stays := []Stay{
		{"q1", at(-1, 59, 0), at(-1, 59, 30), "answered"}, // yesterday
		{"q1", at(-1, 59, 50), at(0, 0, 5), "answered"},
		{"q1", at(9, 29, 55), at(9, 30, 0), "answered"}, {"q1", at(9, 30, 0), at(9, 59, 59), "answered"},
		{"q1", at(9, 40, 0), at(9, 40, 4), "abandoned"}, {"q1", at(9, 40, 0), at(9, 40, 9), "abandoned"},
		{"q1", at(9, 40, 0), at(9, 41, 0), "no_agent"}, {"q2", at(9, 40, 0), at(9, 41, 0), "abandoned"},
		{"q1", at(23, 59, 0), at(24, 0, 0), "answered"}, // tomorrow
	}
	want := []QueueHalf{
		{"2026-11-16", "q1", at(0, 0, 0).UTC(), 1, 1, 0, 0, 15},
		{"2026-11-16", "q1", at(9, 30, 0).UTC(), 2, 1, 2, 1, 5 + 1799 + 4 + 9},
		{"2026-11-16", "q2", at(9, 30, 0).UTC(), 0, 0, 1, 0, 60},
	}
	got := HalvesOn(day, here, stays, goal)
	if !reflect.DeepEqual(got, want) {
		t.Fatalf("\n got %+v\nwant %+v", got, want)
	}
	if level, ok := got[1].ServiceLevel(); level != 33 || !ok {
		t.Errorf("service level %d %v", level, ok)
	}
	sum := got[0]
	sum.Add(&got[1])
	if level, _ := sum.ServiceLevel(); level != 50 || sum.WaitSeconds != 1832 {
		t.Errorf("of the day: %d, %+v", level, sum)
	}
}
