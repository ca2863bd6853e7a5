package sounds

import (
	"bytes"
	"encoding/binary"
	"errors"
	"time"
)

// ErrFormat says that bytes are not a WAV file of one channel and 16 bit PCM.
var ErrFormat = errors.New("not a mono 16 bit WAV file")

const (
	riffHeader  = 12
	chunkHeader = 8
	formatBytes = 16
	pcm         = 1
)

// Sound is finished audio of one channel.
type Sound struct {
	Rate    int // samples a second
	Samples []int16
}

// Length is how long the sound plays.
func (s Sound) Length() time.Duration {
	if s.Rate == 0 {
		return 0
	}
	return time.Duration(len(s.Samples)) * time.Second / time.Duration(s.Rate)
}

// Encode returns the sound as a WAV file.
func (s Sound) Encode() []byte {
	size := 2 * len(s.Samples)
	out := make([]byte, 0, riffHeader+chunkHeader+formatBytes+chunkHeader+size)
	le := binary.LittleEndian
	out = append(out, "RIFF"...)
	out = le.AppendUint32(out, uint32(4+chunkHeader+formatBytes+chunkHeader+size))
	out = append(out, "WAVEfmt "...)
	out = le.AppendUint32(out, formatBytes)
	out = le.AppendUint16(out, pcm)
	out = le.AppendUint16(out, 1)
	out = le.AppendUint32(out, uint32(s.Rate))
	out = le.AppendUint32(out, uint32(2*s.Rate))
	out = le.AppendUint16(out, 2)
	out = le.AppendUint16(out, 16)
	out = append(out, "data"...)
	out = le.AppendUint32(out, uint32(size))
	for _, v := range s.Samples {
		out = le.AppendUint16(out, uint16(v))
	}
	return out
}

// Parse reads a WAV file of one channel and 16 bit PCM; other chunks are passed over, a cut-off end is tolerated.
func Parse(wav []byte) (Sound, error) {
	if len(wav) < riffHeader || !bytes.Equal(wav[:4], []byte("RIFF")) || !bytes.Equal(wav[8:12], []byte("WAVE")) {
		return Sound{}, ErrFormat
	}
	var sound Sound
	rest := wav[riffHeader:]
	for len(rest) >= chunkHeader {
		name, size := string(rest[:4]), uint64(binary.LittleEndian.Uint32(rest[4:8]))
		rest = rest[chunkHeader:]
		body := rest[:min(size, uint64(len(rest)))]
		switch name {
		case "fmt ":
			rate, ok := readFormat(body)
			if !ok {
				return Sound{}, ErrFormat
			}
			sound.Rate = rate
		case "data":
			sound.Samples = readSamples(body)
		}
		rest = rest[min(size+size%2, uint64(len(rest))):]
	}
	if sound.Rate == 0 || sound.Samples == nil {
		return Sound{}, ErrFormat
	}
	return sound, nil
}

func readFormat(body []byte) (rate int, ok bool) {
	if len(body) < formatBytes {
		return 0, false
	}
	le := binary.LittleEndian
	rate = int(le.Uint32(body[4:]))
	ok = le.Uint16(body) == pcm && le.Uint16(body[2:]) == 1 && le.Uint16(body[14:]) == 16 && rate > 0
	return rate, ok
}

func readSamples(body []byte) []int16 {
	samples := make([]int16, len(body)/2)
	for i := range samples {
		samples[i] = int16(binary.LittleEndian.Uint16(body[2*i:]))
	}
	return samples
}
