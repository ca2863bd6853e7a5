package quality

import "testing"

// TestDetectors prints how often one-way audio and poor sound are missed or found where nothing is wrong.
// `go test -v -run Detectors ./internal/...` prints those of every detector.
func TestDetectors(t *testing.T) {
	t.Run("one-way audio", oneWayRates)
	t.Run("MOS and banner", bannerRates)
}
