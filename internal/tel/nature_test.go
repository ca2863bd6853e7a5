package tel

import "testing"

func TestNatureOf(t *testing.T) {
	for _, c := range []struct {
		number  Number
		country string
		want    Nature
	}{
		{"+12025550180", "US", Nature{CallingCode: "1"}},
		{"+3225550100", "US", Nature{CallingCode: "32", International: true}},
		{"+18765550100", "US", Nature{CallingCode: "1", International: true}}, // Jamaica
		{"+18005551234", "CA", Nature{CallingCode: "1"}},                      // free of charge in both
		{"+19005551234", "US", Nature{CallingCode: "1", Premium: true}},
		{"+12129765555", "US", Nature{CallingCode: "1", Premium: true}},
		{"+19765551234", "US", Nature{CallingCode: "1", Premium: true}},
		{"+3290212345", "BE", Nature{CallingCode: "32", Premium: true}},
		{"+33899123456", "BE", Nature{CallingCode: "33", International: true, Premium: true}},
		{"+34900123456", "ES", Nature{CallingCode: "34"}}, // 900 is free in Spain
		{"+881612345678", "US", Nature{CallingCode: "881", International: true}},
		{"+999123456", "US", Nature{International: true}}, // nobody's
		{"1207", "BE", Nature{Short: true}},
		{"+321207", "BE", Nature{CallingCode: "32", Short: true}},
	} {
		if got := NatureOf(c.number, c.country); got != c.want {
			t.Errorf("%s from %s: %+v, want %+v", c.number, c.country, got, c.want)
		}
	}
}

func TestShortAndCallingCodes(t *testing.T) {
	for digits, want := range map[string]bool{"1307": true, "1": false, "abc": false, "": false, "11111": false} {
		if got := IsShortCode(digits, "BE"); got != want {
			t.Errorf("short code %q: %v", digits, got)
		}
	}
	for digits, want := range map[string]bool{"1": true, "32": true, "881": true, "999": false, "": false, "+32": false, "032": false, "x": false} {
		if got := IsCallingCode(digits); got != want {
			t.Errorf("calling code %q: %v", digits, got)
		}
	}
}

func TestEmergency(t *testing.T) {
	for _, c := range []struct{ typed, country, want string }{
		{"112", "BE", "112"}, {"101", "BE", "101"}, {"0112", "BE", "112"}, {"9112", "BE", "112"}, {"00112", "BE", "112"},
		{"+32112", "BE", "112"}, {"0032 112", "BE", "112"}, {"1-1-2", "BE", "112"}, {"tel:112", "BE", "112"},
		{"911", "US", "911"}, {"9911", "US", "911"}, {"+1911", "US", "911"}, {"011911", "US", "911"},
		{"999", "GB", "999"}, {"000", "AU", "000"}, {"110", "DE", "110"},
		{"112", "", "112"}, {"911", "BE", "911"}, {"1717", "BE", "1717"}, {"01717", "BE", "1717"},
		{"102", "US", ""}, {"1122", "BE", ""}, {"2112", "BE", ""}, {"", "BE", ""}, {"+", "BE", ""}, {"help", "US", ""}, {"+12025550911", "US", ""},
	} {
		got, ok := Emergency(c.typed, c.country, []string{"1717"})
		if string(got) != c.want || ok != (c.want != "") {
			t.Errorf("%q in %s: %q, %v, want %q", c.typed, c.country, got, ok, c.want)
		}
	}
}

func TestNumberFormats(t *testing.T) {
	for _, c := range []struct {
		number  Number
		format  Format
		country string
		want    string
	}{
		{"+3225550100", FormatE164, "BE", "+3225550100"}, {"+3225550100", "", "BE", "+3225550100"},
		{"+3225550100", FormatDigits, "BE", "3225550100"}, {"+3225550100", FormatInternational, "BE", "003225550100"},
		{"+3225550100", FormatInternational, "US", "0113225550100"}, {"+3225550100", FormatNational, "BE", "025550100"},
		{"+390669821234", FormatNational, "IT", "0669821234"}, {"+12025550100", FormatNational, "US", "12025550100"},
		{"+12025550100", FormatNational, "BE", "0012025550100"}, {"112", FormatDigits, "BE", "112"}, {"+", FormatNational, "BE", "00"},
	} {
		if got := c.number.In(c.format, c.country); got != c.want {
			t.Errorf("%s as %s in %s: %q, want %q", c.number, c.format, c.country, got, c.want)
		}
	}
	for f, want := range map[Format]bool{FormatE164: true, FormatNational: true, FormatDigits: true, FormatInternational: true, "": false, "x": false} {
		if f.Valid() != want {
			t.Errorf("%q: valid %v", f, !want)
		}
	}
}
