package prompt_test

import (
	"errors"
	"slices"
	"strconv"
	"strings"
	"testing"

	"parley/internal/prompt"
)

// A bar parts recordings.
func expect(t *testing.T, language prompt.Language, kind prompt.Kind, table map[string]string) {
	t.Helper()
	for value, want := range table {
		words, err := prompt.Prompt{Kind: kind, Value: value, Language: language}.Words()
		if got := strings.Join(words, "|"); err != nil || got != want {
			t.Errorf("%s %s %s: got %s, %v; want %s", language, kind, value, got, err, want)
		}
	}
}

func TestEnglish(t *testing.T) {
	expect(t, prompt.English, prompt.Number, map[string]string{
		"0": "zero", "1": "one", "10": "ten", "11": "eleven", "13": "thirteen", "20": "twenty", "21": "twenty-one",
		"40": "forty", "99": "ninety-nine", "100": "one|hundred", "101": "one|hundred|one",
		"112": "one|hundred|twelve", "999": "nine|hundred|ninety-nine", "1000": "one|thousand",
		"1001": "one|thousand|one", "12345": "twelve|thousand|three|hundred|forty-five",
		"100000": "one|hundred|thousand", "300040": "three|hundred|thousand|forty",
		"999999": "nine|hundred|ninety-nine|thousand|nine|hundred|ninety-nine",
	})
	expect(t, prompt.English, prompt.Digits, map[string]string{"0470": "zero|four|seven|zero", "9": "nine"})
	expect(t, prompt.English, prompt.Position, map[string]string{
		"1": "You are next in the queue.", "3": "You are number|three|in the queue.",
		"120": "You are number|one|hundred|twenty|in the queue.",
	})
	expect(t, prompt.English, prompt.WaitBelow, map[string]string{"60": "Your estimated wait is less than|one|minute"})
	expect(t, prompt.English, prompt.WaitExact, map[string]string{"300": "Your estimated wait is|five|minutes"})
	expect(t, prompt.English, prompt.Wait, map[string]string{
		"0": "Your estimated wait is less than one minute.", "59": "Your estimated wait is less than one minute.",
		"60": "Your estimated wait is about|one|minute", "61": "Your estimated wait is about|two|minutes",
		"300": "Your estimated wait is about|five|minutes", "3600": "Your estimated wait is about|one|hour",
		"7500": "Your estimated wait is about|two|hours|and|five|minutes",
	})
	expect(t, prompt.English, prompt.Time, map[string]string{
		"00:00": "midnight", "00:05": "twelve|oh|five|a.m.", "07:00": "seven|a.m.", "09:30": "nine|thirty|a.m.",
		"12:00": "noon", "12:01": "twelve|oh|one|p.m.", "15:04": "three|oh|four|p.m.", "23:59": "eleven|fifty-nine|p.m.",
	})
	expect(t, prompt.English, prompt.Date, map[string]string{
		"2026-11-20": "Friday|November|twentieth", "2026-03-01": "Sunday|March|first",
		"2024-02-29": "Thursday|February|twenty-ninth", "2026-12-31": "Thursday|December|thirty-first",
	})
}

func TestGerman(t *testing.T) {
	expect(t, prompt.German, prompt.Number, map[string]string{
		"0": "null", "1": "eins", "12": "zwölf", "16": "sechzehn", "17": "siebzehn", "20": "zwanzig",
		"21": "einundzwanzig", "24": "vierundzwanzig", "30": "dreißig", "61": "einundsechzig", "66": "sechsundsechzig",
		"77": "siebenundsiebzig", "100": "einhundert", "101": "einhundert|eins", "117": "einhundert|siebzehn",
		"1000": "eintausend", "1001": "eintausend|eins", "2000": "zwei|tausend", "7316": "sieben|tausend|dreihundert|sechzehn",
		"21000": "einundzwanzig|tausend", "100000": "einhundert|tausend", "101000": "einhundert|eintausend",
		"701701": "siebenhundert|eintausend|siebenhundert|eins",
		"999999": "neunhundert|neunundneunzig|tausend|neunhundert|neunundneunzig",
	})
	expect(t, prompt.German, prompt.Digits, map[string]string{"010": "null|eins|null"})
	expect(t, prompt.German, prompt.Position, map[string]string{
		"1": "Sie sind als Nächstes an der Reihe.", "2": "Sie sind auf Platz|zwei|der Warteschlange.",
		"21": "Sie sind auf Platz|einundzwanzig|der Warteschlange.",
	})
	const wait = "Ihre voraussichtliche Wartezeit beträgt "
	expect(t, prompt.German, prompt.WaitBelow, map[string]string{"60": wait + "weniger als|eine|Minute"})
	expect(t, prompt.German, prompt.WaitExact, map[string]string{"3600": "Ihre voraussichtliche Wartezeit beträgt|eine|Stunde"})
	expect(t, prompt.German, prompt.Wait, map[string]string{
		"10": wait + "weniger als eine Minute.", "60": wait + "etwa|eine|Minute", "120": wait + "etwa|zwei|Minuten",
		"1260": wait + "etwa|einundzwanzig|Minuten", "3660": wait + "etwa|eine|Stunde|und|eine|Minute",
		"7200": wait + "etwa|zwei|Stunden",
	})
	expect(t, prompt.German, prompt.Time, map[string]string{
		"00:00": "null|Uhr", "01:00": "ein|Uhr", "01:01": "ein|Uhr|eins", "15:30": "fünfzehn|Uhr|dreißig",
		"21:05": "einundzwanzig|Uhr|fünf",
	})
	expect(t, prompt.German, prompt.Date, map[string]string{
		"2026-03-01": "Sonntag|der erste|März", "2026-03-03": "Dienstag|der dritte|März",
		"2026-07-07": "Dienstag|der siebte|Juli", "2026-08-08": "Samstag|der achte|August",
		"2026-11-19": "Donnerstag|der neunzehnte|November", "2026-11-20": "Freitag|der zwanzigste|November",
		"2026-12-31": "Donnerstag|der einunddreißigste|Dezember", "2026-05-04": "Montag|der vierte|Mai",
	})
}

