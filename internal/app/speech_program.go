package app

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"time"

	"parley/internal/audiofile"
	"parley/internal/prompt"
	"parley/internal/resample"
	"parley/internal/sounds"
)

// clauseTime is how long a program may take over one clause; it needs a fraction of a second.
const clauseTime = 20 * time.Second

var errNoSpeech = errors.New("no program that speaks is installed: install espeak-ng, or flite for English")

// speaker is who speaks in which language.
type speaker struct {
	language prompt.Language
	voice    prompt.Voice
}

var (
	fliteVoices = map[prompt.Voice]string{prompt.Woman: "slt", prompt.Man: "rms"}
	// These are names of voices, not of languages such as fr-fr: with those espeak-ng takes no notice of espeakPeople.
	espeakVoices = map[prompt.Language]string{
		prompt.English: "en-us", prompt.German: "de", prompt.French: "fr", prompt.Spanish: "es",
	}
	espeakPeople = map[prompt.Voice]string{prompt.Woman: "+f2", prompt.Man: "+m3"}
)

// command is the program that speaks a clause to a file. What is typed goes in by a pipe or as one argument that
// cannot be taken for an option; no shell sees it.
func (s speaker) command(ctx context.Context, text, file string) (*exec.Cmd, error) {
	if s.language == prompt.English {
		if path, err := exec.LookPath("flite"); err == nil {
			return exec.CommandContext(ctx, path, "-voice", fliteVoices[s.voice], "-t", text, "-o", file), nil
		}
	}
	voice, known := espeakVoices[s.language]
	if !known {
		return nil, fmt.Errorf("language %q is not spoken", s.language)
	}
	path, err := exec.LookPath("espeak-ng")
	if err != nil {
		return nil, errNoSpeech
	}
	cmd := exec.CommandContext(ctx, path, "-v", voice+espeakPeople[s.voice], "-b", "1", "-w", file, "--stdin")
	cmd.Stdin = bytes.NewReader([]byte(text))
	return cmd, nil
}

// speakClause has a clause spoken by a program, and gives it at 16 kHz without the silence around it.
func speakClause(ctx context.Context, text string, as speaker) (sounds.Sound, error) {
	folder, err := os.MkdirTemp("", "parley-speech")
	if err != nil {
		return sounds.Sound{}, err
	}
	defer os.RemoveAll(folder)
	file := filepath.Join(folder, "said.wav")
	ctx, cancel := context.WithTimeout(ctx, clauseTime)
	defer cancel()
	cmd, err := as.command(ctx, text, file)
	if err != nil {
		return sounds.Sound{}, err
	}
	cmd.WaitDelay = time.Second
	if err := cmd.Run(); err != nil {
		return sounds.Sound{}, fmt.Errorf("%s: %w", filepath.Base(cmd.Path), err)
	}
	wav, err := os.ReadFile(file)
	if err != nil {
		return sounds.Sound{}, err
	}
	said, err := atRate(wav, sounds.Wide)
	if err != nil {
		return sounds.Sound{}, fmt.Errorf("%s wrote: %w", filepath.Base(cmd.Path), err)
	}
	return sounds.Sound{Rate: sounds.Wide, Samples: withoutSilence(said, sounds.Wide)}, nil
}

// atRate gives the samples of a sound file at a rate.
func atRate(file []byte, rate int) ([]int16, error) {
	made, err := audiofile.Decode(bytes.NewReader(file), audiofile.Wish{
		Rate: rate, Resample: func(from, to int) (audiofile.Resampler, error) { return resample.New(from, to) },
	})
	if err != nil {
		return nil, err
	}
	return made.PCM, nil
}

// withoutSilence cuts off what is quieter than a hundredth of the loudest, but for 20 ms, which fade.
func withoutSilence(pcm []int16, rate int) []int16 {
	loudest := 0
	for _, v := range pcm {
		loudest = max(loudest, int(v), -int(v))
	}
	heard := func(v int16) bool { return max(int(v), -int(v))*100 > loudest }
	first, last := 0, len(pcm)
	for first < last && !heard(pcm[first]) {
		first++
	}
	for last > first && !heard(pcm[last-1]) {
		last--
	}
	margin := rate / 50
	cut := pcm[max(0, first-margin):min(len(pcm), last+margin)]
	fade := min(rate/100, len(cut)/2)
	for i := range fade {
		cut[i] = int16(int(cut[i]) * i / fade)
		cut[len(cut)-1-i] = int16(int(cut[len(cut)-1-i]) * i / fade)
	}
	return cut
}
