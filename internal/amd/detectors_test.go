package amd

import "testing"

// TestDetectors prints how often answering machines are missed or found where there is none.
// `go test -v -run Detectors ./internal/...` prints those of every detector.
func TestDetectors(t *testing.T) {
	t.Run("beeps missed", beepsMissed)
	t.Run("false beeps in speech", beepsInSpeech)
	t.Run("people and machines mistaken", verdictRates)
	t.Run("greetings never seen", unseenGreetings)
}
