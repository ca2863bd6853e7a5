package prompt

import "testing"

// TestPhrases looks at every phrase in every language, and at a language that has none.
func TestPhrases(t *testing.T) {
	for _, p := range Phrases() {
		for _, l := range Languages() {
			said := Say(p, l)
			if said.Text == "" || said.Language != l || said.Text == Say(p, English).Text && l != English {
				t.Errorf("%s in %s: %+v", p, l, said)
			}
		}
		if said := Say(p, "nl"); said != Say(p, English) {
			t.Errorf("%s in a language without phrases: %+v", p, said)
		}
	}
}
