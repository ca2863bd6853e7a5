package prompt_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"time"

	"parley/internal/prompt"
)

func TestPromptsOfValues(t *testing.T) {
	at := time.Date(2026, time.November, 20, 15, 4, 5, 0, time.UTC)
	for _, c := range []struct {
		in   prompt.Prompt
		want string
	}{
		{prompt.OfNumber(42), `{"kind":"number","value":"42"}`},
		{prompt.OfDigits("007"), `{"kind":"digits","value":"007"}`},
		{prompt.OfPosition(3), `{"kind":"position","value":"3"}`},
		{prompt.OfWait(prompt.Wait, 90*time.Second), `{"kind":"wait","value":"90"}`},
		{prompt.OfTime(at).In(prompt.German), `{"language":"de","kind":"time","value":"15:04"}`},
		{prompt.OfDate(at), `{"kind":"date","value":"2026-11-20"}`},
		{prompt.Prompt{Audio: "a", Language: prompt.French}.In(prompt.German), `{"audio":"a","language":"fr"}`},
		{prompt.Prompt{Text: "Hello", Voice: prompt.Man}, `{"text":"Hello","voice":"man"}`},
		{prompt.Prompt{}, `{}`},
	} {
		got, err := json.Marshal(c.in)
		if err != nil || string(got) != c.want {
			t.Errorf("got %s, %v; want %s", got, err, c.want)
		}
		if c.in.Empty() != (c.want == "{}") {
			t.Errorf("%s is empty: %v", got, c.in.Empty())
		}
	}
}

func TestLanguageOfCountry(t *testing.T) {
	for country, want := range map[string]prompt.Language{
		"DE": "de", "AT": "de", "FR": "fr", "ES": "es", "MX": "es", "US": "en", "GB": "en", "": "en", "XX": "en",
	} {
		if got := prompt.LanguageOf(country); got != want || !got.Known() {
			t.Errorf("%s: %s, want %s", country, got, want)
		}
	}
}

func TestClauses(t *testing.T) {
	long := strings.Repeat("word ", 50)
	for _, c := range []struct {
		name, in string
		want     []string
	}{
		{"nothing", " \n\t ", nil},
		{"one", "Hello.", []string{"Hello."}},
		{"short ones stay together", "No. Yes. Well, perhaps.", []string{"No. Yes. Well, perhaps."}},
		{"sentences and clauses", "Thank you for calling Acme, the best. Please hold the line.",
			[]string{"Thank you for calling Acme,", "the best. Please hold the line."}},
		{"a number is no end of a clause", "The price is exactly 1,250.50 euros for everyone.", []string{"The price is exactly 1,250.50 euros for everyone."}},
		{"what cannot be printed", "Hello\x00\x1b[31m there\uFFFD.", []string{"Hello [31m there ."}},
		{"without end", long, []string{strings.TrimSpace(long[:160]), strings.TrimSpace(long[160:])}},
	} {
		var got []string
		for _, one := range prompt.Clauses(c.in) {
			got = append(got, one.Text)
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: got %q, want %q", c.name, got, c.want)
		}
	}
	all := prompt.Clauses("This is the first of the clauses, this is the second one of them. And the third.")
	if len(all) != 3 || all[0].Pause >= all[1].Pause || all[0].Pause == 0 || all[2].Pause != 0 {
		t.Errorf("pauses of %v", all)
	}
}
