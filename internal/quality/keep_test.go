package quality

import (
	"encoding/json"
	"testing"
)

// TestBannerGoesOn keeps the banner as JSON before every sample; it must decide as one that was never kept.
func TestBannerGoesOn(t *testing.T) {
	for _, story := range []string{"lll gg l ggg", "ll g ljr xx", "lll jjj", "jjj ggg jj g jjj", "ll ---- l g - g - g"} {
		var plain, kept Banner
		for i, s := range samplesOf(story) {
			text, err := json.Marshal(kept)
			if err != nil {
				t.Fatal(err)
			}
			var again Banner
			if err := json.Unmarshal(text, &again); err != nil {
				t.Fatal(err)
			}
			kept = again
			if plain.Observe(s) != kept.Observe(s) || plain.Causes() != kept.Causes() {
				t.Errorf("%q: at %d it is %v, and kept %v", story, i, plain, kept)
			}
		}
	}
}
