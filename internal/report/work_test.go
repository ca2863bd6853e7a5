package report

import (
	"math/rand/v2"
	"reflect"
	"testing"
	"time"

	"parley/internal/id"
)

func place(t *testing.T, name string) *time.Location {
	t.Helper()
	l, err := time.LoadLocation(name)
	if err != nil {
		t.Fatal(err)
	}
	return l
}

// TestDays looks at days that are not of 24 hours, also where clocks change at midnight, by half an hour, or skip a whole day.
func TestDays(t *testing.T) {
	tests := []struct {
		place, day string
		hours      float64
	}{
		{"Europe/Brussels", "2026-03-29", 23}, {"Europe/Brussels", "2026-10-25", 25}, {"Europe/Brussels", "2026-11-21", 24},
		{"America/Santiago", "2026-09-06", 23}, {"America/Santiago", "2026-04-04", 25}, // at 24:00
		{"Asia/Beirut", "2026-03-29", 23}, {"Asia/Beirut", "2026-10-24", 25}, // at 0:00
		{"Africa/Cairo", "2026-04-24", 23}, {"Africa/Cairo", "2026-10-29", 25}, {"Australia/Lord_Howe", "2026-10-04", 23.5},
		{"Asia/Kolkata", "2026-11-21", 24}, {"America/Havana", "2026-11-01", 25},
	}
	for _, test := range tests {
		t.Run(test.place+" "+test.day, func(t *testing.T) {
			d, err := ParseDay(test.day)
			if err != nil || d.String() != test.day {
				t.Fatalf("%v %v", d, err)
			}
			if s := d.At(place(t, test.place)); s.To.Sub(s.From).Hours() != test.hours {
				t.Errorf("%v to %v", s.From, s.To)
			}
		})
	}
	for _, name := range []string{"Europe/Brussels", "America/Santiago", "Asia/Beirut", "Australia/Lord_Howe", "America/Havana", "Pacific/Auckland"} {
		here := place(t, name)
		for d, end := (Day{2026, 1, 1}), (Day{2028, 1, 1}); d.Before(end); d = d.Plus(1) {
			first := d.Begins(here)
			if DayOf(first, here) != d || DayOf(first.Add(-time.Second), here) != d.Plus(-1) {
				t.Fatalf("%s: %v begins at %v", name, d, first.In(here))
			}
		}
	}
	if _, err := ParseDay("2026-13-01"); err == nil {
		t.Error("a thirteenth month was taken")
	}
	if n := (Day{2026, 2, 27}).Until(Day{2026, 3, 1}); n != 2 {
		t.Errorf("%d days to March", n)
	}
}

var effects = map[string]string{
	"available": "available", "on_call": "busy", "wrap_up": "busy", "unavailable": "unavailable", "offline": "unavailable",
}

func turn(at time.Time, from, to string, before time.Duration) Turn {
	return Turn{Agent: "ann", Channel: "voice", At: at, From: from, To: to, FromEffect: effects[from], ToEffect: effects[to], Before: before}
}

// shift is a random life of an agent over some days.
func shift(r *rand.Rand, from time.Time, days int) []Turn {
	words := []string{"available", "on_call", "wrap_up", "unavailable", "offline"}
	at, status := from, "offline"
	var all []Turn
	for at.Before(from.AddDate(0, 0, days)) {
		wait := time.Duration(r.Int64N(int64(3 * time.Hour)))
		if r.IntN(20) == 0 {
			wait *= 12 // over whole days
		}
		next := words[r.IntN(len(words))]
		if next == status {
			continue
		}
		at = at.Add(wait)
		all = append(all, turn(at, status, next, wait))
		status = next
	}
	return all
}

// TestWorkAddsUp tells random lives over the days in which clocks change, and finds every second once: by status, by effect, by hour
// and by day, whoever looks at which day, also at one that is not over.
func TestWorkAddsUp(t *testing.T) {
	for _, name := range []string{"Europe/Brussels", "America/Santiago", "Asia/Kolkata", "Australia/Lord_Howe"} {
		here := place(t, name)
		for seed := range uint64(40) {
			r := rand.New(rand.NewPCG(seed, 1))
			first := Day{2026, []time.Month{3, 4, 10}[seed%3], 2}
			turns := shift(r, first.Begins(here).Add(time.Duration(r.Int64N(int64(time.Hour)))), 32)
			now := first.Plus(31).Begins(here).Add(time.Duration(r.Int64N(int64(24 * time.Hour))))
			sum := Work{}
			for d := first; !DayOf(now, here).Before(d); d = d.Plus(1) {
				for _, one := range WorkOn(d, here, now, upTo(turns, d.At(here)), nil) {
					checkDay(t, &one, d, here)
					sum.Add(&one.Work)
				}
			}
			if want := trackedOf(turns, now); sum.Tracked != want || sum.Available+sum.Unavailable != want {
				t.Fatalf("%s, seed %d: tracked %d, available %d, unavailable %d, want %d", name, seed, sum.Tracked, sum.Available, sum.Unavailable, want)
			}
		}
	}
}

// upTo is what the store gives for a day: its turns and the last before.
func upTo(turns []Turn, day Span) []Turn {
	var all []Turn
	for _, t := range turns {
		if t.At.Before(day.From) {
			all = []Turn{t}
		} else if t.At.Before(day.To) {
			all = append(all, t)
		}
	}
	return all
}

