package voices

import "testing"

// TestEveryVoiceSpeaks needs both programs (tools/install.sh).
func TestEveryVoiceSpeaks(t *testing.T) {
	for _, v := range All() {
		pcm, err := v.Say(t.Context(), "Good morning, this is a test.")
		if err != nil {
			t.Fatal(err)
		}
		if len(pcm) < Rate || len(pcm) > 6*Rate {
			t.Errorf("%s %s speaks for %d ms", v.Program, v.Name, len(pcm)*1000/Rate)
		}
	}
	if _, err := (Voice{Program: "flite", Name: "slt"}).Say(t.Context(), "x"); err != nil {
		t.Error(err)
	}
	if _, err := (Voice{Program: "no such program"}).Say(t.Context(), "x"); err == nil {
		t.Error("a missing program is no error")
	}
}
