package audiofile

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"math"
)

// Format tags of WAVE files.
const (
	wavPCM        = 1
	wavFloat      = 3
	wavALaw       = 6
	wavMuLaw      = 7
	wavExtensible = 0xFFFE
)

// wavFormat is what the part "fmt " says.
type wavFormat struct {
	tag, channels, bits int
	hertz               int
}

// wavSource reads the part "data".
type wavSource struct {
	wavFormat
	r      io.Reader
	sample func(b []byte) int // one sample of a channel, 16 bit
	buffer []byte
	stated int64 // bytes of sound that the file says it holds; 0 when it says nothing that can be true
	read   int64 // bytes of sound so far
}

func wavFault(format string, args ...any) error { return &Fault{"WAV", fmt.Sprintf(format, args...)} }

func openWAV(r io.Reader) (source, error) {
	var head [12]byte
	if _, err := io.ReadFull(r, head[:]); err != nil {
		return nil, cut(err, "its head")
	}
	s := &wavSource{r: r}
	for {
		if _, err := io.ReadFull(r, head[:8]); err != nil {
			return nil, cut(err, "it")
		}
		name, size := string(head[:4]), int64(binary.LittleEndian.Uint32(head[4:]))
		switch name {
		case "fmt ":
			if err := s.readFormat(r, size); err != nil {
				return nil, err
			}
		case "data":
			if s.sample == nil {
				return nil, wavFault("its sound comes before its format")
			}
			s.limitTo(size)
			return s, nil
		default:
			if _, err := io.CopyN(io.Discard, r, size+size&1); err != nil {
				return nil, cut(err, fmt.Sprintf("its part %q", name))
			}
		}
	}
}

// cut makes an early end a fault of the file.
func cut(err error, what string) error {
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		return wavFault("%s ends before its sound", what)
	}
	return err
}

// limitTo bounds the sound by the size that stands in the file. Programs that write to a pipe leave one that is larger than
// any file, or nothing: then the file's end counts.
func (s *wavSource) limitTo(size int64) {
	if size != 0 && size <= MaxBytes {
		s.r, s.stated = io.LimitReader(s.r, size), size
	}
	s.buffer = make([]byte, 4096*s.frame())
}

func (f wavFormat) frame() int { return f.channels * f.bits / 8 }

func (s *wavSource) rate() int { return s.hertz }

func (s *wavSource) next(dst []int16) ([]int16, error) {
	n, err := io.ReadFull(s.r, s.buffer)
	s.read += int64(n)
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		err = s.ended()
	}
	size, frame := s.bits/8, s.frame()
	for at := 0; at+frame <= n; at += frame {
		sum := 0
		for c := range s.channels {
			sum += s.sample(s.buffer[at+c*size:])
		}
		dst = append(dst, int16(sum/s.channels))
	}
	return dst, err
}

// ended is what the end of the file means: nothing, or that the file was cut off, as by a copy that broke. A last frame that is
// not whole is left out without a word.
func (s *wavSource) ended() error {
	if s.stated-s.read < int64(s.frame()) {
		return io.EOF
	}
	long := func(bytes int64) float64 { return float64(bytes) / float64(s.frame()*s.hertz) }
	return wavFault("it is cut off: %.1f of its %.1f seconds are there", long(s.read), long(s.stated))
}

func (s *wavSource) readFormat(r io.Reader, size int64) error {
	if size < 16 || size > 1024 {
		return wavFault("its format part has %d bytes", size)
	}
	b := make([]byte, size+size&1)
	if _, err := io.ReadFull(r, b); err != nil {
		return cut(err, "its format part")
	}
	s.tag, s.channels = int(binary.LittleEndian.Uint16(b)), int(binary.LittleEndian.Uint16(b[2:]))
	s.hertz, s.bits = int(binary.LittleEndian.Uint32(b[4:])), int(binary.LittleEndian.Uint16(b[14:]))
	if s.tag == wavExtensible && size >= 26 {
		s.tag = int(binary.LittleEndian.Uint16(b[24:]))
	}
	s.sample = samples[[2]int{s.tag, s.bits}]
	switch {
	case s.channels < 1 || s.channels > 2:
		return wavFault("it has %d channels instead of one or two", s.channels)
	case s.hertz < 4000 || s.hertz > 192000:
		return wavFault("its rate of %d Hz is not between 4000 and 192000", s.hertz)
	case s.sample == nil:
		return wavFault("it holds %s of %d bits, not PCM of 8 to 32 bits, float, A-law or mu-law", tagName(s.tag), s.bits)
	}
	return nil
}

func tagName(tag int) string {
	switch tag {
	case wavPCM:
		return "PCM"
	case wavFloat:
		return "float"
	case wavALaw:
		return "A-law"
	case wavMuLaw:
		return "mu-law"
	case 2, 17:
		return "ADPCM"
	case 49:
		return "GSM 06.10"
	case 85:
		return "MP3"
	}
	return fmt.Sprintf("format %d", tag)
}

// samples reads one sample by format and width.
var samples = map[[2]int]func(b []byte) int{
	{wavPCM, 8}:    func(b []byte) int { return (int(b[0]) - 128) << 8 },
	{wavPCM, 16}:   func(b []byte) int { return int(int16(binary.LittleEndian.Uint16(b))) },
	{wavPCM, 24}:   func(b []byte) int { return int(int16(binary.LittleEndian.Uint16(b[1:]))) },
	{wavPCM, 32}:   func(b []byte) int { return int(int16(binary.LittleEndian.Uint16(b[2:]))) },
	{wavFloat, 32}: func(b []byte) int { return fromFloat(float64(math.Float32frombits(binary.LittleEndian.Uint32(b)))) },
	{wavFloat, 64}: func(b []byte) int { return fromFloat(math.Float64frombits(binary.LittleEndian.Uint64(b))) },
	{wavALaw, 8}:   func(b []byte) int { return int(aLaw[b[0]]) },
	{wavMuLaw, 8}:  func(b []byte) int { return int(muLaw[b[0]]) },
}

func fromFloat(x float64) int {
	if math.IsNaN(x) {
		return 0
	}
	return int(math.Round(max(-32768, min(32767, x*32768))))
}

// aLaw and muLaw are the values of ITU-T G.711 tables 1a and 2a in 16 bit.
var aLaw, muLaw = expandALaw(), expandMuLaw()

func expandALaw() (table [256]int16) {
	for i := range table {
		code := i ^ 0x55
		exponent, value := code>>4&7, code&15<<4+8
		if exponent > 0 {
			value = (value + 0x100) << (exponent - 1)
		}
		if code&0x80 == 0 {
			value = -value
		}
		table[i] = int16(value)
	}
	return table
}

func expandMuLaw() (table [256]int16) {
	for i := range table {
		code := ^i & 0xFF
		value := (code&15<<3+0x84)<<(code>>4&7) - 0x84
		if code&0x80 != 0 {
			value = -value
		}
		table[i] = int16(value)
	}
	return table
}
