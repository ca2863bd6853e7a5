package tel

import "testing"

// TestDigits goes through the events of RFC 4733 table 3.
func TestDigits(t *testing.T) {
	for event, key := range []Digit{"0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "*", "#", "A", "B", "C", "D"} {
		if got := key.Event(); got != event {
			t.Errorf("%q is event %d, want %d", key, got, event)
		}
		if got, ok := DigitOf(uint8(event)); !ok || got != key {
			t.Errorf("event %d is %q, %v, want %q", event, got, ok, key)
		}
	}
	for _, none := range []Digit{"", "a", "E", "12", " ", "٣"} {
		if got := none.Event(); got != -1 {
			t.Errorf("%q is event %d", none, got)
		}
	}
	for _, none := range []uint8{16, 36, 255} { // 16 is a hook flash, 36 a fax tone
		if got, ok := DigitOf(none); ok || got != "" {
			t.Errorf("event %d is %q", none, got)
		}
	}
}
