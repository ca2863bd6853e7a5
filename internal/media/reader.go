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

// conceal makes up n samples that did not come before next. The last of them, as many as a packet has, are taken from what
// next says about them, where the codec can say it.
func (r *reader) conceal(n, length int, next []byte) []int16 {
	if r.decoder == nil {
		return nil
	}
	r.samples = r.samples[:0]
	corrector, can := r.decoder.(codec.Corrector)
	if !can || n < length {
		r.samples = r.decoder.Conceal(r.samples, n)
		return r.samples
	}
	if n > length {
		r.samples = r.decoder.Conceal(r.samples, n-length)
	}
	r.samples = corrector.DecodeFEC(r.samples, next, length)
	return r.samples
}
