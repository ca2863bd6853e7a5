package media

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"
)

// Format tags of WAVE files.
const (
	wavPCM        = 1
	wavA          = 6
	wavMu         = 7
	wavExtensible = 0xFFFE
)

// maxWAV is the most sound taken from one file, in bytes.
const maxWAV = 256 << 20

// ErrWAV means that a file is no WAV file that can be played; the text around it says why.
var ErrWAV = errors.New("unusable WAV file")

// wavFormat is what the "fmt " chunk says.
type wavFormat struct {
	tag, channels, bits int
	rate                int
}

// DecodeWAV reads a WAV file: 16-bit PCM, mu-law or A-law, one or two channels (mixed to one), 8 to 48 kHz. The
// sound comes out at 8 kHz. An error wraps ErrWAV, or is the reader's, and says what is wrong with the file.
func DecodeWAV(r io.Reader) (*Sound, error) {
	format, data, err := readWAV(r)
	if err != nil {
		return nil, fmt.Errorf("decode WAV: %w", err)
	}
	pcm := format.mono(data)
	if len(pcm) == 0 {
		return nil, fmt.Errorf("decode WAV: %w: it holds no sound", ErrWAV)
	}
	return NewSound(changeRate(pcm, format.rate, SampleRate)), nil
}

func readWAV(r io.Reader) (format wavFormat, data []byte, err error) {
	var head [12]byte
	if _, err := io.ReadFull(r, head[:]); err != nil || string(head[:4]) != "RIFF" || string(head[8:]) != "WAVE" {
		return format, nil, fmt.Errorf("%w: it does not begin with RIFF and WAVE", ErrWAV)
	}
	for {
		if _, err := io.ReadFull(r, head[:8]); err != nil {
			return format, nil, fmt.Errorf("%w: it ends before its sound", ErrWAV)
		}
		name, size := string(head[:4]), int64(binary.LittleEndian.Uint32(head[4:]))
		switch name {
		case "fmt ":
			if format, err = readFormat(r, size); err != nil {
				return format, nil, err
			}
		case "data":
			if format.tag == 0 {
				return format, nil, fmt.Errorf("%w: its sound comes before its format", ErrWAV)
			}
			data, err := readSound(r, size)
			return format, data, err
		default:
			if _, err := io.CopyN(io.Discard, r, size+size&1); err != nil {
				return format, nil, fmt.Errorf("%w: its part %q is cut off", ErrWAV, name)
			}
		}
	}
}

// readSound reads the data chunk. Programs that write to a pipe leave a size that is too large: the end counts.
func readSound(r io.Reader, size int64) ([]byte, error) {
	data, err := io.ReadAll(io.LimitReader(r, min(size, maxWAV+1)))
	if err != nil {
		return nil, err
	}
	if len(data) > maxWAV {
		return nil, fmt.Errorf("%w: it is larger than %d MB", ErrWAV, maxWAV>>20)
	}
	return data, nil
}

func readFormat(r io.Reader, size int64) (f wavFormat, err error) {
	if size < 16 || size > 1024 {
		return f, fmt.Errorf("%w: its format part has %d bytes", ErrWAV, size)
	}
	b := make([]byte, size+size&1)
	if _, err := io.ReadFull(r, b); err != nil {
		return f, fmt.Errorf("%w: its format part is cut off", ErrWAV)
	}
	f.tag, f.channels = int(binary.LittleEndian.Uint16(b)), int(binary.LittleEndian.Uint16(b[2:]))
	f.rate = int(binary.LittleEndian.Uint32(b[4:]))
	f.bits = int(binary.LittleEndian.Uint16(b[14:]))
	if f.tag == wavExtensible && size >= 26 {
		f.tag = int(binary.LittleEndian.Uint16(b[24:]))
	}
	return f, f.check()
}

func (f wavFormat) check() error {
	bits := map[int]int{wavPCM: 16, wavA: 8, wavMu: 8}[f.tag]
	switch {
	case bits == 0:
		return fmt.Errorf("%w: its format %d is not PCM, A-law or mu-law", ErrWAV, f.tag)
	case f.bits != bits:
		return fmt.Errorf("%w: it has %d bits a sample instead of %d", ErrWAV, f.bits, bits)
	case f.channels != 1 && f.channels != 2:
		return fmt.Errorf("%w: it has %d channels instead of one or two", ErrWAV, f.channels)
	case f.rate < 8000 || f.rate > 48000:
		return fmt.Errorf("%w: its rate of %d Hz is not between 8000 and 48000", ErrWAV, f.rate)
	}
	return nil
}

// mono decodes the sound and mixes its channels in equal parts.
func (f wavFormat) mono(data []byte) []int16 {
	var pcm []int16
	switch f.tag {
	case wavA:
		pcm = Expand(PCMA, nil, data)
	case wavMu:
		pcm = Expand(PCMU, nil, data)
	default:
		pcm = make([]int16, len(data)/2)
		for i := range pcm {
			pcm[i] = int16(binary.LittleEndian.Uint16(data[2*i:]))
		}
	}
	if f.channels == 1 {
		return pcm
	}
	mixed := pcm[:len(pcm)/2]
	for i := range mixed {
		mixed[i] = int16((int(pcm[2*i]) + int(pcm[2*i+1])) / 2)
	}
	return mixed
}
