package tel

import "testing"

// TestSpent: how often a call may be sent on.
func TestSpent(t *testing.T) {
	many := make([]Forwarding, MaxForwardings)
	for name, test := range map[string]struct {
		behind []Forwarding
		want   bool
	}{
		"fresh":              {nil, false},
		"one":                {[]Forwarding{{Times: 1}}, false},
		"below the limit":    {[]Forwarding{{Times: 1, Limit: 3}, {Times: 1}}, false},
		"at the limit":       {[]Forwarding{{Times: 2}, {Times: 1, Limit: 3}}, true},
		"the lowest counts":  {[]Forwarding{{Times: 1, Limit: 9}, {Times: 1, Limit: 2}}, true},
		"one short of ours":  {many[1:], false},
		"ours, uncounted":    {many, true},
		"ours, all in one":   {[]Forwarding{{Times: MaxForwardings}}, true},
		"theirs beyond ours": {[]Forwarding{{Times: MaxForwardings, Limit: 99}}, true},
	} {
		if got := Spent(test.behind); got != test.want {
			t.Errorf("%s: %v", name, got)
		}
	}
}

// TestDiversionWords: every reason that is known has words, and no other word passes for one.
func TestDiversionWords(t *testing.T) {
	for why := range diversionWords {
		if why.Known() != why || why.Words() == "" {
			t.Errorf("%q is %q, in words %q", why, why.Known(), why.Words())
		}
	}
	for _, why := range []Diversion{"", "unknown", "x\r\nX: y"} {
		if why.Known() != DiversionUnknown || why.Words() != "" {
			t.Errorf("%q is %q, in words %q", why, why.Known(), why.Words())
		}
	}
}
