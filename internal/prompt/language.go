package prompt

import "slices"

// Language is one that callers are spoken to in, as ISO 639-1.
type Language string

// The languages with recorded words.
const (
	English Language = "en"
	German  Language = "de"
	French  Language = "fr"
	Spanish Language = "es"
)

// Languages lists those with recorded words.
func Languages() []Language { return []Language{English, German, French, Spanish} }

// Known tells whether there are recorded words in the language.
func (l Language) Known() bool { return slices.Contains(Languages(), l) }

// countries are those, by ISO 3166, where one of Languages is what callers are spoken to in first; elsewhere it is
// English.
var countries = map[Language][]string{
	German: {"DE", "AT", "CH", "LI"},
	French: {"FR", "BE", "LU", "MC", "SN", "CI", "CM", "ML", "BF", "NE", "TG", "BJ", "GA", "CG", "CD", "MG", "HT", "RE", "GP", "MQ", "GF"},
	Spanish: {
		"ES", "MX", "AR", "CO", "CL", "PE", "VE", "EC", "GT", "CU", "BO", "DO", "HN", "PY", "SV", "NI", "CR", "PA", "UY",
		"PR", "GQ",
	},
}

// LanguageOf is what callers of an organisation in a country (ISO 3166) are spoken to in by default.
func LanguageOf(country string) Language {
	for language, all := range countries {
		if slices.Contains(all, country) {
			return language
		}
	}
	return English
}