func TestFrench(t *testing.T) {
	expect(t, prompt.French, prompt.Number, map[string]string{
		"0": "zéro", "1": "un", "16": "seize", "17": "dix-sept", "20": "vingt", "21": "vingt-et-un", "22": "vingt-deux",
		"31": "trente-et-un", "69": "soixante-neuf", "70": "soixante-dix", "71": "soixante-et-onze", "72": "soixante-douze",
		"79": "soixante-dix-neuf", "80": "quatre-vingts", "81": "quatre-vingt-un", "90": "quatre-vingt-dix",
		"91": "quatre-vingt-onze", "97": "quatre-vingt-dix-sept", "99": "quatre-vingt-dix-neuf", "100": "cent",
		"101": "cent|un", "180": "cent|quatre-vingts", "200": "deux|cents", "201": "deux|cent|un", "600": "six cents",
		"806": "huit cent|six", "1000": "mille", "1001": "mille|un", "2000": "deux|mille", "6000": "six mille",
		"10000": "dix mille", "18000": "dix-huit mille", "17000": "dix-sept|mille", "80000": "quatre-vingt|mille",
		"100000": "cent|mille", "200000": "deux|cent|mille", "280080": "deux|cent|quatre-vingt|mille|quatre-vingts",
		"21000":  "vingt-et-un|mille",
		"999999": "neuf|cent|quatre-vingt-dix-neuf|mille|neuf|cent|quatre-vingt-dix-neuf",
	})
	expect(t, prompt.French, prompt.Position, map[string]string{
		"1": "Votre appel est le prochain.", "11": "Vous êtes numéro|onze|dans la file d'attente.",
	})
	const wait = "Le temps d'attente est "
	expect(t, prompt.French, prompt.WaitBelow, map[string]string{"60": "Votre attente sera inférieure à|une|minute"})
	expect(t, prompt.French, prompt.WaitExact, map[string]string{"360": "Votre attente durera|six minutes"})
	expect(t, prompt.French, prompt.Wait, map[string]string{
		"0": wait + "de moins d'une minute.", "60": wait + "d'environ|une|minute", "300": wait + "d'environ|cinq|minutes",
		"360": wait + "d'environ|six minutes", "660": wait + "d'environ|onze|minutes", "1680": wait + "d'environ|vingt-huit minutes",
		"1260": wait + "d'environ|vingt-et-une|minutes", "3600": wait + "d'environ|une heure",
		"7260": wait + "d'environ|deux heures|et|une|minute", "75600": wait + "d'environ|vingt-et-une heures",
	})
	expect(t, prompt.French, prompt.Time, map[string]string{
		"00:00": "minuit", "00:05": "zéro heure|cinq", "01:00": "une heure", "12:00": "midi", "12:30": "douze heures|trente",
		"15:21": "quinze heures|vingt-et-une", "21:00": "vingt-et-une heures",
	})
	expect(t, prompt.French, prompt.Date, map[string]string{
		"2026-03-01": "dimanche|premier|mars", "2026-08-11": "mardi|onze|août", "2026-12-31": "jeudi|trente-et-un|décembre",
	})
}

