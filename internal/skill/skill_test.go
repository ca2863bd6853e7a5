package skill_test

import (
	"errors"
	"strings"
	"testing"

	"parley/internal/skill"
)

var ann = skill.NewSet([]skill.Skill{
	{Name: "French", Level: 3}, {Name: "billing", Level: 1}, {Name: "new customers", Level: 4.5}, {Name: "BILLING", Level: 2},
})

func TestParse(t *testing.T) {
	for _, c := range []struct {
		in, text string
		fits     bool
		score    float64
	}{
		{"", "", true, 0},
		{"french", "french", true, 3},
		{"German", "German", false, 0},
		{"FRENCH >= 3", "FRENCH >= 3", true, 3},
		{"french≥3.5", "french >= 3.5", false, 3},
		{"billing >= 1", "billing", true, 2},
		{"not german", "NOT german", true, 0},
		{"french and billing", "french AND billing", true, 5},
		{`french >= 3 AND (german OR "new customers" >= 4)`, `french >= 3 AND (german OR "new customers" >= 4)`, true, 7.5},
		{"german AND french OR billing", "german AND french OR billing", true, 2},
		{"german AND (french OR billing)", "german AND (french OR billing)", false, 3},
		{"NOT (french OR german)", "NOT (french OR german)", false, 0},
		{"((NOT NOT french))", "NOT NOT french", true, 0},
		{`"and" OR "1st line"`, `"and" OR "1st line"`, false, 0},
		{"français OR 支持-2", "français OR 支持-2", false, 0},
	} {
		e, err := skill.Parse(c.in)
		if err != nil {
			t.Errorf("%q: %v", c.in, err)
			continue
		}
		if e.String() != c.text || e.Fits(ann) != c.fits || e.Score(ann) != c.score {
			t.Errorf("%q: %q fits %t score %v", c.in, e, e.Fits(ann), e.Score(ann))
		}
	}
}

func TestParseRefuses(t *testing.T) {
	for _, c := range []struct{ in, says string }{
		{"french AND", "ends where a skill should follow"},
		{"french billing", `"billing" where AND, OR or the end should stand`},
		{"(french", "ends where ) should follow"},
		{"french)", `")" where`},
		{"french >= 6", `"6" where a level from 1 to 5 should stand`},
		{"french >= billing", "a level from 1 to 5"},
		{"french >= 1.2.3", "a level from 1 to 5"},
		{"french >=", "ends where a level"},
		{"french > 3", "has no meaning here"},
		{`"french`, "does not end"},
		{`""`, "empty"},
		{"3", `"3" where a skill`},
		{"a\xffb", "no meaning"},
		{strings.Repeat("x", 51), "longer than 50"},
		{strings.Repeat("a OR ", 300), "longer than 1000"},
		{strings.Repeat("(", 60) + "a" + strings.Repeat(")", 60), "more than 32"},
		{strings.Repeat("NOT ", 60) + "a", "more than 32"},
	} {
		if _, err := skill.Parse(c.in); !errors.Is(err, skill.ErrInvalid) || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%q: %v", c.in, err)
		}
	}
}

// FuzzParse checks that what is read is written so that it is read again as the same.
func FuzzParse(f *testing.F) {
	f.Add(`french >= 3 AND (billing OR NOT "new customers")`)
	f.Add("a≥1.5 or not(b)")
	f.Fuzz(func(t *testing.T, text string) {
		e, err := skill.Parse(text)
		if err != nil {
			return
		}
		again, err := skill.Parse(e.String())
		if err != nil && len(e.String()) <= 1000 || err == nil && again.String() != e.String() {
			t.Errorf("%q became %q, then %q: %v", text, e, again, err)
		}
		if err == nil && (e.Fits(ann) != again.Fits(ann) || e.Score(ann) != again.Score(ann)) {
			t.Errorf("%q means another thing as %q", text, e)
		}
	})
}
