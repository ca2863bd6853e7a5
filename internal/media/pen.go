package media

import "parley/internal/codec"

// pen writes the sound of one stream.
type pen struct {
	codec   Codec
	rate    int
	coding  Coding
	encoder codec.Encoder
}

// fits reports whether the pen writes so already, or can without beginning anew.
func (p *pen) fits(c Codec, rate int, how Coding) bool {
	how.Loss, how.Playback = p.coding.Loss, p.coding.Playback // rate is within what is played
	return p.encoder != nil && p.codec == c && p.rate == rate && p.coding == how
}

func (p *pen) take(c Codec, rate int, how Coding) error {
	if p.fits(c, rate, how) {
		if aware, can := p.encoder.(codec.LossAware); can && how.Loss != p.coding.Loss {
			aware.ExpectLoss(how.Loss)
			p.coding.Loss = how.Loss
		}
		return nil
	}
	p.close()
	encoder, err := codec.NewEncoder(c, codec.Settings{
		Rate: rate, Bitrate: how.Bitrate, Complexity: how.Complexity, FEC: how.FEC, DTX: how.DTX && !how.Constant,
		Constant: how.Constant, LossPercent: how.Loss,
	})
	if err != nil {
		return err
	}
	*p = pen{codec: c, rate: rate, coding: how, encoder: encoder}
	return nil
}

func (p *pen) close() {
	closeCoder(p.encoder)
	p.encoder = nil
}

// edition is one frame of a sound written once for all who hear it in the same codec.
type edition struct {
	pen
	beat    uint64
	loss    int // percent that one of those who hear it misses
	payload []byte
}

type editions struct{ list []*edition }

// written is the frame of this beat in a codec; pcm is asked for it once.
func (e *editions) written(beat uint64, pcm []int16, l *Leg) ([]byte, error) {
	one := e.find(l)
	how := l.coding()
	one.loss = max(one.loss, how.Loss)
	if one.beat == beat {
		return one.payload, nil
	}
	how.Loss, one.loss = one.loss, how.Loss
	if err := one.take(l.terms.Codec, l.rate, how); err != nil {
		return nil, err
	}
	one.beat = beat
	one.payload = one.encoder.Encode(one.payload[:0], pcm)
	return one.payload, nil
}

func (e *editions) find(l *Leg) *edition {
	for _, one := range e.list {
		if one.fits(l.terms.Codec, l.rate, l.terms.Coding) {
			return one
		}
	}
	one := &edition{payload: make([]byte, 0, packetSize-headerSize)}
	e.list = append(e.list, one)
	return one
}

// forget drops the editions that nobody asked for in the last beats.
func (e *editions) forget(beat uint64) {
	kept := e.list[:0]
	for _, one := range e.list {
		if one.beat+4*uint64(frames) < beat {
			one.close()
			continue
		}
		kept = append(kept, one)
	}
	clear(e.list[len(kept):])
	e.list = kept
}

func (e *editions) close() {
	for _, one := range e.list {
		one.close()
	}
	e.list = nil
}
