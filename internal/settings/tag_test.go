package settings

import (
	"strings"
	"testing"
)

func TestTagValue(t *testing.T) {
	plan := TagKey{Name: "Plan", Type: TagPick, Choices: []string{"Gold", " Silver "}}
	for _, test := range []struct {
		key         TagKey
		given, want string
		why         string
	}{
		{TagKey{Type: TagText}, "  order 4471 ", "order 4471", ""},
		{TagKey{Type: TagText}, " ", "", "is missing"},
		{TagKey{Type: TagText}, strings.Repeat("é", 500), strings.Repeat("é", 500), ""},
		{TagKey{Type: TagText}, strings.Repeat("é", 501), "", "at most 500"},
		{TagKey{Type: TagYesNo}, "", "true", ""},
		{TagKey{Type: TagYesNo}, "Yes", "true", ""},
		{TagKey{Type: TagYesNo}, "0", "false", ""},
		{TagKey{Type: TagYesNo}, "perhaps", "", "yes or no"},
		{plan, "GOLD", "Gold", ""},
		{plan, "silver", "Silver", ""},
		{plan, "Bronze", "", "must be one of"},
		{plan, "", "", "must be one of"},
		{TagKey{Type: TagNumber}, "3.50", "3.5", ""},
		{TagKey{Type: TagNumber}, "-12", "-12", ""},
		{TagKey{Type: TagNumber}, "3,5", "", "must be a number"},
		{TagKey{Type: TagNumber}, "Inf", "", "must be a number"},
		{TagKey{Type: TagNumber}, "1e999", "", "must be a number"},
		{TagKey{Type: TagLink}, "https://crm.example/ticket?id=4471", "https://crm.example/ticket?id=4471", ""},
		{TagKey{Type: TagLink}, "javascript:alert(1)", "", "address of a page"},
		{TagKey{Type: TagLink}, "crm.example", "", "address of a page"},
		{TagKey{Type: TagLink}, "https:///x", "", "address of a page"},
	} {
		got, why := test.key.Value(test.given)
		if got != test.want || (why == "") != (test.why == "") || !strings.Contains(why, test.why) {
			t.Errorf("%s %.20q: %.20q %q, want %.20q %q", test.key.Type, test.given, got, why, test.want, test.why)
		}
	}
}

func TestTagKeyCheck(t *testing.T) {
	for _, test := range []struct {
		key  TagKey
		want string // the fields that are wrong
	}{
		{TagKey{Name: "Plan", Type: TagPick, Choices: []string{"Gold", "Silver"}}, ""},
		{TagKey{Name: "Plan", Type: TagPick}, "choices"},
		{TagKey{Name: "Plan", Type: TagPick, Choices: []string{"Gold", "gold ", ""}}, "choices[1] choices[2]"},
		{TagKey{Name: "Order", Type: TagNumber, Choices: []string{"1"}}, "choices"},
		{TagKey{Name: " ", Type: TagText}, "name"},
		{TagKey{Name: "a\nb", Type: TagText}, "name"},
	} {
		var got []string
		for _, p := range test.key.Check() {
			got = append(got, p.Field)
		}
		if strings.Join(got, " ") != test.want {
			t.Errorf("%+v: %v, want %s", test.key, got, test.want)
		}
	}
}
