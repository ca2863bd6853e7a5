package media

import "parley/internal/codec"

// reader turns the packets of one track into samples at SampleRate.
type reader struct {
	codec   Codec
	decoder codec.Decoder
	samples []int16
}

// read decodes one packet; the samples are valid until the next. A codec that this build cannot decode is silent.
func (r *reader) read(c Codec, payload []byte) []int16 {
	if companded(c) {
		r.samples = Expand(c, r.samples[:0], payload)
		return r.samples
	}
	if c != r.codec {
		closeCoder(r.decoder)
		r.codec = c
		r.decoder, _ = codec.NewDecoder(c, SampleRate)
	}
	if r.decoder == nil {
		return nil
	}
	r.samples = r.decoder.Decode(r.samples[:0], payload)
	return r.samples
}
