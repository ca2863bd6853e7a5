package main

import (
	"archive/zip"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"runtime"
	"sync"

	"parley/internal/prompt"
	"parley/internal/sounds"
	"parley/tools/shape"
)

// wordVoices say the recorded words. English is the house's, as in the prompts around the words.
var wordVoices = map[prompt.Language]voice{
	prompt.English: voices["house"],
	prompt.German:  {espeak: "de+f2", pitch: 1, stretch: 1},
	prompt.French:  {espeak: "fr+f2", pitch: 1, stretch: 1},
	prompt.Spanish: {espeak: "es+f2", pitch: 1, stretch: 1},
}

// spoken is what is given to the program where it would read the word itself otherwise than it is meant.
var spoken = map[prompt.Language]map[string]string{
	prompt.English: {"a.m.": "A M.", "p.m.": "P M."},
	prompt.Spanish: {"y": "i"}, // alone it is the name of the letter
}

// recorded is a word at each rate.
type recorded struct {
	word string
	law  map[int][]byte
	err  error
}

// speakWords writes the archive of a language.
func speakWords(p program, language prompt.Language, folder string) (count int, err error) {
	vocabulary := prompt.Vocabulary(language)
	all := make([]recorded, len(vocabulary))
	next := make(chan int)
	var work sync.WaitGroup
	for range runtime.NumCPU() {
		work.Go(func() {
			for i := range next {
				all[i] = record(p, language, vocabulary[i])
			}
		})
	}
	for i := range vocabulary {
		next <- i
	}
	close(next)
	work.Wait()
	file, err := os.Create(filepath.Join(folder, sounds.WordArchive(string(language))))
	if err != nil {
		return 0, err
	}
	err = archive(file, all)
	if closed := file.Close(); err == nil {
		err = closed
	}
	return len(all), err
}

func archive(file *os.File, all []recorded) error {
	z := zip.NewWriter(file)
	for _, r := range all {
		if r.err != nil {
			return fmt.Errorf("speak %q: %w", r.word, r.err)
		}
		for _, rate := range []int{sounds.Narrow, sounds.Wide} {
			w, err := z.Create(sounds.WordEntry(r.word, rate))
			if err != nil {
				return err
			}
			if _, err := w.Write(r.law[rate]); err != nil {
				return err
			}
		}
	}
	return z.Close()
}

func record(p program, language prompt.Language, word string) recorded {
	text, other := spoken[language][word]
	if !other {
		text = word
	}
	said, err := p.say(wordVoices[language], text)
	if err != nil {
		return recorded{word: word, err: err}
	}
	samples := shape.Level(shape.HighPass(said, rate, corner), rate, level, ceiling)
	r := recorded{word: word, law: map[int][]byte{}}
	for _, to := range []int{sounds.Narrow, sounds.Wide} {
		cut := trimClose(shape.Resample(samples, rate, float64(to)), float64(to))
		r.law[to] = sounds.Compress(shape.Quantise(cut))
	}
	return r
}

// What is left around a word, so that two of them meet without a hole between them.
const (
	before  = 0.010 // seconds
	after   = 0.020
	fadeIn  = 0.005
	fadeOut = 0.010
)

// trimClose cuts a word where it is quieter than 38 dB under its loudest, but for some milliseconds that fade.
func trimClose(in []float64, rate float64) []float64 {
	limit := shape.Peak(in) * math.Pow(10, -38.0/20)
	first, last := 0, len(in)-1
	for first < last && math.Abs(in[first]) < limit {
		first++
	}
	for last > first && math.Abs(in[last]) < limit {
		last--
	}
	first, last = max(0, first-int(before*rate)), min(len(in), last+int(after*rate))
	out := append([]float64(nil), in[first:last]...)
	for i := range min(int(fadeIn*rate), len(out)) {
		out[i] *= float64(i) / (fadeIn * rate)
	}
	for i := range min(int(fadeOut*rate), len(out)) {
		out[len(out)-1-i] *= float64(i) / (fadeOut * rate)
	}
	return out
}
