package dialing_test

import (
	"errors"
	"testing"

	"parley/internal/dialing"
	"parley/internal/tel"
)

func plan() *dialing.Plan {
	return &dialing.Plan{
		Country:    "US",
		Extensions: map[string]dialing.Extension{"101": {Agent: "ann", Name: "Ann"}, "102": {Agent: "bob", Name: "Bob"}},
		CallerIDs:  []dialing.CallerID{{Number: "+12025550100"}, {Number: "+12025550101"}},
		Trunks:     []dialing.Trunk{{ID: "any"}, {ID: "belgium", Prefix: "+32"}},
		Default:    "+12025550101",
	}
}

func TestDecide(t *testing.T) {
	for _, c := range []struct {
		name string
		in   dialing.Request
		want dialing.Decision
		why  string
	}{
		{name: "extension", in: dialing.Request{Agent: "ann", To: "102"},
			want: dialing.Decision{Number: "102", Target: dialing.Extension{Agent: "bob", Name: "Bob"}}},
		{name: "own extension", in: dialing.Request{Agent: "ann", To: "101"}, why: "this is your own extension"},
		{name: "unknown extension", in: dialing.Request{Agent: "ann", To: "199"}, why: "nobody has the extension 199"},
		{name: "national number, organisation's caller ID", in: dialing.Request{Agent: "ann", To: "(212) 555-0123"},
			want: dialing.Decision{Number: "+12125550123", Trunk: "any", CallerID: "+12025550101"}},
		{name: "longest prefix wins", in: dialing.Request{Agent: "ann", To: "+3225550100"},
			want: dialing.Decision{Number: "+3225550100", Trunk: "belgium", CallerID: "+12025550101"}},
		{name: "agent's default", in: dialing.Request{Agent: "ann", To: "+12125550123", Default: "+12025550100"},
			want: dialing.Decision{Number: "+12125550123", Trunk: "any", CallerID: "+12025550100"}},
		{name: "From list first", in: dialing.Request{Agent: "ann", To: "+12125550123", From: "+12025550101", Default: "+12025550100"},
			want: dialing.Decision{Number: "+12125550123", Trunk: "any", CallerID: "+12025550101"}},
		{name: "a number that is not ours", in: dialing.Request{Agent: "ann", To: "+12125550123", From: "+13105550100"},
			why: "you may not present the number +13105550100"},
		{name: "nonsense", in: dialing.Request{Agent: "ann", To: "hello"}, why: `"hello" is not a telephone number`},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := plan().Decide(c.in)
			if got != c.want {
				t.Errorf("got %+v, want %+v", got, c.want)
			}
			if (err == nil) != (c.why == "") || err != nil && err.Error() != c.why {
				t.Errorf("refusal %v, want %q", err, c.why)
			}
		})
	}
}

func TestNoWayOut(t *testing.T) {
	p := plan()
	p.Trunks = nil
	_, err := p.Decide(dialing.Request{Agent: "ann", To: "+12125550123"})
	var r dialing.Refusal
	if !errors.As(err, &r) || r.Cause != tel.CauseNoRoute {
		t.Errorf("without a trunk: %v", err)
	}
	p = plan()
	p.CallerIDs = nil
	_, err = p.Decide(dialing.Request{Agent: "ann", To: "+12125550123"})
	if !errors.As(err, &r) || r.Why != "the organisation has no number to present: add one first" {
		t.Errorf("without a number: %v", err)
	}
}
