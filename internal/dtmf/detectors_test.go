package dtmf

import "testing"

// TestDetectors prints how often keys in the sound are missed or found in speech.
// `go test -v -run Detectors ./internal/...` prints those of every detector.
func TestDetectors(t *testing.T) {
	t.Run("false keys in speech", talkOff)
	t.Run("keys missed in noise", keysMissed)
}
