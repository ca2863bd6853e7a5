package app

import (
	"context"
	"io"
	"math"
	"time"

	"parley/internal/audiofile"
	"parley/internal/media"
	"parley/internal/store"
)

// recordingOpus is how recordings are compressed: telephone speech has no more in it than this, and each step of complexity
// costs more processor than it is heard.
var recordingOpus = audiofile.OpusSettings{Rate: media.SampleRate, Channels: 2, Bitrate: 24000, Complexity: 0}

// compressed makes the file of a recording and draws its waveform in the same reading.
type compressed struct {
	sound   *media.RecordingFile
	drawing *drawing
}

func (c *compressed) opus(ctx context.Context, w io.Writer) error {
	out, err := audiofile.NewOpusWriter(w, recordingOpus)
	if err != nil {
		return err
	}
	err = c.scan(ctx, out.Write)
	if closed := out.Close(); err == nil {
		err = closed
	}
	return err
}

func (c *compressed) wav(ctx context.Context, w io.Writer) error {
	c.drawing = newDrawing(c.sound)
	if err := c.scan(ctx, func([]int16) error { return nil }); err != nil {
		return err
	}
	if _, err := c.sound.Seek(0, io.SeekStart); err != nil {
		return err
	}
	_, err := io.Copy(w, c.sound)
	return err
}

// scan reads the recording second by second, the samples of both channels in turn.
func (c *compressed) scan(ctx context.Context, see func([]int16) error) error {
	var both []int16
	for at := time.Duration(0); at < c.sound.Duration(); at += time.Second {
		if err := ctx.Err(); err != nil {
			return err
		}
		pcm, err := c.sound.PCM(at, time.Second)
		if err != nil {
			return err
		}
		both = both[:0]
		for i := range pcm[0] {
			both = append(both, pcm[0][i], pcm[1][i])
		}
		c.drawing.add(both)
		if err := see(both); err != nil {
			return err
		}
	}
	return nil
}

// drawn is how many stretches a waveform has.
const drawn = 800

// drawing finds the loudest sample of each stretch.
type drawing struct {
	length  time.Duration
	total   int64
	at      int64
	loudest [2][drawn]int
}

func newDrawing(sound *media.RecordingFile) *drawing {
	length := sound.Duration()
	return &drawing{length: length, total: max(1, int64(math.Round(length.Seconds()*media.SampleRate)))}
}

func (d *drawing) add(both []int16) {
	for ; len(both) >= 2; both = both[2:] {
		stretch := min(drawn-1, d.at*drawn/d.total)
		for channel, x := range both[:2] {
			d.loudest[channel][stretch] = max(d.loudest[channel][stretch], int(x), -int(x))
		}
		d.at++
	}
}

func (d *drawing) waveform() *store.Waveform {
	w := &store.Waveform{Millis: d.length.Milliseconds()}
	for channel := range d.loudest {
		line := make([]byte, drawn)
		for i, x := range d.loudest[channel] {
			line[i] = byte(math.Round(math.Sqrt(float64(x)/32768) * 255))
		}
		w.Channels = append(w.Channels, line)
	}
	return w
}
