package schedule_test

import (
	"errors"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"parley/internal/schedule"
)

var (
	windowFrom  = time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	windowUntil = time.Date(2029, 1, 1, 0, 0, 0, 0, time.UTC)
)

// spans reads events and writes each stretch of time in a line.
func spans(t *testing.T, events string) (string, []string) {
	t.Helper()
	text := "BEGIN:VCALENDAR\r\nVERSION:2.0\r\n" + strings.ReplaceAll(strings.TrimSpace(events), "\n", "\r\n") + "\r\nEND:VCALENDAR\r\n"
	c, err := schedule.ParseCalendar([]byte(text), windowFrom, windowUntil)
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	for _, s := range c.Spans {
		all = append(all, show(s))
	}
	return strings.Join(all, "\n"), c.Remarks
}

func show(s schedule.Span) string {
	if s.Floating && s.Until.Sub(s.From)%(24*time.Hour) == 0 {
		return fmt.Sprintf("%s %s +%d", s.Name, s.From.Format(time.DateOnly), s.Until.Sub(s.From)/(24*time.Hour))
	}
	zone := "Z"
	if s.Floating {
		zone = ""
	}
	return fmt.Sprintf("%s %s%s +%s", s.Name, s.From.Format("2006-01-02T15:04"), zone, s.Until.Sub(s.From))
}

func vevent(lines ...string) string {
	return "BEGIN:VEVENT\n" + strings.Join(lines, "\n") + "\nSUMMARY:X\nEND:VEVENT\n"
}

