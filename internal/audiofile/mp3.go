package audiofile

import (
	"bufio"
	"errors"
	"fmt"
	"io"

	"github.com/hajimehoshi/go-mp3"
)

// mp3Source reads MPEG-1 and MPEG-2 layer III.
type mp3Source struct {
	decoder *mp3.Decoder
	buffer  [1 << 14]byte
	some    bool // sound has come
}

// plain hides that a reader can seek, since the decoder would then scan the whole file first.
type plain struct{ io.Reader }

func openMP3(r *bufio.Reader) (_ source, err error) {
	defer recovered(&err)
	if err := skipTags(r); err != nil {
		return nil, err
	}
	decoder, err := mp3.NewDecoder(plain{r})
	if err != nil {
		return nil, mp3Fault(err)
	}
	if rate := decoder.SampleRate(); rate < 8000 || rate > 48000 {
		return nil, &Fault{"MP3", fmt.Sprintf("its rate is %d Hz", rate)}
	}
	return &mp3Source{decoder: decoder}, nil
}

// skipTags passes over ID3v2 tags (id3.org/id3v2.3.0 §3.1), of which the decoder would take the whole size as memory.
func skipTags(r *bufio.Reader) error {
	for {
		head, err := r.Peek(10)
		if err != nil && !errors.Is(err, io.EOF) {
			return err
		}
		if len(head) < 10 || string(head[:3]) != "ID3" {
			return nil
		}
		size := int64(10)
		for i, b := range head[6:10] {
			if b >= 0x80 {
				return &Fault{"MP3", "its tag is damaged"}
			}
			size += int64(b) << (7 * (3 - i))
		}
		if _, err := io.CopyN(io.Discard, r, size); err != nil {
			return mp3Fault(err)
		}
	}
}

func (s *mp3Source) rate() int { return s.decoder.SampleRate() }

func (s *mp3Source) next(dst []int16) (_ []int16, err error) {
	defer recovered(&err)
	n, err := io.ReadFull(s.decoder, s.buffer[:])
	for b := s.buffer[:n&^3]; len(b) > 0; b = b[4:] { // always two channels of 16 bit
		left, right := int16(uint16(b[0])|uint16(b[1])<<8), int16(uint16(b[2])|uint16(b[3])<<8)
		dst = append(dst, int16((int(left)+int(right))/2))
		s.some = true
	}
	switch {
	case err == nil:
		return dst, nil
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		return dst, io.EOF
	case s.some && !isFault(err):
		return dst, io.EOF // players stop at what is no sound any more, too: many files end with a tag or half a frame
	}
	return dst, mp3Fault(err)
}

func mp3Fault(err error) error {
	if isFault(err) {
		return err
	}
	return &Fault{"MP3", "it holds no sound that can be decoded (" + err.Error() + ")"}
}

func isFault(err error) bool {
	var fault *Fault
	return errors.As(err, &fault)
}

// recovered makes a panic of the decoder a fault of the file: its tables are indexed by what the file says.
func recovered(err *error) {
	if p := recover(); p != nil {
		*err = &Fault{"MP3", "it is damaged"}
	}
}
