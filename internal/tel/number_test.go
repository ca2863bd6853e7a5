package tel

import "testing"

func TestParseNumber(t *testing.T) {
	tests := []struct {
		name, typed, country string
		want                 Number
	}{
		{"E.164", "+3225550100", "BE", "+3225550100"},
		{"E.164 of another country", "+12125550123", "BE", "+12125550123"},
		{"E.164 that no plan knows", "+999123", "BE", "+999123"},
		{"E.164 with blanks around", "  +3225550100\t", "BE", "+3225550100"},
		{"as people write it", "+32 (0)2 555 01 00", "BE", "+3225550100"},
		{"with dots and dashes", "+1 212-555.0123", "BE", "+12125550123"},
		{"national, Belgium", "02 555 01 00", "BE", "+3225550100"},
		{"national, France", "01 42 68 53 00", "FR", "+33142685300"},
		{"national, United States", "(212) 555-0123", "US", "+12125550123"},
		{"national, Italy keeps its zero", "06 6982 1234", "IT", "+390669821234"},
		{"international prefix of Belgium", "0032 2 555 01 00", "BE", "+3225550100"},
		{"international prefix of the United States", "011 32 2 555 01 00", "US", "+3225550100"},
		{"a mobile", "0470 11 12 22", "BE", "+32470111222"},
		{"letters on the keys", "1-800-FLOWERS", "US", "+18003569377"},
		{"a tel URI", "tel:+32-2-555-01-00", "BE", "+3225550100"},
		{"as people write it, in no country", "+32 2 555 01 00", "", "+3225550100"},
		{"a wide plus sign, in no country", "＋3225550100", "ZZ", "+3225550100"},
		{"a tel URI, in no country", "tel:02-555-01-00;phone-context=+32", "ZZ", "+3225550100"},
		{"15 digits", "+123456789012345", "BE", "+123456789012345"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got, err := ParseNumber(test.typed, test.country)
			if err != nil || got != test.want {
				t.Errorf("%q in %s: %q, %v, want %q", test.typed, test.country, got, err, test.want)
			}
		})
	}
}

func TestParseNumberRefuses(t *testing.T) {
	for _, typed := range []string{"", "+", "ann", "sip:ann@acme.test", "+32x", "1", "+32255501002555010025550100"} {
		if got, err := ParseNumber(typed, "BE"); err == nil || got != "" {
			t.Errorf("%q: %q, %v", typed, got, err)
		} else if want := `"` + typed + `" is not a telephone number`; err.Error() != want {
			t.Errorf("%q: %q, want %q", typed, err, want)
		}
	}
	if got, err := ParseNumber("02 555 01 00", ""); err == nil {
		t.Errorf("a national number of no country: %q", got)
	}
}

func TestIsExtension(t *testing.T) {
	tests := map[Number]bool{
		"10": true, "101": true, "123456": true, "00": true,
		"": false, "1": false, "1234567": false, "+12": false, "1a": false, "١٢": false,
	}
	for n, want := range tests {
		if got := n.IsExtension(); got != want {
			t.Errorf("%q: %v", n, got)
		}
	}
}

func TestPretty(t *testing.T) {
	tests := map[Number]string{
		"+3225550100": "+32 2 555 01 00", "+32470111222": "+32 470 11 12 22", "+12125550123": "+1 212-555-0123",
		"+442079460123": "+44 20 7946 0123", "101": "101", "": "", "ann": "ann",
	}
	for n, want := range tests {
		if got := n.Pretty(); got != want {
			t.Errorf("%q: %q, want %q", n, got, want)
		}
	}
}
