package prompt

import "time"

type english struct{}

var englishBelow20 = [...]string{
	"zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
	"thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
}

var englishTens = [...]string{2: "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"}

var englishOrdinals = [...]string{
	1: "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh",
	"twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth", "eighteenth", "nineteenth",
	"twentieth", "twenty-first", "twenty-second", "twenty-third", "twenty-fourth", "twenty-fifth", "twenty-sixth",
	"twenty-seventh", "twenty-eighth", "twenty-ninth", "thirtieth", "thirty-first",
}

func (english) below100(n int) string {
	switch {
	case n < len(englishBelow20):
		return englishBelow20[n]
	case n%10 == 0:
		return englishTens[n/10]
	}
	return englishTens[n/10] + "-" + englishBelow20[n%10]
}

func (e english) number(n int) (words []string) {
	if n >= thousand {
		words, n = append(e.number(n/thousand), "thousand"), n%thousand
	}
	if n >= hundred {
		words, n = append(words, e.below100(n/hundred), "hundred"), n%hundred
	}
	if n > 0 || words == nil {
		words = append(words, e.below100(n))
	}
	return words
}

func (e english) position(n int) []string {
	if n == 1 {
		return []string{"You are next in the queue."}
	}
	return append(append([]string{"You are number"}, e.number(n)...), "in the queue.")
}

var englishWaits = map[Kind]string{
	Wait: "Your estimated wait is about", WaitBelow: "Your estimated wait is less than",
	WaitExact: "Your estimated wait is",
}

func (e english) wait(how Kind, minutes int) []string {
	if minutes == 0 {
		return []string{"Your estimated wait is less than one minute."}
	}
	words := []string{englishWaits[how]}
	if h := minutes / hourMinutes; h > 0 {
		words = append(words, e.below100(h), plural(h, "hour", "hours"))
		if minutes %= hourMinutes; minutes == 0 {
			return words
		}
		words = append(words, "and")
	}
	return append(words, e.below100(minutes), plural(minutes, "minute", "minutes"))
}

func (e english) clock(hour, minute int) []string {
	switch {
	case hour == 0 && minute == 0:
		return []string{"midnight"}
	case hour == 12 && minute == 0:
		return []string{"noon"}
	}
	half := "a.m."
	if hour >= 12 {
		half = "p.m."
	}
	words := []string{e.below100((hour+11)%12 + 1)}
	switch {
	case minute == 0:
	case minute < 10:
		words = append(words, "oh", e.below100(minute))
	default:
		words = append(words, e.below100(minute))
	}
	return append(words, half)
}

func (english) date(weekday time.Weekday, day int, m time.Month) []string {
	return []string{weekday.String(), m.String(), englishOrdinals[day]}
}

func plural(n int, one, many string) string {
	if n == 1 {
		return one
	}
	return many
}
