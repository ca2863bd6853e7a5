package tel

import "testing"

// TestLocationWords: what is not known is not said (BX-14).
func TestLocationWords(t *testing.T) {
	all := map[string]Location{
		"": {},
		"Front desk, Veldstraat 12, 9000 Ghent, Oost-Vlaanderen, BE, floor 3, room 3.14": {
			Name: "Front desk", Street: "Veldstraat 12", City: "Ghent", Region: "Oost-Vlaanderen", PostalCode: "9000", Country: "BE", Floor: "3", Room: "3.14",
		},
		"1 Main St, Springfield, US, room 7": {Street: "1 Main St", City: "Springfield", Country: "US", Room: "7"},
	}
	for want, l := range all {
		if got := l.Words(); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}
