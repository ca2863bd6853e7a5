package settings

import (
	"reflect"
	"testing"
)

func TestTidy(t *testing.T) {
	given := TimeRouter{Name: " Hours ", Entries: []TimeEntry{{Name: "Open  ", Range: "r"}, {Name: "  ", Range: "r"}}}
	got, blank := Tidy(given)
	if got.Name != "Hours" || got.Entries[0].Name != "Open" || given.Entries[0].Name != "Open  " {
		t.Errorf("tidied to %+v, the given is %+v", got, given)
	}
	if want := []Problem{{"entries[1].name", "must not be empty"}}; !reflect.DeepEqual(blank, want) {
		t.Errorf("blank: %v", blank)
	}
	if menu, blank := Tidy(Menu{Name: "\t", Prompt: said}); len(blank) != 1 || blank[0].Field != "name" || menu.Prompt != said {
		t.Errorf("a blank name: %v, %+v", blank, menu)
	}
	if user, blank := Tidy(User{LastName: " Low ", FirstName: "Ben"}); len(blank) > 0 || user.LastName != " Low " {
		t.Errorf("what need not be said is left alone: %+v %v", user, blank)
	}
}

// TestTidyLists: what a list names again is there once, at its first place; every list of words or records is a set or an order.
func TestTidyLists(t *testing.T) {
	ann, twice := []string{"ann"}, []string{"ben", "ann", "ben", "ben"}
	q := Queue{
		Name: "Sales", Members: Members{Agents: twice, Groups: []string{"g", "g"}}, Steps: []SkillStep{{Agents: []string{"ann", "ann"}}},
		MemberWeights: []MemberWeight{{Agents: []string{"ann", "ann"}}}, TagsOnEntry: []string{"vip", "VIP", "vip"}, Outcomes: nil,
	}
	got, _ := Tidy(q)
	for _, one := range []struct{ got, want []string }{
		{got.Members.Agents, []string{"ben", "ann"}}, {got.Members.Groups, []string{"g"}}, {got.Steps[0].Agents, ann},
		{got.MemberWeights[0].Agents, ann}, {got.TagsOnEntry, []string{"vip", "VIP"}}, {got.Outcomes, nil},
		{twice, []string{"ben", "ann", "ben", "ben"}}, // the caller's stays as it was
	} {
		if !reflect.DeepEqual(one.got, one.want) {
			t.Errorf("got %v, want %v", one.got, one.want)
		}
	}
	group, _ := Tidy(Group{Name: "Team", Users: []string{"u", "u"}})
	trunk, _ := Tidy(Trunk{Name: "T", Networks: []string{"192.0.2.0/24", "192.0.2.0/24"}, Prefixes: []string{"+32", "+33", "+32"}})
	rate, _ := Tidy(Rate{Name: "R", Prefixes: []string{"+32", "+32"}})
	if len(group.Users) != 1 || len(trunk.Networks) != 1 || len(trunk.Prefixes) != 2 || len(rate.Prefixes) != 1 {
		t.Errorf("kept %v, %v, %v, %v", group.Users, trunk.Networks, trunk.Prefixes, rate.Prefixes)
	}
}