func TestCalendarEvents(t *testing.T) {
	for _, c := range []struct {
		name, events, want string
	}{
		{"a day", vevent("DTSTART;VALUE=DATE:20261225"), "X 2026-12-25 +1"},
		{"several days, the end is exclusive", vevent("DTSTART;VALUE=DATE:20261224", "DTEND;VALUE=DATE:20261227"), "X 2026-12-24 +3"},
		{"a day written without saying so", vevent("DTSTART:20261225"), "X 2026-12-25 +1"},
		{"floating time", vevent("DTSTART:20261224T120000", "DTEND:20261224T180000"), "X 2026-12-24T12:00 +6h0m0s"},
		{"world's time", vevent("DTSTART:20261224T120000Z", "DURATION:PT1H30M"), "X 2026-12-24T12:00Z +1h30m0s"},
		{"time in a zone", vevent("DTSTART;TZID=Europe/Brussels:20261224T120000", "DTEND;TZID=Europe/Brussels:20261224T130000"), "X 2026-12-24T11:00Z +1h0m0s"},
		{"zone in quotes", vevent(`DTSTART;TZID="America/New_York":20260704T120000`, "DURATION:P1D"), "X 2026-07-04T16:00Z +24h0m0s"},
		{"zone with a maker's name", vevent("DTSTART;TZID=/example.org/20050126_1/Europe/Paris:20260701T120000", "DURATION:PT1H"), "X 2026-07-01T10:00Z +1h0m0s"},
		{"zone that nobody knows is the range's", vevent("DTSTART;TZID=Our Time:20260701T120000", "DURATION:PT1H"), "X 2026-07-01T12:00 +1h0m0s"},
		{"zone that the calendar explains",
			"BEGIN:VTIMEZONE\nTZID:Ours\nX-LIC-LOCATION:Asia/Tokyo\nEND:VTIMEZONE\n" + vevent("DTSTART;TZID=Ours:20260701T120000", "DURATION:PT1H"),
			"X 2026-07-01T03:00Z +1h0m0s"},
		{"no length is no time", vevent("DTSTART:20261224T120000Z"), ""},
		{"cancelled", vevent("DTSTART;VALUE=DATE:20261225", "STATUS:CANCELLED"), ""},
		{"long ago", vevent("DTSTART;VALUE=DATE:20161225"), ""},
		{"far away", vevent("DTSTART;VALUE=DATE:20361225"), ""},
		{"folded", "BEGIN:VEVENT\nDTSTART;VALUE=DA\n TE:20261225\nSUMMARY:Chri\n\tstmas\\, all of it\nEND:VEVENT", "Christmas, all of it 2026-12-25 +1"},
		{"an alarm inside does not count", vevent("DTSTART;VALUE=DATE:20261225", "BEGIN:VALARM", "DTSTART:19990101", "DURATION:P9D", "END:VALARM"), "X 2026-12-25 +1"},
		{"small letters", "begin:vevent\ndtstart;value=date:20261225\nsummary:X\nend:vevent", "X 2026-12-25 +1"},

		{"every year", vevent("DTSTART;VALUE=DATE:19700101", "RRULE:FREQ=YEARLY"), "X 2026-01-01 +1\nX 2027-01-01 +1\nX 2028-01-01 +1\nX 2029-01-01 +1"},
		{"fourth Thursday of November", vevent("DTSTART;VALUE=DATE:19701126", "RRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=4TH"), "X 2026-11-26 +1\nX 2027-11-25 +1\nX 2028-11-23 +1"},
		{"last Monday of May", vevent("DTSTART;VALUE=DATE:19710531", "RRULE:FREQ=YEARLY;BYDAY=-1MO;BYMONTH=5"), "X 2026-05-25 +1\nX 2027-05-31 +1\nX 2028-05-29 +1"},
		{"election day: the Tuesday after a Monday",
			vevent("DTSTART;VALUE=DATE:19961105", "RRULE:FREQ=YEARLY;INTERVAL=4;BYMONTH=11;BYDAY=TU;BYMONTHDAY=2,3,4,5,6,7,8"), "X 2028-11-07 +1"},
		{"29 February", vevent("DTSTART;VALUE=DATE:20240229", "RRULE:FREQ=YEARLY"), "X 2028-02-29 +1"},
		{"until a day", vevent("DTSTART;VALUE=DATE:20200501", "RRULE:FREQ=YEARLY;UNTIL=20270501"), "X 2026-05-01 +1\nX 2027-05-01 +1"},
		{"three times", vevent("DTSTART;VALUE=DATE:20250501", "RRULE:FREQ=YEARLY;COUNT=3"), "X 2026-05-01 +1\nX 2027-05-01 +1"},
		{"every other week on two days", vevent("DTSTART:20261102T090000", "DURATION:PT1H", "RRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,WE;COUNT=4"),
			"X 2026-11-02T09:00 +1h0m0s\nX 2026-11-04T09:00 +1h0m0s\nX 2026-11-16T09:00 +1h0m0s\nX 2026-11-18T09:00 +1h0m0s"},
		{"weeks begin on Sunday", vevent("DTSTART;VALUE=DATE:20261101", "RRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=SU,TU;WKST=SU;COUNT=3"), "X 2026-11-01 +1\nX 2026-11-03 +1\nX 2026-11-15 +1"},
		{"last working day of the month", vevent("DTSTART;VALUE=DATE:20281031", "RRULE:FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1"), "X 2028-10-31 +1\nX 2028-11-30 +1\nX 2028-12-29 +1"},
		{"last day of the month", vevent("DTSTART;VALUE=DATE:20281031", "RRULE:FREQ=MONTHLY;BYMONTHDAY=-1"), "X 2028-10-31 +1\nX 2028-11-30 +1\nX 2028-12-31 +1"},
		{"hundredth day", vevent("DTSTART;VALUE=DATE:20200409", "RRULE:FREQ=YEARLY;BYYEARDAY=100"), "X 2026-04-10 +1\nX 2027-04-10 +1\nX 2028-04-09 +1"},
		{"daily", vevent("DTSTART;VALUE=DATE:20261230", "RRULE:FREQ=DAILY;UNTIL=20270101"), "X 2026-12-30 +1\nX 2026-12-31 +1\nX 2027-01-01 +1"},
		{"over a change of the clocks", vevent("DTSTART;TZID=Europe/Brussels:20260327T120000", "DURATION:PT1H", "RRULE:FREQ=DAILY;INTERVAL=3;COUNT=2"),
			"X 2026-03-27T11:00Z +1h0m0s\nX 2026-03-30T10:00Z +1h0m0s"},
		{"not that day", vevent("DTSTART;VALUE=DATE:20200501", "RRULE:FREQ=YEARLY", "EXDATE;VALUE=DATE:20270501,20280501"), "X 2026-05-01 +1"},
		{"not at that time", vevent("DTSTART:20261102T090000Z", "DURATION:PT1H", "RRULE:FREQ=DAILY;COUNT=2", "EXDATE:20261102T090000Z"), "X 2026-11-03T09:00Z +1h0m0s"},
		{"further days", vevent("DTSTART;VALUE=DATE:20260501", "RDATE;VALUE=DATE:20260601,20270601"), "X 2026-05-01 +1\nX 2026-06-01 +1\nX 2027-06-01 +1"},
		{"one that was moved",
			vevent("UID:a", "DTSTART;VALUE=DATE:20200501", "RRULE:FREQ=YEARLY") + vevent("UID:a", "RECURRENCE-ID;VALUE=DATE:20270501", "DTSTART;VALUE=DATE:20270503"),
			"X 2026-05-01 +1\nX 2027-05-03 +1\nX 2028-05-01 +1"},
		{"a rule that never gives a day", vevent("DTSTART;VALUE=DATE:20260501", "RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30"), "X 2026-05-01 +1"},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, remarks := spans(t, c.events)
			if got != c.want || len(remarks) > 0 {
				t.Errorf("got\n%s\nwant\n%s\nremarks %q", got, c.want, remarks)
			}
		})
	}
}

