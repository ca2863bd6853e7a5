package routing_test

import (
	"errors"
	"strings"
	"testing"

	"parley/internal/dest"
	"parley/internal/id"
	"parley/internal/routing"
	"parley/internal/tel"
)

func TestRoute(t *testing.T) {
	sales := routing.Number{ID: "n1", Number: "+12025550100", Destination: dest.Destination{Kind: dest.Queue, Target: "sales"}}
	plan := &routing.Plan{Country: "US", Numbers: map[tel.Number]routing.Number{sales.Number: sales}}
	for _, c := range []struct {
		name, to string
		want     id.Number
	}{
		{"full form", "+12025550100", "n1"},
		{"national form", "2025550100", "n1"},
		{"national form with separators", "(202) 555-0100", "n1"},
		{"international without plus", "12025550100", "n1"},
		{"another number", "+12025550199", ""},
		{"no number at all", "alice", ""},
		{"empty", "", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := plan.Route("carrier", c.to)
			if got.ID != c.want {
				t.Errorf("Route(%q) = %q, want %q", c.to, got.ID, c.want)
			}
			if unknown := (routing.UnknownNumber{}); (c.want == "") != errors.As(err, &unknown) {
				t.Errorf("Route(%q) error %v", c.to, err)
			}
		})
	}
}

func TestUnknownNumberNamesTrunkAndNumber(t *testing.T) {
	_, err := (&routing.Plan{}).Route("carrier-7", "+3225550100")
	if err == nil || !strings.Contains(err.Error(), "carrier-7") || !strings.Contains(err.Error(), "+3225550100") {
		t.Errorf("error %v does not name the trunk and the number", err)
	}
}
