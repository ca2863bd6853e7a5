package prompt

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"time"
)

// Largest is the largest number that can be said.
const Largest = 999_999

const (
	clockLayout = "15:04"
	mostDigits  = 32
	longestWait = 24 * time.Hour
	minutesAnd  = int(time.Minute/time.Second) - 1
	hourMinutes = 60
	thousand    = 1000
	hundred     = 100
)

// ErrNotSayable says that a value is not what its kind wants, or that there are no words in the language.
var ErrNotSayable = errors.New("cannot be said in recorded words")

// grammar puts values into the recorded words of a language. A word stands as it is written there; words that sound
// otherwise when they meet are one recording.
type grammar interface {
	number(n int) []string                                     // 0 to Largest
	position(n int) []string                                   // 1 to Largest
	wait(how Kind, minutes int) []string                       // below a day; 0 is less than one minute
	clock(hour, minute int) []string                           // of 24 hours
	date(weekday time.Weekday, day int, m time.Month) []string // without a year
}

var grammars = map[Language]grammar{English: english{}, German: german{}, French: french{}, Spanish: spanish{}}

// Words are the recordings that say the prompt's Kind and Value in its Language, in order, or ErrNotSayable.
func (p Prompt) Words() ([]string, error) {
	g, known := grammars[p.Language]
	if !known {
		return nil, fmt.Errorf("language %q: %w", p.Language, ErrNotSayable)
	}
	words, ok := say(p.Language, g, p.Kind, p.Value)
	if !ok {
		return nil, fmt.Errorf("%s %.40q: %w", p.Kind, p.Value, ErrNotSayable)
	}
	return words, nil
}

func say(l Language, g grammar, kind Kind, value string) (words []string, ok bool) {
	switch kind {
	case Standard:
		return standard(l, value)
	case Key:
		return key(l, value)
	case Number:
		n, ok := whole(value, 0, Largest)
		return when(ok, g.number, n), ok
	case Position:
		n, ok := whole(value, 1, Largest)
		return when(ok, g.position, n), ok
	case Wait, WaitBelow, WaitExact:
		n, ok := whole(value, 0, int(longestWait/time.Second)-hourMinutes)
		return when(ok, func(n int) []string { return g.wait(kind, n) }, waitMinutes(n)), ok
	case Digits:
		return digits(g, value)
	case Time:
		t, err := time.Parse(clockLayout, value)
		return g.clock(t.Hour(), t.Minute()), err == nil
	case Beep: // is no word
	case Date:
		t, err := time.Parse(time.DateOnly, value)
		return g.date(t.Weekday(), t.Day(), t.Month()), err == nil
	}
	return nil, false
}

// waitMinutes rounds up, since a caller forgives a shorter wait than was said; 0 is less than a minute.
func waitMinutes(seconds int) int {
	if seconds <= minutesAnd {
		return 0
	}
	return (seconds + minutesAnd) / hourMinutes
}

func when(ok bool, say func(int) []string, n int) []string {
	if !ok {
		return nil
	}
	return say(n)
}

func whole(value string, least, most int) (n int, ok bool) {
	n, err := strconv.Atoi(value)
	return n, err == nil && n >= least && n <= most
}

func digits(g grammar, value string) (words []string, ok bool) {
	if value == "" || len(value) > mostDigits {
		return nil, false
	}
	for _, c := range []byte(value) {
		if c < '0' || c > '9' {
			return nil, false
		}
		words = append(words, g.number(int(c-'0'))...)
	}
	return words, true
}

// Vocabulary lists every recording that can be wanted in a language, sorted; nothing for one without words.
func Vocabulary(language Language) []string {
	g, known := grammars[language]
	if !known {
		return nil
	}
	all := map[string]bool{}
	add := func(words []string) {
		for _, w := range words {
			all[w] = true
		}
	}
	for n := range thousand {
		add(g.number(n))
		add(g.number(thousand * n))
		add(g.number(thousand*n + 1))
		add(g.position(n + 1))
	}
	for minute := range int(longestWait / time.Minute) {
		for _, how := range []Kind{Wait, WaitBelow, WaitExact} {
			add(g.wait(how, minute))
		}
		add(g.clock(minute/hourMinutes, minute%hourMinutes))
	}
	for _, texts := range []map[StandardText]string{standards[language], mailTexts[language], codeTexts[language], followTexts[language]} {
		for _, text := range texts {
			add([]string{text})
		}
	}
	for _, name := range signs[language] {
		add([]string{name})
	}
	const leap = 2024
	for day := time.Date(leap, time.January, 1, 0, 0, 0, 0, time.UTC); day.Year() == leap; day = day.AddDate(0, 0, 1) {
		add(g.date(day.Weekday(), day.Day(), day.Month()))
	}
	return slices.Sorted(maps.Keys(all))
}