// What cannot be read of one event takes nothing from the others, and is said.
func TestCalendarRemarks(t *testing.T) {
	for _, c := range []struct {
		name, events, want, remark string
	}{
		{"no start", vevent("UID:1"), "", "does not say when it begins"},
		{"no date", vevent("DTSTART:tomorrow"), "", "is no date"},
		{"no time", vevent("DTSTART:20261225T990000"), "", "is no time"},
		{"duration", vevent("DTSTART:20261225", "DURATION:long"), "", "duration"},
		{"duration without a unit", vevent("DTSTART:20261225", "DURATION:P12"), "", "duration"},
		{"too long", vevent("DTSTART:20261225", "DTEND:20291225"), "", "longer than a year"},
		{"every hour", vevent("DTSTART:20261225", "RRULE:FREQ=HOURLY"), "X 2026-12-25 +1", "rule"},
		{"week numbers", vevent("DTSTART:20261225", "RRULE:FREQ=YEARLY;BYWEEKNO=20"), "X 2026-12-25 +1", "BYWEEKNO"},
		{"a day that does not exist", vevent("DTSTART:20261225", "RRULE:FREQ=YEARLY;BYDAY=XX"), "X 2026-12-25 +1", "rule"},
		{"no interval", vevent("DTSTART:20261225", "RRULE:FREQ=YEARLY;INTERVAL=0"), "X 2026-12-25 +1", "rule"},
		{"counts for ever", vevent("DTSTART:00010101", "RRULE:FREQ=DAILY;COUNT=1000000;BYMONTHDAY=31;BYMONTH=2"), "", "too often"},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, remarks := spans(t, c.events+strings.ReplaceAll(vevent("DTSTART:20280101"), "SUMMARY:X", "SUMMARY:Y"))
			if want := strings.TrimSpace(c.want + "\nY 2028-01-01 +1"); got != want {
				t.Errorf("got\n%s\nwant\n%s", got, want)
			}
			if len(remarks) != 1 || !strings.Contains(remarks[0], c.remark) {
				t.Errorf("remarks %q, want %q", remarks, c.remark)
			}
		})
	}
}

func TestNoCalendar(t *testing.T) {
	for name, text := range map[string]string{
		"nothing": "", "a page": "<html><body>Not found</body></html>", "too much": "BEGIN:VCALENDAR\n" + strings.Repeat("X", schedule.MaxCalendarBytes),
	} {
		if c, err := schedule.ParseCalendar([]byte(text), windowFrom, windowUntil); !errors.Is(err, schedule.ErrNoCalendar) {
			t.Errorf("%s: %+v, %v", name, c, err)
		}
	}
}

func TestTooManyDays(t *testing.T) {
	got, remarks := spans(t, vevent("DTSTART;VALUE=DATE:20000101", "RRULE:FREQ=DAILY")+vevent("DTSTART;VALUE=DATE:20000101", "RRULE:FREQ=DAILY"))
	if n := strings.Count(got, "\n") + 1; n != schedule.MaxSpans || len(remarks) != 1 || !strings.Contains(remarks[0], "left out") {
		t.Errorf("%d spans, remarks %q", n, remarks)
	}
}