func checkDay(t *testing.T, one *AgentDay, d Day, here *time.Location) {
	t.Helper()
	statuses, hours, free := 0, 0, 0
	for _, s := range one.Statuses {
		statuses += s.Seconds
	}
	for _, h := range one.Hours {
		hours, free = hours+h.Tracked, free+h.Available
	}
	span := d.At(here)
	if statuses != one.Tracked || hours != one.Tracked || free != one.Available || one.Tracked > int(span.To.Sub(span.From)/time.Second) {
		t.Fatalf("%v at %v: statuses %d, hours %d, of them available %d: %+v", d, here, statuses, hours, free, one.Work)
	}
}

// trackedOf counts another way: turn by turn, in whole seconds.
func trackedOf(turns []Turn, now time.Time) int {
	sum := 0
	for i, t := range turns {
		end := now
		if i+1 < len(turns) && turns[i+1].At.Before(now) {
			end = turns[i+1].At
		}
		if t.To != "offline" && t.At.Before(now) {
			sum += int(end.Unix() - t.At.Unix())
		}
	}
	return sum
}

// TestWorkOn is one agent's Monday in Brussels, from the night before until now.
func TestWorkOn(t *testing.T) {
	here := place(t, "Europe/Brussels")
	day := Day{2026, 11, 16}
	at := func(hour, minute int) time.Time { return time.Date(2026, 11, 16, hour, minute, 0, 0, here) }
	tea := turn(at(2, 15), "wrap_up", "unavailable", 15*time.Minute)
	tea.Custom = "Tea"
	turns := []Turn{
		turn(at(-1, 30), "offline", "available", time.Hour), turn(at(1, 50), "available", "on_call", 140*time.Minute),
		turn(at(2, 0), "on_call", "wrap_up", 10*time.Minute), tea,
	}
	parts := []Part{
		{Agent: "ann", Channel: "voice", At: at(1, 50), Taken: true}, {Agent: "ann", Channel: "voice", At: at(2, 5), Missed: 2},
		{Agent: "ann", Channel: "voice", At: at(-1, 59), Taken: true}, // yesterday
		{Agent: "bob", Channel: "voice", At: at(2, 6)},                // neither taken nor missed
	}
	got := WorkOn(day, here, at(2, 30), turns, parts)
	want := []AgentDay{{Day: "2026-11-16", Agent: "ann", Channel: "voice", Work: Work{
		Available: 135 * 60, Unavailable: 15 * 60, Tracked: 150 * 60, Taken: 1, Missed: 2,
		Statuses: []StatusTime{{"available", "", 110 * 60}, {"on_call", "", 10 * 60}, {"unavailable", "Tea", 15 * 60}, {"wrap_up", "", 15 * 60}},
		Hours:    []WorkHour{{0, 3600, 3600, 0}, {1, 3600, 3600, 1}, {2, 900, 1800, 0}},
	}}}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("\n got %+v\nwant %+v", got, want)
	}
	if percent, ok := got[0].Percent(); percent != 90 || !ok || got[0].Handle() != 25*60 {
		t.Errorf("available %d %v, handled in %d s", percent, ok, got[0].Handle())
	}
	nothing := Work{}
	if _, ok := nothing.Percent(); ok || nothing.Handle() != 0 {
		t.Error("nothing has figures")
	}
}

// TestStretches looks at turns that do not follow from each other: where the program did not run.
func TestStretches(t *testing.T) {
	base := time.Date(2026, 11, 16, 9, 0, 0, 0, time.UTC)
	at := func(minutes int) time.Time { return base.Add(time.Duration(minutes) * time.Minute) }
	span := Span{at(0), at(60)}
	type stretch struct {
		from, to int
		status   string
	}
	tests := []struct {
		name  string
		turns []Turn
		want  []stretch
	}{
		{"none", nil, nil},
		{"known from the next turn", []Turn{turn(at(20), "available", "offline", 15*time.Minute)}, []stretch{{5, 20, "available"}, {20, 60, "offline"}}},
		{"still in it", []Turn{turn(at(-500), "offline", "available", time.Hour)}, []stretch{{0, 60, "available"}}},
		{"a crash in a call", []Turn{turn(at(0), "available", "on_call", 0), turn(at(30), "available", "unavailable", 20*time.Minute)},
			[]stretch{{0, 10, "on_call"}, {10, 30, "available"}, {30, 60, "unavailable"}}},
		{"before says more than there was", []Turn{turn(at(0), "available", "on_call", 0), turn(at(30), "available", "offline", 9*time.Hour)},
			[]stretch{{0, 30, "available"}, {30, 60, "offline"}}},
		{"in the wrong order", []Turn{turn(at(40), "available", "offline", time.Hour), turn(at(10), "offline", "available", time.Minute)},
			[]stretch{{9, 10, "offline"}, {10, 40, "available"}, {40, 60, "offline"}}},
		{"after the span", []Turn{turn(at(90), "available", "offline", 2*time.Hour)}, []stretch{{0, 60, "available"}}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			var got []stretch
			for _, s := range StretchesOf(id.Agent("ann"), "voice", span, test.turns) {
				got = append(got, stretch{int(s.From.Sub(base) / time.Minute), int(s.To.Sub(base) / time.Minute), s.Status})
			}
			if !reflect.DeepEqual(got, test.want) {
				t.Errorf("\n got %+v\nwant %+v", got, test.want)
			}
		})
	}
}
