package sounds

import (
	"bytes"
	"encoding/binary"
	"errors"
	"time"
)

// ErrFormat says that bytes are not a WAV file of one channel, of 16 bit PCM or µ-law.
var ErrFormat = errors.New("not a mono WAV file of 16 bit or µ-law")

const (
	riffHeader  = 12
	chunkHeader = 8
	formatBytes = 16
	pcm         = 1
	mulaw       = 7
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
	body := make([]byte, 0, 2*len(s.Samples))
	for _, v := range s.Samples {
		body = binary.LittleEndian.AppendUint16(body, uint16(v))
	}
	return s.wrap(pcm, 2, body)
}

// EncodeSmall returns the sound as a WAV file in µ-law: half as large, and good enough for speech.
func (s Sound) EncodeSmall() []byte { return s.wrap(mulaw, 1, Compress(s.Samples)) }

// wrap puts a header before samples of so many bytes each.
func (s Sound) wrap(format uint16, width int, body []byte) []byte {
	size := len(body)
	out := make([]byte, 0, riffHeader+chunkHeader+formatBytes+chunkHeader+size)
	le := binary.LittleEndian
	out = append(out, "RIFF"...)
	out = le.AppendUint32(out, uint32(4+chunkHeader+formatBytes+chunkHeader+size))
	out = append(out, "WAVEfmt "...)
	out = le.AppendUint32(out, formatBytes)
	out = le.AppendUint16(out, format)
	out = le.AppendUint16(out, 1)
	out = le.AppendUint32(out, uint32(s.Rate))
	out = le.AppendUint32(out, uint32(width*s.Rate))
	out = le.AppendUint16(out, uint16(width))
	out = le.AppendUint16(out, uint16(8*width))
	out = append(out, "data"...)
	out = le.AppendUint32(out, uint32(size))
	return append(out, body...)
}

// Parse reads a WAV file of one channel, 16 bit PCM or µ-law; other chunks are passed over, a cut-off end is tolerated.
func Parse(wav []byte) (Sound, error) {
	if len(wav) < riffHeader || !bytes.Equal(wav[:4], []byte("RIFF")) || !bytes.Equal(wav[8:12], []byte("WAVE")) {
		return Sound{}, ErrFormat
	}
	var sound Sound
	var format uint16
	rest := wav[riffHeader:]
	for len(rest) >= chunkHeader {
		name, size := string(rest[:4]), uint64(binary.LittleEndian.Uint32(rest[4:8]))
		rest = rest[chunkHeader:]
		body := rest[:min(size, uint64(len(rest)))]
		switch name {
		case "fmt ":
			if sound.Rate, format = readFormat(body); format == 0 {
				return Sound{}, ErrFormat
			}
		case "data":
			sound.Samples = readSamples(body, format)
		}
		rest = rest[min(size+size%2, uint64(len(rest))):]
	}
	if sound.Rate == 0 || sound.Samples == nil {
		return Sound{}, ErrFormat
	}
	return sound, nil
}

// readFormat gives format 0 for one that is not read here.
func readFormat(body []byte) (rate int, format uint16) {
	if len(body) < formatBytes {
		return 0, 0
	}
	le := binary.LittleEndian
	rate = int(le.Uint32(body[4:]))
	format, bits := le.Uint16(body), le.Uint16(body[14:])
	known := format == pcm && bits == 16 || format == mulaw && bits == 8
	if !known || le.Uint16(body[2:]) != 1 || rate <= 0 {
		return 0, 0
	}
	return rate, format
}

func readSamples(body []byte, format uint16) []int16 {
	if format == mulaw {
		return Expand(body)
	}
	samples := make([]int16, len(body)/2)
	for i := range samples {
		samples[i] = int16(binary.LittleEndian.Uint16(body[2*i:]))
	}
	return samples
}