// TestHolidayFeed reads a feed as public calendars write them: each year's days, days that move, folded lines.
func TestHolidayFeed(t *testing.T) {
	text, err := os.ReadFile("testdata/belgium.ics")
	if err != nil {
		t.Fatal(err)
	}
	c, err := schedule.ParseCalendar(text, windowFrom, time.Date(2027, 1, 1, 0, 0, 0, 0, time.UTC))
	if err != nil || len(c.Remarks) > 0 {
		t.Fatal(c.Remarks, err)
	}
	var days []string
	for _, s := range c.Spans {
		days = append(days, s.From.Format("01-02"))
	}
	const want = "01-01 04-06 05-01 05-14 05-25 07-21 08-15 11-01 11-11 12-25"
	if got := strings.Join(days, " "); !strings.HasPrefix(got, want) {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

// FuzzCalendar: a stranger's bytes never panic, and what is read of them keeps within the bounds.
func FuzzCalendar(f *testing.F) {
	if text, err := os.ReadFile("testdata/belgium.ics"); err == nil {
		f.Add(text)
	}
	for _, events := range []string{
		vevent("DTSTART;TZID=\"A:B\":20261225T000000", "DURATION:P1W2DT3H4M5S", "RRULE:FREQ=MONTHLY;BYDAY=-1FR,2MO;BYSETPOS=1,-1;COUNT=9"),
		vevent("DTSTART:00010101", "DTEND:99991231", "RRULE:FREQ=WEEKLY;WKST=SU;UNTIL=99991231T235959Z"),
		vevent("UID:a", "RECURRENCE-ID:20261225", "DTSTART:20261226", "RDATE;VALUE=PERIOD:20261225T000000Z/PT1H"),
		"BEGIN:VTIMEZONE\nTZID:X\nX-LIC-LOCATION:../../etc\nEND:VTIMEZONE\nEND:VEVENT\nEND\n \n:\n;;;=\n",
	} {
		f.Add([]byte("BEGIN:VCALENDAR\n" + events + "END:VCALENDAR"))
	}
	home := zone(f, "Europe/Brussels")
	f.Fuzz(func(t *testing.T, text []byte) {
		c, err := schedule.ParseCalendar(text, windowFrom, windowUntil)
		if err != nil {
			return
		}
		if len(c.Spans) > schedule.MaxSpans || len(c.Remarks) > 50 {
			t.Fatalf("%d spans, %d remarks", len(c.Spans), len(c.Remarks))
		}
		for _, s := range c.Spans {
			if !s.From.Before(s.Until) || s.Until.Before(windowFrom.AddDate(0, 0, -2)) || s.From.After(windowUntil.AddDate(0, 0, 2)) || len(s.Name) > 400 {
				t.Fatalf("span %+v", s)
			}
		}
		h, err := schedule.Read(schedule.Range{}, c.Spans, home)
		if err != nil {
			t.Fatal(err)
		}
		if next, ok := h.NextChange(windowFrom); ok && !next.After(windowFrom) {
			t.Fatalf("next change %v", next)
		}
	})
}

// TestHostileCalendar: files made to cost time are read in no time worth speaking of.
func TestHostileCalendar(t *testing.T) {
	for name, events := range map[string]string{
		"exceptions":  vevent("DTSTART;TZID=Europe/Brussels:20200101T000000", "DURATION:PT1H", "RRULE:FREQ=DAILY", "EXDATE:"+strings.Repeat("20260101T000000,", 100_000)+"20260101T000000"),
		"moved":       strings.Repeat(vevent("UID:a", "DTSTART:20260101"), 8000) + strings.Repeat(vevent("UID:a", "DTSTART:20260101", "RECURRENCE-ID:20260102"), 8000),
		"rules":       strings.Repeat(vevent("DTSTART:00010101", "RRULE:FREQ=DAILY;COUNT=1000000"), 10_000),
		"nested":      strings.Repeat("BEGIN:VEVENT\n", 100_000),
		"one line":    "X;" + strings.Repeat("A=B;", 400_000) + ":Y",
		"fold":        "X:Y\n" + strings.Repeat(" Z\n", 500_000),
		"many zones":  vevent("DTSTART;TZID="+strings.Repeat("a/", 500_000)+":20260101T000000", "DURATION:PT1H"),
		"commas only": vevent("DTSTART:20260101", "RDATE:"+strings.Repeat(",", 1_000_000)),
	} {
		t.Run(name, func(t *testing.T) {
			begun := time.Now()
			spans(t, events)
			if took := time.Since(begun); took > 10*time.Second { // it takes a fraction of one, without -race on a quiet machine
				t.Errorf("took %v", took)
			}
		})
	}
}
