package prompt_test

import (
	"slices"
	"testing"

	"parley/internal/prompt"
)

// TestStandardTexts: every standard text and every key is one recording of the vocabulary, in all four languages.
func TestStandardTexts(t *testing.T) {
	for _, l := range prompt.Languages() {
		vocabulary := prompt.Vocabulary(l)
		all := []prompt.Prompt{prompt.OfKey("*"), prompt.OfKey("#"), prompt.OfKey("7")}
		for _, text := range prompt.StandardTexts() {
			all = append(all, prompt.OfStandard(text))
		}
		for _, p := range all {
			words, err := p.In(l).Words()
			if err != nil || len(words) != 1 || !slices.Contains(vocabulary, words[0]) {
				t.Errorf("%s %s in %s: %q, %v", p.Kind, p.Value, l, words, err)
			}
		}
	}
}

func TestWhatIsNoKey(t *testing.T) {
	for _, p := range []prompt.Prompt{prompt.OfKey(""), prompt.OfKey("12"), prompt.OfKey("A"), prompt.OfStandard("sermon"), prompt.OfBeep()} {
		if words, err := p.In(prompt.English).Words(); err == nil {
			t.Errorf("%+v is said as %q", p, words)
		}
	}
}

func TestOr(t *testing.T) {
	own, standard := prompt.Prompt{Audio: "own"}, prompt.OfStandard(prompt.NoAgent)
	if own.Or(standard) != own || (prompt.Prompt{}).Or(standard) != standard {
		t.Error("an empty prompt alone gives way to the standard text")
	}
}
