// Package amd tells from the sound of a called party whether a person or an answering machine took the call, and
// when a machine's beep has ended.
package amd

import "time"

// Settings are the limits of the detection. The zero value of a field means its default.
type Settings struct {
	Rate           int           // Hz of the sound: 8000 (default), 16000 or 48000
	InitialSilence time.Duration // without a voice for so long, the answer is Unsure: 2.5 s
	Greeting       time.Duration // a person greets for less, a machine for longer: 2.9 s from first to last word
	AfterGreeting  time.Duration // silence after which a short greeting was a person's: 800 ms
	Limit          time.Duration // the answer comes by then, Unsure if need be: 6 s
	MinWord        time.Duration // a voice for a shorter time is a click or a breath: 100 ms
	BetweenWords   time.Duration // a silence of this length parts two words: 100 ms
	MaxWords       int           // more words in one greeting are a machine's: 6
	Quiet          time.Duration // silence after a machine's greeting that stands for a beep (VM-13): 2 s
	FromStart      bool          // Quiet counts from the beginning too, for one who may never speak
}

func (s Settings) completed() Settings {
	s.Rate = or(s.Rate, 8000)
	s.InitialSilence = or(s.InitialSilence, 2500*time.Millisecond)
	s.Greeting = or(s.Greeting, 2900*time.Millisecond)
	s.AfterGreeting = or(s.AfterGreeting, 800*time.Millisecond)
	s.Limit = or(s.Limit, 6*time.Second)
	s.MinWord = or(s.MinWord, 100*time.Millisecond)
	s.BetweenWords = or(s.BetweenWords, 100*time.Millisecond)
	s.MaxWords = or(s.MaxWords, 6)
	s.Quiet = or(s.Quiet, 2*time.Second)
	return s
}

func or[T int | time.Duration](v, otherwise T) T {
	if v <= 0 {
		return otherwise
	}
	return v
}
