package media

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"os"
	"time"
)

const (
	headerBytes = 44
	frameSize   = 4 // two channels of 16 bit
	unknownSize = -1
)

// wavHeader is the header of a recording with size bytes of sound, or of one that is still being written.
func wavHeader(size int64) []byte {
	whole, sound := uint32(0xFFFFFFFF), uint32(0xFFFFFFFF)
	if size >= 0 && size < 0xFFFFFFFF-headerBytes {
		whole, sound = uint32(size+headerBytes-8), uint32(size)
	}
	b := append(make([]byte, 0, headerBytes), "RIFF"...)
	b = binary.LittleEndian.AppendUint32(b, whole)
	b = append(b, "WAVEfmt "...)
	b = binary.LittleEndian.AppendUint32(b, 16)
	b = binary.LittleEndian.AppendUint16(b, 1) // PCM
	b = binary.LittleEndian.AppendUint16(b, 2)
	b = binary.LittleEndian.AppendUint32(b, SampleRate)
	b = binary.LittleEndian.AppendUint32(b, SampleRate*frameSize)
	b = binary.LittleEndian.AppendUint16(b, frameSize)
	b = binary.LittleEndian.AppendUint16(b, 16)
	b = append(b, "data"...)
	return binary.LittleEndian.AppendUint32(b, sound)
}

// ErrNoRecording means that a file is none of our recordings.
var ErrNoRecording = errors.New("not a recording")

// RecordingContent is what the file of a recording holds, without what seals it.
type RecordingContent interface {
	io.ReaderAt
	io.Closer
	Size() int64 // in bytes, when it was opened
}

// RecordingFile reads a recording as a correct WAV file, also one that was never finished or is still being
// written: its length then is that of the file when it was opened. It is an io.ReadSeekCloser.
type RecordingFile struct {
	file   RecordingContent
	header []byte
	frames int64
	offset int64
}

// ReadRecording reads a recording made by Room.Record, and closes it when it is done; other content is closed, and an error
// that wraps ErrNoRecording.
func ReadRecording(content RecordingContent) (*RecordingFile, error) {
	r := &RecordingFile{file: content}
	if err := r.measure(); err != nil {
		return nil, errors.Join(fmt.Errorf("open recording: %w", err), content.Close())
	}
	return r, nil
}

// bareFile is a recording that nothing seals.
type bareFile struct {
	*os.File
	size int64
}

// Size is the length of the file in bytes.
func (b bareFile) Size() int64 { return b.size }

// OpenRecording reads a recording that nothing seals from its file.
func OpenRecording(path string) (*RecordingFile, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("open recording: %w", err)
	}
	status, err := file.Stat()
	if err != nil {
		return nil, errors.Join(fmt.Errorf("open recording: %w", err), file.Close())
	}
	return ReadRecording(bareFile{file, status.Size()})
}

func (r *RecordingFile) measure() error {
	if r.file.Size() < headerBytes {
		return fmt.Errorf("%w: it is empty", ErrNoRecording)
	}
	head := make([]byte, headerBytes)
	if _, err := r.file.ReadAt(head, 0); err != nil {
		return fmt.Errorf("read its head: %w", err)
	}
	want := wavHeader(unknownSize)
	copy(want[4:8], head[4:8])
	copy(want[40:44], head[40:44])
	if string(head) != string(want) {
		return ErrNoRecording
	}
	size := min(r.file.Size()-headerBytes, int64(binary.LittleEndian.Uint32(head[40:])))
	if binary.LittleEndian.Uint32(head[40:]) == 0xFFFFFFFF {
		size = r.file.Size() - headerBytes
	}
	r.frames = size / frameSize
	r.header = wavHeader(r.frames * frameSize)
	return nil
}

// Duration is how long the recording lasts.
func (r *RecordingFile) Duration() time.Duration { return timeOf(r.frames) }

// Channels is 2: the customer, and all others.
func (r *RecordingFile) Channels() int { return 2 }

// Size is the length of the WAV file that Read gives, in bytes.
func (r *RecordingFile) Size() int64 { return headerBytes + r.frames*frameSize }

// Read gives the WAV file from where it was left off.
func (r *RecordingFile) Read(b []byte) (int, error) {
	b = b[:min(int64(len(b)), max(0, r.Size()-r.offset))]
	if r.offset >= r.Size() {
		return 0, io.EOF
	}
	if r.offset < headerBytes {
		n := copy(b, r.header[r.offset:])
		r.offset += int64(n)
		return n, nil
	}
	n, err := r.file.ReadAt(b, r.offset)
	r.offset += int64(n)
	if n > 0 {
		err = nil
	}
	return n, err
}

// Seek sets where the next Read begins, as io.Seeker says.
func (r *RecordingFile) Seek(offset int64, whence int) (int64, error) {
	switch whence {
	case io.SeekCurrent:
		offset += r.offset
	case io.SeekEnd:
		offset += r.Size()
	}
	if offset < 0 {
		return 0, errors.New("seek recording: before its start")
	}
	r.offset = offset
	return offset, nil
}

// Close closes the file.
func (r *RecordingFile) Close() error { return r.file.Close() }

// PCM is the sound of each channel from a time on, at most for a length.
func (r *RecordingFile) PCM(from, length time.Duration) ([2][]int16, error) {
	first := min(max(0, samplesIn(from)), r.frames)
	n := min(max(0, samplesIn(length)), r.frames-first)
	var pcm [2][]int16
	err := r.scan(first, n, func(_ int64, a, b int16) {
		pcm[0], pcm[1] = append(pcm[0], a), append(pcm[1], b)
	})
	return pcm, err
}

// Peaks divides the recording in n stretches of equal length and gives the loudest sample of each, 0 to 1, for
// both channels: a waveform.
func (r *RecordingFile) Peaks(n int) ([2][]float32, error) {
	n = max(0, n)
	peaks := [2][]float32{make([]float32, n), make([]float32, n)}
	if n == 0 {
		return peaks, nil
	}
	err := r.scan(0, r.frames, func(i int64, a, b int16) {
		at := i * int64(n) / r.frames
		peaks[0][at] = max(peaks[0][at], loudness(a))
		peaks[1][at] = max(peaks[1][at], loudness(b))
	})
	return peaks, err
}

func loudness(x int16) float32 { return max(float32(x), -float32(x)) / 32768 }

// scan reads n frames in order.
func (r *RecordingFile) scan(first, n int64, see func(i int64, a, b int16)) error {
	section := io.NewSectionReader(r.file, headerBytes+first*frameSize, n*frameSize)
	buffer := make([]byte, 1<<15)
	for i := int64(0); i < n; {
		got, err := io.ReadFull(section, buffer[:min(int64(len(buffer)), (n-i)*frameSize)])
		if err != nil {
			return fmt.Errorf("read recording: %w", err)
		}
		for b := buffer[:got]; len(b) >= frameSize; b = b[frameSize:] {
			see(i, int16(binary.LittleEndian.Uint16(b)), int16(binary.LittleEndian.Uint16(b[2:])))
			i++
		}
	}
	return nil
}
