// Package audiofile reads uploaded sound (WAV, MP3, Ogg Opus) as one channel of 16-bit samples, and writes and reads
// recordings as Ogg Opus whose channels stay apart.
package audiofile

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"time"
)

// Bounds of a file, where a Wish says nothing else.
const (
	MaxBytes  = 256 << 20
	MaxLength = time.Hour
)

// Fault says what is wrong with a file, in words for the person who chose it.
type Fault struct {
	Format string // "WAV", "MP3", "Ogg Opus"; empty when it is none of them
	Why    string // a sentence's end: "it holds no sound"
}

func (f *Fault) Error() string {
	if f.Format == "" {
		return "unusable sound file: " + f.Why
	}
	return "unusable " + f.Format + " file: " + f.Why
}

// ErrNoOpus means that this program was built without libopus.
var ErrNoOpus = errors.New("this program was built without libopus")

// Resampler changes the rate of a stream of samples; package resample has it.
type Resampler interface {
	Resample(dst, pcm []int16) []int16 // appends to dst what pcm becomes
	Delay() time.Duration              // how much later than it came in a sound comes out
}

// Wish says how a file is wanted.
type Wish struct {
	Rate     int                                   // Hz of the samples; 0 keeps the file's own
	RateOf   func(file int) int                    // decides on Rate when the file's own is known; nil leaves it
	Resample func(from, to int) (Resampler, error) // makes the resampler of a file with another rate; needed with a Rate
	MaxBytes int64                                 // of the file; 0 is MaxBytes
	Longest  time.Duration                         // of the sound; 0 is MaxLength
}

// Sound is a file's sound as one channel.
type Sound struct {
	Rate int // Hz
	PCM  []int16
}

// Duration is how long it lasts.
func (s *Sound) Duration() time.Duration { return timeOf(int64(len(s.PCM)), s.Rate) }

func timeOf(samples int64, rate int) time.Duration {
	return time.Duration(samples) * time.Second / time.Duration(rate)
}

// source gives a file's sound as one channel, piece by piece.
type source interface {
	rate() int
	next(dst []int16) ([]int16, error) // appends some samples; io.EOF after the last
}

// Decode reads a sound file of any known format. The error is a Fault when the file is at fault, else the reader's.
func Decode(r io.Reader, wish Wish) (*Sound, error) {
	if wish.MaxBytes == 0 {
		wish.MaxBytes = MaxBytes
	}
	if wish.Longest == 0 {
		wish.Longest = MaxLength
	}
	limited := &limit{r: r, left: wish.MaxBytes, most: wish.MaxBytes}
	buffered := bufio.NewReaderSize(limited, 1<<16)
	from, err := open(buffered)
	if err != nil {
		return nil, err
	}
	if closer, ok := from.(io.Closer); ok {
		defer closer.Close()
	}
	return wish.collect(from)
}

// open finds the format by how the file begins.
func open(r *bufio.Reader) (source, error) {
	head, err := r.Peek(12)
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, err
	}
	begins := func(at int, magic string) bool {
		return len(head) >= at+len(magic) && string(head[at:at+len(magic)]) == magic
	}
	switch {
	case len(head) == 0:
		return nil, &Fault{"", "it is empty"}
	case begins(0, "RIFF") && begins(8, "WAVE"):
		return openWAV(r)
	case begins(0, "OggS"):
		return openOpusSource(r)
	case begins(0, "ID3") || len(head) > 1 && head[0] == 0xFF && head[1]&0xE0 == 0xE0:
		return openMP3(r)
	}
	for _, other := range []struct {
		at          int
		magic, name string
	}{
		{0, "fLaC", "FLAC"}, {4, "ftyp", "MP4 or M4A"}, {0, "FORM", "AIFF"}, {0, "RF64", "RF64"}, {0, "caff", "CAF"},
		{0, "\x30\x26\xB2\x75", "Windows Media"}, {0, "\x1A\x45\xDF\xA3", "WebM"}, {0, ".snd", "AU"}, {0, "#!AMR", "AMR"},
	} {
		if begins(other.at, other.magic) {
			return nil, &Fault{"", "it is " + other.name + ", not WAV, MP3 or Ogg Opus"}
		}
	}
	return nil, &Fault{"", "it is not WAV, MP3 or Ogg Opus"}
}

// collect reads a source to its end.
func (w Wish) collect(from source) (*Sound, error) {
	rate := from.rate()
	if w.RateOf != nil {
		w.Rate = w.RateOf(rate)
	}
	out := &Sound{Rate: rate}
	var resampler Resampler
	if w.Rate != 0 && w.Rate != rate {
		var err error
		if resampler, err = w.Resample(rate, w.Rate); err != nil {
			return nil, &Fault{"", fmt.Sprintf("its rate of %d Hz cannot be changed to %d Hz", rate, w.Rate)}
		}
		out.Rate = w.Rate
	}
	most := int64(w.Longest.Seconds() * float64(rate))
	var piece []int16
	read := int64(0)
	for {
		var err error
		piece, err = from.next(piece[:0])
		read += int64(len(piece))
		if read > most {
			return nil, &Fault{"", fmt.Sprintf("it lasts longer than %s", words(w.Longest))}
		}
		if resampler == nil {
			out.PCM = append(out.PCM, piece...)
		} else {
			out.PCM = resampler.Resample(out.PCM, piece)
		}
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, err
		}
	}
	if read == 0 {
		return nil, &Fault{"", "it holds no sound"}
	}
	if resampler != nil {
		out.PCM = drain(resampler, out.PCM, w.Rate, int(read*int64(w.Rate)/int64(rate)))
	}
	return out, nil
}

// drain pushes the end of the sound out of a resampler's memory, and cuts what is before its start and beyond its end.
func drain(r Resampler, pcm []int16, rate, want int) []int16 {
	late := int((r.Delay()*time.Duration(rate) + time.Second/2) / time.Second)
	var silence [480]int16
	for i := 0; i < 100 && len(pcm) < want+late; i++ {
		pcm = r.Resample(pcm, silence[:])
	}
	pcm = pcm[min(late, len(pcm)):]
	return pcm[:min(want, len(pcm))]
}

func words(d time.Duration) string {
	if d%time.Minute == 0 {
		return fmt.Sprintf("%d minutes", d/time.Minute)
	}
	return fmt.Sprintf("%d seconds", d/time.Second)
}

// limit refuses a file that is too large, instead of cutting it short.
type limit struct {
	r          io.Reader
	left, most int64
}

func (l *limit) Read(b []byte) (int, error) {
	if l.left <= 0 {
		var one [1]byte
		if n, err := l.r.Read(one[:]); n == 0 {
			return 0, err
		}
		return 0, &Fault{"", fmt.Sprintf("it is larger than %d MB", l.most>>20)}
	}
	n, err := l.r.Read(b[:min(int64(len(b)), l.left)])
	l.left -= int64(n)
	return n, err
}
