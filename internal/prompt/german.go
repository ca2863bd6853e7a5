package prompt

import "time"

type german struct{}

var germanBelow20 = [...]string{
	"null", "eins", "zwei", "drei", "vier", "fünf", "sechs", "sieben", "acht", "neun", "zehn", "elf", "zwölf",
	"dreizehn", "vierzehn", "fünfzehn", "sechzehn", "siebzehn", "achtzehn", "neunzehn",
}

var germanTens = [...]string{
	2: "zwanzig", "dreißig", "vierzig", "fünfzig", "sechzig", "siebzig", "achtzig", "neunzig",
}

var (
	germanDays   = [...]string{"Sonntag", "Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag"}
	germanMonths = [...]string{
		1: "Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober", "November",
		"Dezember",
	}
)

// stem is a number from 1 to 9 as the first part of another: ein in einundzwanzig and einhundert.
func (german) stem(n int) string {
	if n == 1 {
		return "ein"
	}
	return germanBelow20[n]
}

func (g german) below100(n int) string {
	switch {
	case n < len(germanBelow20):
		return germanBelow20[n]
	case n%10 == 0:
		return germanTens[n/10]
	}
	return g.stem(n%10) + "und" + germanTens[n/10]
}

// thousands ends in eintausend after hundreds too: einhundert eintausend.
func (g german) thousands(n int) (words []string) {
	if n >= hundred {
		words = append(words, g.stem(n/hundred)+"hundert")
	}
	switch n % hundred {
	case 0:
		return append(words, "tausend")
	case 1:
		return append(words, "eintausend")
	}
	return append(words, g.below100(n%hundred), "tausend")
}

func (g german) number(n int) (words []string) {
	if n >= thousand {
		words, n = g.thousands(n/thousand), n%thousand
	}
	if n >= hundred {
		words, n = append(words, g.stem(n/hundred)+"hundert"), n%hundred
	}
	if n > 0 || words == nil {
		words = append(words, g.below100(n))
	}
	return words
}

func (g german) position(n int) []string {
	if n == 1 {
		return []string{"Sie sind als Nächstes an der Reihe."}
	}
	return append(append([]string{"Sie sind auf Platz"}, g.number(n)...), "der Warteschlange.")
}

// of counts a feminine noun: eine Minute, but einundzwanzig Minuten.
func (g german) of(n int, one, many string) []string {
	if n == 1 {
		return []string{"eine", one}
	}
	return []string{g.below100(n), many}
}

var germanWaits = map[Kind]string{
	Wait: "Ihre voraussichtliche Wartezeit beträgt etwa", WaitBelow: "Ihre voraussichtliche Wartezeit beträgt weniger als",
	WaitExact: "Ihre voraussichtliche Wartezeit beträgt",
}

func (g german) wait(how Kind, minutes int) []string {
	if minutes == 0 {
		return []string{"Ihre voraussichtliche Wartezeit beträgt weniger als eine Minute."}
	}
	words := []string{germanWaits[how]}
	if h := minutes / hourMinutes; h > 0 {
		words = append(words, g.of(h, "Stunde", "Stunden")...)
		if minutes %= hourMinutes; minutes == 0 {
			return words
		}
		words = append(words, "und")
	}
	return append(words, g.of(minutes, "Minute", "Minuten")...)
}

func (g german) clock(hour, minute int) []string {
	words := []string{g.below100(hour), "Uhr"}
	if hour == 1 {
		words[0] = "ein"
	}
	if minute > 0 {
		words = append(words, g.below100(minute))
	}
	return words
}

func (g german) date(weekday time.Weekday, day int, m time.Month) []string {
	return []string{germanDays[weekday], "der " + g.ordinal(day), germanMonths[m]}
}

func (g german) ordinal(day int) string {
	switch {
	case day == 1:
		return "erste"
	case day == 3:
		return "dritte"
	case day == 7:
		return "siebte"
	case day == 8:
		return "achte"
	case day < len(germanBelow20):
		return g.below100(day) + "te"
	}
	return g.below100(day) + "ste"
}
