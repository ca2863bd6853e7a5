// Package prompt says what can be played to a caller: library audio, text to be spoken, and numbers, times and waits
// as rows of recorded words (glossary).
package prompt

import (
	"strconv"
	"time"
)

// Prompt is one thing to play. Audio names a sound of the library and wins over the others; then comes what Kind and
// Value say in recorded words, then Text. All empty is silence.
type Prompt struct {
	Audio    string   `json:"audio,omitempty"`
	Text     string   `json:"text,omitempty" maxLength:"1000"`   // up to MaxText characters
	Voice    Voice    `json:"voice,omitempty" enum:",woman,man"` // of Text; empty is Woman
	Language Language `json:"language,omitempty"`                // of the words; empty is the organisation's
	Kind     Kind     `json:"kind,omitempty"`                    // what Value is
	Value    string   `json:"value,omitempty"`
}

// MaxText is how many characters may be spoken (glossary, prompt).
const MaxText = 1000

// Voice is who speaks a text.
type Voice string

// The voices of the glossary.
const (
	Woman Voice = "woman"
	Man   Voice = "man"
)

// Kind says what is said in recorded words.
type Kind string

// The kinds, and how their Value is written.
const (
	Number   Kind = "number"   // 0 to 999999
	Digits   Kind = "digits"   // 1 to 32 digits, said one by one
	Position Kind = "position" // place in the queue, 1 to 999999; 1 is the next caller
	Wait     Kind = "wait"     // estimated wait in seconds, below a day; said as about so many minutes, rounded up
	Time     Kind = "time"     // "15:04"
	Date     Kind = "date"     // "2006-01-02"; said as weekday, day and month
	Standard Kind = "standard" // one of the standard texts
	Key      Kind = "key"      // "0" to "9", "*" or "#"
	Beep     Kind = "beep"     // no word but a tone: speak now

	WaitBelow Kind = "wait_below" // as Wait, said as less than so many minutes
	WaitExact Kind = "wait_exact" // as Wait, said as so many minutes
)

// Empty tells whether nothing would be heard.
func (p Prompt) Empty() bool { return p.Audio == "" && p.Text == "" && p.Kind == "" }

// In is the prompt in a language, unless it has one of its own.
func (p Prompt) In(language Language) Prompt {
	if p.Language == "" {
		p.Language = language
	}
	return p
}

// OfNumber says a number.
func OfNumber(n int) Prompt { return Prompt{Kind: Number, Value: strconv.Itoa(n)} }

// OfDigits says digits one by one.
func OfDigits(digits string) Prompt { return Prompt{Kind: Digits, Value: digits} }

// OfPosition says a place in the queue, of which 1 is the first.
func OfPosition(place int) Prompt { return Prompt{Kind: Position, Value: strconv.Itoa(place)} }

// OfWait says how long the wait is expected to be; how is Wait, WaitBelow or WaitExact.
func OfWait(how Kind, wait time.Duration) Prompt {
	return Prompt{Kind: how, Value: strconv.Itoa(int(wait / time.Second))}
}

// OfTime says hour and minute of t where t is.
func OfTime(t time.Time) Prompt { return Prompt{Kind: Time, Value: t.Format(clockLayout)} }

// OfDate says weekday, day and month of t where t is.
func OfDate(t time.Time) Prompt { return Prompt{Kind: Date, Value: t.Format(time.DateOnly)} }