func TestSpanish(t *testing.T) {
	expect(t, prompt.Spanish, prompt.Number, map[string]string{
		"0": "cero", "1": "uno", "15": "quince", "16": "dieciséis", "21": "veintiuno", "22": "veintidós", "26": "veintiséis",
		"30": "treinta", "31": "treinta y uno", "99": "noventa y nueve", "100": "cien", "101": "ciento|uno",
		"116": "ciento|dieciséis", "200": "doscientos", "500": "quinientos", "777": "setecientos|setenta y siete",
		"999": "novecientos|noventa y nueve", "1000": "mil", "1001": "mil|uno", "2000": "dos|mil",
		"21000": "veintiún|mil", "31000": "treinta y un|mil", "100000": "cien|mil", "101000": "ciento|un|mil",
		"111011": "ciento|once|mil|once", "200100": "doscientos|mil|cien", "721021": "setecientos|veintiún|mil|veintiuno",
	})
	expect(t, prompt.Spanish, prompt.Position, map[string]string{
		"1": "Su llamada es la siguiente.", "21": "Usted es el número|veintiuno|en la cola.",
	})
	const wait = "El tiempo de espera es de "
	expect(t, prompt.Spanish, prompt.WaitBelow, map[string]string{"60": wait + "menos de|un|minuto"})
	expect(t, prompt.Spanish, prompt.WaitExact, map[string]string{"120": "El tiempo de espera es de|dos|minutos"})
	expect(t, prompt.Spanish, prompt.Wait, map[string]string{
		"0": wait + "menos de un minuto.", "60": wait + "aproximadamente|un|minuto",
		"660": wait + "aproximadamente|once|minutos", "1260": wait + "aproximadamente|veintiún|minutos",
		"1860": wait + "aproximadamente|treinta y un|minutos", "3660": wait + "aproximadamente|una|hora|y|un|minuto",
		"75600": wait + "aproximadamente|veintiuna|horas",
	})
	expect(t, prompt.Spanish, prompt.Time, map[string]string{
		"00:00": "las doce|de la noche", "00:30": "las doce|y media|de la madrugada", "01:00": "la una|de la madrugada",
		"09:15": "las nueve|y cuarto|de la mañana", "12:00": "las doce|del mediodía", "13:21": "la una|y|veintiuno|de la tarde",
		"15:05": "las tres|y|cinco|de la tarde", "20:00": "las ocho|de la noche",
	})
	expect(t, prompt.Spanish, prompt.Date, map[string]string{
		"2026-03-01": "domingo|uno|de marzo", "2026-11-21": "sábado|veintiuno|de noviembre", "2026-12-31": "jueves|treinta y uno|de diciembre",
	})
}

func TestWhatCannotBeSaid(t *testing.T) {
	for _, p := range []prompt.Prompt{
		{}, {Kind: prompt.Number, Value: "1"}, {Kind: prompt.Number, Value: "1", Language: "nl"},
		{Kind: "colour", Value: "1", Language: "en"}, {Kind: prompt.Number, Value: "-1", Language: "en"},
		{Kind: prompt.Number, Value: "1000000", Language: "en"}, {Kind: prompt.Number, Language: "en"},
		{Kind: prompt.Position, Value: "0", Language: "en"}, {Kind: prompt.Wait, Value: "86400", Language: "en"},
		{Kind: prompt.Wait, Value: "-1", Language: "en"}, {Kind: prompt.Digits, Value: "12a", Language: "en"},
		{Kind: prompt.Digits, Language: "en"}, {Kind: prompt.Digits, Value: strings.Repeat("1", 33), Language: "en"},
		{Kind: prompt.Time, Value: "24:00", Language: "en"}, {Kind: prompt.Date, Value: "2025-02-29", Language: "en"},
	} {
		if words, err := p.Words(); !errors.Is(err, prompt.ErrNotSayable) || words != nil {
			t.Errorf("%+v: %v, %v", p, words, err)
		}
	}
}

// Every number has words, all of them in the vocabulary, and no two numbers have the same.
func TestVocabularyIsComplete(t *testing.T) {
	for _, language := range prompt.Languages() {
		vocabulary := prompt.Vocabulary(language)
		if len(vocabulary) < 100 || len(vocabulary) > 300 {
			t.Errorf("%s has %d recordings", language, len(vocabulary))
		}
		known := map[string]bool{}
		for _, w := range vocabulary {
			known[w] = true
		}
		for n := 0; n <= prompt.Largest; n += step(n) {
			words, err := prompt.OfNumber(n).In(language).Words()
			if err != nil || len(words) == 0 {
				t.Fatalf("%s %d: %v, %v", language, n, words, err)
			}
			if i := slices.IndexFunc(words, func(w string) bool { return !known[w] }); i >= 0 {
				t.Fatalf("%s %d: %q has no recording", language, n, words[i])
			}
		}
		said := map[string]int{}
		for n := range 20000 {
			words, _ := prompt.Prompt{Kind: prompt.Number, Value: strconv.Itoa(n), Language: language}.Words()
			text := strings.Join(words, " ")
			if other, twice := said[text]; twice {
				t.Fatalf("%s: %d and %d are both %q", language, other, n, text)
			}
			said[text] = n
		}
	}
}

// step meets every pair of what stands before and after thousand at least once, without a million rounds under -race.
func step(n int) int {
	if n < 2000 {
		return 1
	}
	return 37
}
