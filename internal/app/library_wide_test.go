package app

import (
	"bytes"
	"fmt"
	"math"
	"testing"
	"time"

	"parley/internal/media"
	"parley/internal/prompt"
	"parley/internal/sounds"
)

// What is in the box, recorded words and spoken texts are kept at 16 kHz; a tone, which has nothing above 3.4 kHz, is not.
func TestLibraryIsWide(t *testing.T) {
	s, lib, _ := newSpeech(t)
	text := prompt.Prompt{Text: "She sells sea shells.", Language: prompt.English}
	s.ask(t.Context(), text)
	s.work.Wait()
	all := lib.Sounds([]prompt.Prompt{{Audio: sounds.Goodbye}, prompt.OfNumber(6).In(prompt.English), text})
	if all = append(all, lib.Hold("default")); len(all) != 4 {
		t.Fatalf("%d sounds, want 4", len(all))
	}
	for i, sound := range all {
		if sound.Rate() != media.WideRate || sound.Duration() < 100*time.Millisecond {
			t.Errorf("sound %d has %d Hz and lasts %v", i, sound.Rate(), sound.Duration())
		}
	}
	if rate := lib.Tone("busy").Rate(); rate != media.SampleRate {
		t.Errorf("a tone has %d Hz", rate)
	}
}

// TestFilesAreKeptAsTheyArePlayed decodes files of many rates: what a wide listener can hear is kept, and no more.
func TestFilesAreKeptAsTheyArePlayed(t *testing.T) {
	for rate, want := range map[int]int{8000: 8000, 11025: 16000, 16000: 16000, 22050: 16000, 44100: 16000, 48000: 16000} {
		t.Run(fmt.Sprint(rate), func(t *testing.T) {
			pcm := make([]int16, rate)
			for i := range pcm {
				pcm[i] = int16(8000 * math.Sin(2*math.Pi*440*float64(i)/float64(rate)))
			}
			sound, err := decodeSound(bytes.NewReader(sounds.Sound{Rate: rate, Samples: pcm}.Encode()))
			if err != nil {
				t.Fatal(err)
			}
			if hertz, strength := (media.Ear{}).Dominant(sound.PCM()); sound.Rate() != want || math.Abs(hertz-440) > 3 || strength < 0.2 {
				t.Errorf("kept at %d Hz, want %d; it sounds at %.0f Hz of %.2f", sound.Rate(), want, hertz, strength)
			}
			if off := sound.Duration() - time.Second; off.Abs() > 2*time.Millisecond {
				t.Errorf("it lasts %v", sound.Duration())
			}
		})
	}
	if _, err := decodeSound(bytes.NewReader([]byte("no sound at all"))); err == nil {
		t.Error("any bytes are a sound")
	}
}

// TestShelfIsBounded puts more on the shelf than it holds: the memory stays within bounds, and what is used stays.
func TestShelfIsBounded(t *testing.T) {
	second := func() *media.Sound { return media.NewWideSound(make([]int16, sounds.Wide)) }
	s := shelf{most: 10 * second().Bytes()}
	favourite := second()
	s.put("favourite", favourite)
	for i := range 100 {
		s.put(fmt.Sprint(i), second())
		if s.held > s.most || s.get("favourite") != favourite {
			t.Fatalf("after %d: %d of %d bytes, favourite there: %v", i, s.held, s.most, s.get("favourite") != nil)
		}
	}
	if s.get("99") == nil || s.get("91") == nil || s.get("50") != nil || len(s.items) != 10 {
		t.Errorf("%d sounds are kept", len(s.items))
	}
	s.put("huge", media.NewWideSound(make([]int16, 20*sounds.Wide)))
	if s.get("huge") == nil || len(s.items) != 1 {
		t.Errorf("a sound too large for the shelf: %d sounds are kept", len(s.items))
	}
}
