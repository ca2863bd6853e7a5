package campaign

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"parley/internal/tel"
)

func TestCount(t *testing.T) {
	noon := time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)
	before := noon.Add(-24 * time.Hour)
	for _, c := range []struct {
		name     string
		status   Status
		attempts []Attempt
		want     Standing
	}{
		{"no call yet", New, nil, Standing{Status: New}},
		{"the first call opens it", New, []Attempt{{At: noon}}, Standing{Open, 1, noon, ""}},
		{"the outcome of its call", Open, []Attempt{{noon, "Sold"}}, Standing{Open, 1, noon, "Sold"}},
		{"the latest counts, in any order", Open, []Attempt{{noon, "Sold"}, {before, "No answer"}}, Standing{Open, 2, noon, "Sold"}},
		{"an earlier outcome stays until there is a newer", Open, []Attempt{{before, "No answer"}, {noon, ""}}, Standing{Open, 2, noon, "No answer"}},
		{"new again when its only call moves away", Open, nil, Standing{Status: New}},
		{"what is done stays done", Completed, []Attempt{{noon, "Sold"}}, Standing{Completed, 1, noon, "Sold"}},
		{"done without calls", Completed, nil, Standing{Status: Completed}},
	} {
		if got := Count(c.status, c.attempts); got != c.want {
			t.Errorf("%s: %+v, not %+v", c.name, got, c.want)
		}
	}
}

func TestMayConvert(t *testing.T) {
	free := Wish{Name: "Eve Bell", Status: Open, Campaign: "Spring", Shown: true}
	for _, c := range []struct {
		name   string
		change func(*Wish)
		want   string
	}{
		{"a lead of a campaign that is shown", func(*Wish) {}, ""},
		{"a lead that is completed is spoken with again", func(w *Wish) { w.Status = Completed }, ""},
		{"not shown", func(w *Wish) { w.Shown = false }, "the campaign Spring is not shown to you: choose a lead of another campaign"},
		{"do not call", func(w *Wish) { w.Status = DNC }, "Eve Bell is on the do-not-call list: choose another lead"},
	} {
		w := free
		c.change(&w)
		err := MayConvert(w)
		if c.want == "" && err != nil || c.want != "" && (err == nil || err.Error() != c.want || !errors.Is(err, ErrNotNow)) {
			t.Errorf("%s: %v", c.name, err)
		}
	}
}

func TestShown(t *testing.T) {
	for _, c := range []struct {
		name   string
		viewer Viewer
		teams  []string
		want   bool
	}{
		{"all", Viewer{}, nil, true},
		{"one's own group", Viewer{OwnOnly: true, Groups: []string{"a", "b"}}, []string{"b"}, true},
		{"another group", Viewer{OwnOnly: true, Groups: []string{"a"}}, []string{"b"}, false},
		{"a campaign of no group", Viewer{OwnOnly: true, Groups: []string{"a"}}, nil, false},
		{"a manager", Viewer{OwnOnly: true, Manages: true}, nil, true},
	} {
		if got := Shown(c.viewer, c.teams); got != c.want {
			t.Errorf("%s: %v", c.name, got)
		}
	}
}

// told is a file as it was understood, a line each.
func told(f File) string {
	text := &strings.Builder{}
	for _, r := range f.Rows {
		text.WriteString(strings.TrimRight(fmt.Sprintf("%s %s %v %s %v %s", r.FirstName, r.LastName, r.Phones, r.Timezone, r.Data, r.Status), " ") + "\n")
	}
	for _, p := range f.Refused {
		fmt.Fprintf(text, "refused %d %s\n", p.Line, p.Why)
	}
	for _, p := range f.Skipped {
		fmt.Fprintf(text, "skipped %d %s\n", p.Line, p.Why)
	}
	return text.String()
}

func TestRead(t *testing.T) {
	known := func(n tel.Number) bool { return n == "+32470000001" }
	for _, c := range []struct{ name, text, want string }{
		{"names, numbers, data", "\xef\xbb\xbfFirst_Name,last_name,phone,phone_2,Plan\nEve,Bell,0470 11 12 22,+442079460958,gold\n",
			"Eve Bell [{+32470111222  false} {+442079460958  false}]  map[Plan:gold]\n"},
		{"a lead with its timezone", "phone,timezone\n+12025550199,America/New_York\n", "  [{+12025550199  false}] America/New_York map[]\n"},
		{"lines that cannot be taken", "first_name,phone,timezone\nEve,,\nDan,nonsense,\nFay,0470111222,Nowhere\nGus,0470111333,,x\nHal,12,\n",
			"refused 2 there is no number to call\nrefused 3 the number \"nonsense\" is no telephone number\n" +
				"refused 4 the timezone \"Nowhere\" is none: give its name, such as Europe/Brussels\n" +
				"refused 5 the line has more cells than there are columns\nrefused 6 the number \"12\" is no telephone number\n"},
		{"numbers that are there", "first_name,phone\nEve,0470000001\nDan,0470111222\nDaniel,+32 470 11 12 22\n",
			"Dan  [{+32470111222  false}]  map[]\nskipped 2 the number +32470000001 is in this list already\nskipped 4 the number +32470111222 stands in line 3 too\n"},
		{"a status", "phone,status\n+12025550199,DNC\n+12025550198,later\n",
			"  [{+12025550199  false}]  map[] dnc\nrefused 3 the status \"later\" is none: a lead is new, open, callback, completed or dnc\n"},
		{"no column of numbers", "first_name\nEve\n", "refused 1 no column is named phone\n"},
		{"a column twice", "phone,Phone\n1,2\n", "refused 1 the column Phone stands there twice\n"},
		{"nothing", "", "refused 1 the file has no line that names the columns\n"},
		{"a quote that is not closed", "phone,note\n0470111222,\"x\n", "refused 2 the line is no CSV: look at its quotes; what follows was not read\n"},
		{"too long a name", "first_name,phone\n" + strings.Repeat("x", 101) + ",0470111222\n", "refused 2 a name has at most 100 characters\n"},
	} {
		if got := told(Read([]byte(c.text), "BE", known)); got != c.want {
			t.Errorf("%s:\n%s\nnot\n%s", c.name, got, c.want)
		}
	}
}

func TestReadTakesSoManyLeads(t *testing.T) {
	text := &strings.Builder{}
	text.WriteString("phone\n")
	for i := range MaxLines + 2 {
		fmt.Fprintf(text, "+3247%07d\n", i)
	}
	f := Read([]byte(text.String()), "BE", func(tel.Number) bool { return false })
	if len(f.Rows) != MaxLines || len(f.Refused) != 1 || f.Refused[0].Line != MaxLines+2 {
		t.Errorf("%d leads, %+v", len(f.Rows), f.Refused)
	}
}
