package prompt

import (
	"strings"
	"time"
)

type french struct{}

var frenchBelow17 = [...]string{
	"zéro", "un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix", "onze", "douze", "treize",
	"quatorze", "quinze", "seize",
}

var frenchTens = [...]string{
	2: "vingt", "trente", "quarante", "cinquante", "soixante", "soixante", "quatre-vingt", "quatre-vingt",
}

var (
	frenchDays   = [...]string{"dimanche", "lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi"}
	frenchMonths = [...]string{
		1: "janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre",
		"décembre",
	}
)

// below100 counts by twenties from sixty on: soixante-et-onze, quatre-vingt-dix-sept. Only what ends the number has
// the s of quatre-vingts.
func (f french) below100(n int) string {
	switch {
	case n < len(frenchBelow17):
		return frenchBelow17[n]
	case n < 20:
		return "dix-" + frenchBelow17[n-10]
	case n == 80:
		return "quatre-vingts"
	}
	tens, rest := n/10, n%10
	if tens == 7 || tens == 9 {
		rest += 10
	}
	switch {
	case rest == 0:
		return frenchTens[tens]
	case rest%10 == 1 && n < 80:
		return frenchTens[tens] + "-et-" + frenchBelow17[rest]
	}
	return frenchTens[tens] + "-" + f.below100(rest)
}

// feminine is a number below 100 before a feminine noun: une, vingt-et-une; onze stays.
func (f french) feminine(n int) string {
	word := f.below100(n)
	if word == "un" || strings.HasSuffix(word, "-un") {
		return word + "e"
	}
	return word
}

// meet puts a word after a number. Six, huit and dix lose their last sound before a consonant, so both are one
// recording.
func (french) meet(words []string, next string) []string {
	last := &words[len(words)-1]
	for _, changing := range []string{"six", "huit", "dix"} {
		if strings.HasSuffix(*last, changing) {
			*last += " " + next
			return words
		}
	}
	return append(words, next)
}

// below1000 is a number that mille follows or not: only at the end of a number have cents and vingts their s.
func (f french) below1000(n int, followed bool) (words []string) {
	switch h, last := n/hundred, n%hundred == 0 && !followed; {
	case h == 1:
		words = []string{"cent"}
	case h > 1 && last:
		words = f.meet([]string{f.below100(h)}, "cents")
	case h > 1:
		words = f.meet([]string{f.below100(h)}, "cent")
	}
	switch n %= hundred; {
	case n == 80 && followed:
		words = append(words, "quatre-vingt")
	case n > 0 || words == nil:
		words = append(words, f.below100(n))
	}
	return words
}

func (f french) number(n int) []string {
	t, rest := n/thousand, n%thousand
	switch {
	case t == 0:
		return f.below1000(rest, false)
	case t == 1 && rest == 0:
		return []string{"mille"}
	case t == 1:
		return append([]string{"mille"}, f.below1000(rest, false)...)
	}
	words := f.meet(f.below1000(t, true), "mille")
	if rest == 0 {
		return words
	}
	return append(words, f.below1000(rest, false)...)
}

func (f french) position(n int) []string {
	if n == 1 {
		return []string{"Votre appel est le prochain."}
	}
	return append(append([]string{"Vous êtes numéro"}, f.number(n)...), "dans la file d'attente.")
}

var frenchWaits = map[Kind]string{
	Wait: "Le temps d'attente est d'environ", WaitBelow: "Votre attente sera inférieure à",
	WaitExact: "Votre attente durera",
}

// wait begins with words after which nothing has to change whatever number follows.
func (f french) wait(how Kind, minutes int) []string {
	if minutes == 0 {
		return []string{"Le temps d'attente est de moins d'une minute."}
	}
	words := []string{frenchWaits[how]}
	if h := minutes / hourMinutes; h > 0 {
		words = append(words, f.hours(h))
		if minutes %= hourMinutes; minutes == 0 {
			return words
		}
		words = append(words, "et")
	}
	return f.meet(append(words, f.feminine(minutes)), plural(minutes, "minute", "minutes"))
}

// hours is one recording, because heures begins with a vowel that binds: deux‿heures.
func (f french) hours(n int) string {
	if n < 2 {
		return f.feminine(n) + " heure"
	}
	return f.feminine(n) + " heures"
}

func (f french) clock(hour, minute int) []string {
	switch {
	case hour == 0 && minute == 0:
		return []string{"minuit"}
	case hour == 12 && minute == 0:
		return []string{"midi"}
	case minute == 0:
		return []string{f.hours(hour)}
	}
	return []string{f.hours(hour), f.feminine(minute)}
}

func (f french) date(weekday time.Weekday, day int, m time.Month) []string {
	number := f.below100(day)
	if day == 1 {
		number = "premier"
	}
	return []string{frenchDays[weekday], number, frenchMonths[m]}
}
