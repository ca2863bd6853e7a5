package settings

import "testing"

// TestStatusWord reads the words of other systems as CF-1 says.
func TestStatusWord(t *testing.T) {
	for word, want := range map[string][3]string{
		"logged out": {"offline", "", "unavailable"}, "Ready": {"available", "", "available"}, "away": {"unavailable", "Away", "unavailable"},
		"PAUSED": {"unavailable", "Paused", "unavailable"}, "not-ready": {"unavailable", "Not ready", "unavailable"},
		"wrap": {"wrap_up", "", "busy"}, " busy ": {"on_call", "", "busy"}, "on_call": {"on_call", "", "busy"}, "available": {"available", "", "available"},
	} {
		status, reason, known := StatusWord(word)
		if !known || status != want[0] || reason != want[1] || EffectOf(status) != want[2] {
			t.Errorf("%q is %q, %q, %q", word, status, reason, EffectOf(status))
		}
	}
	if status, _, known := StatusWord("asleep"); known || status != "" {
		t.Errorf("a word that nobody knows is %q", status)
	}
}
