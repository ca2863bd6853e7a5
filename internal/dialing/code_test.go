package dialing

import (
	"testing"

	"parley/internal/settings"
)

// TestFeatureOf: codes are those of the organisation; behind some of them something follows (BX-31).
func TestFeatureOf(t *testing.T) {
	codes := settings.New[settings.Codes]()
	codes.LastCaller, codes.AnyMailbox = "*11", ""
	for typed, want := range map[string]string{
		"*97": "own_mailbox/", " *78 ": "do_not_disturb_on/", "*79": "do_not_disturb_off/", "*72": "forwarding_on/", "*72202": "forwarding_on/202",
		"*72 +32470111222": "forwarding_on/+32470111222", "*73": "forwarding_off/", "*45": "available_toggle/", "*451": "available_toggle/1",
		"*11": "last_caller/", "*007": "speed_dial/07", "*0": "speed_dial/", "*07": "speed_dial/7",
		"*69": "/", "*98": "/", "*978": "/", "*781": "/", "201": "/", "": "/", "*": "/",
	} {
		which, rest, is := FeatureOf(codes, typed)
		if got := string(which) + "/" + rest; got != want || is != (want != "/") {
			t.Errorf("%q is %s %v, not %s", typed, got, is, want)
		}
	}
}
