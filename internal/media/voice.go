package media

import (
	"parley/internal/codec"
	"parley/internal/dtmf"
	"parley/internal/jitter"
	"parley/internal/resample"
)

// quietest is the mean square below which a frame has no voice in it: -50 dB of full scale.
const quietest = 32768 * 32768 / 100000

// voice is the sound of a leg as samples, made while somebody needs samples of it.
type voice struct {
	codec   Codec
	rate    int // of the frames
	clock   int // of the packets
	ssrc    uint32
	buffer  *jitter.Buffer
	decoder codec.Decoder
	made    []int16 // the packet that was decoded last
	frame   []int16 // 20 ms
	store   [frameWidth]int16
	serial  uint64       // of the frame
	sounded bool         // something came at all
	noise   *codec.Noise // of the far side while it pauses
	hollow  bool         // the frame holds some of it
	talk    talk
	mixed   bool // it sounds in a mix
	copies  [len(rates)]copied
	editions
	detector *dtmf.Detector
	detected int // at which rate
	guard    *dtmf.Guard
	guarded  int    // at which rate
	tapped   header // of what a guard lets the recorders have
}

// rates are those of frames.
var rates = [...]int{8000, 16000, 48000}

// rateAt is a rate's place among them.
func rateAt(rate int) int {
	for i, r := range rates {
		if r == rate {
			return i
		}
	}
	return 0
}

// copied is a frame at another rate.
type copied struct {
	from      int // the rate it was made from
	serial    uint64
	resampler *resample.Resampler
	pcm       []int16
}

// newVoice prepares to decode; an error says that this build cannot.
func newVoice(c Codec, rate int) (*voice, error) {
	decoder, err := codec.NewDecoder(c, rate)
	if err != nil {
		return nil, err
	}
	settings := jitter.Settings{ClockRate: c.ClockRate()}
	if c == Opus {
		settings.Units = jitter.OpusUnits
	}
	return &voice{
		codec: c, rate: rate, clock: c.ClockRate(), buffer: jitter.New(settings), decoder: decoder,
		made: make([]int16, 0, rate*3/25), noise: codec.NewNoise(),
	}, nil
}

func (v *voice) close() {
	closeCoder(v.decoder)
	v.editions.close()
}

// closeCoder frees what an encoder or decoder holds outside Go's memory.
func closeCoder(coder any) {
	if c, holds := coder.(interface{ Close() }); holds {
		c.Close()
	}
}

// retune changes the rate of the frames; the packets that wait stay.
func (v *voice) retune(rate int) error {
	decoder, err := codec.NewDecoder(v.codec, rate)
	if err != nil {
		return err
	}
	closeCoder(v.decoder)
	v.decoder, v.rate, v.made, v.frame = decoder, rate, make([]int16, 0, rate*3/25), nil
	return nil
}

// next makes the frame of the next 20 ms.
func (v *voice) next(now int64) {
	v.serial++
	v.frame, v.hollow = v.store[:0], false
	want := v.rate / int(frames)
	for left, tries := v.clock/int(frames), 0; left > 0 && tries < 2*int(frames); tries++ {
		p := v.buffer.Take(now, left)
		if p.Fresh {
			v.make(p)
		}
		if p.Kind != jitter.Waiting {
			v.sounded = true
		}
		v.append(p, want)
		left -= p.Units
	}
	for len(v.frame) < want {
		v.frame = append(v.frame, 0)
	}
}

// make decodes the packet that a piece begins, or what stands for it.
func (v *voice) make(p jitter.Piece) {
	samples := p.Whole * v.rate / v.clock
	switch p.Kind {
	case jitter.Frame:
		v.made = v.decoder.Decode(v.made[:0], p.Payload)
	case jitter.Missing:
		if v.guard != nil {
			v.doubt(samples)
			return
		}
		if corrector, can := v.decoder.(codec.Corrector); can && p.Next != nil {
			v.made = corrector.DecodeFEC(v.made[:0], p.Next, samples)
			return
		}
		v.made = v.decoder.Conceal(v.made[:0], samples)
	default:
		v.pause(p, samples)
	}
}

// append adds a piece of what was made to the frame.
func (v *voice) append(p jitter.Piece, want int) {
	from := min(p.Offset*v.rate/v.clock, len(v.made))
	to := min((p.Offset+p.Units)*v.rate/v.clock, len(v.made))
	v.frame = append(v.frame, v.made[from:min(to, from+want-len(v.frame))]...)
}

// at is the frame at a rate; it is resampled once for all who ask.
func (v *voice) at(rate int) []int16 {
	if rate == v.rate || v.frame == nil {
		return v.frame
	}
	c := &v.copies[rateAt(rate)]
	if c.serial == v.serial && c.from == v.rate {
		return c.pcm
	}
	if c.resampler == nil || c.from != v.rate {
		resampler, err := resample.New(v.rate, rate)
		if err != nil {
			return nil
		}
		c.resampler, c.from = resampler, v.rate
		c.pcm = make([]int16, 0, 2*rate/int(frames))
	}
	c.serial = v.serial
	c.pcm = c.resampler.Resample(c.pcm[:0], v.frame)
	return c.pcm
}

// power is the mean square of a frame.
func power(pcm []int16) int64 {
	if len(pcm) == 0 {
		return 0
	}
	sum := int64(0)
	for _, x := range pcm {
		sum += int64(x) * int64(x)
	}
	return sum / int64(len(pcm))
}

// pull is the step of one frame of a voice: decode it, then guard it, listen to it and give it to the recorder.
func (w *worker) pull(l *Leg) {
	v := l.voice
	v.next(w.studio.due)
	if v.detector != nil || v.guard != nil {
		w.listenForDigits(l)
	}
	if l.answerer != nil {
		w.listenForAnswerer(l)
	}
	strength := power(v.frame)
	v.buffer.Silent(strength < quietest)
	v.learn(strength)
	if v.mixed {
		w.listenForTalk(l, strength)
	}
	if v.guard != nil && v.sounded {
		w.tapGuarded(l)
	}
	if v.serial%uint64(frames) == 1 {
		stats := v.buffer.Stats()
		l.counted.delay.Store(int64(stats.Delay))
		l.gauge.discard(stats.Late)
	}
}
