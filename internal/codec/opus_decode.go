//go:build cgo

package codec

/*
#cgo noescape opus_decode
#cgo nocallback opus_decode
#cgo noescape opus_packet_get_nb_samples
#cgo nocallback opus_packet_get_nb_samples
#include <opus.h>
*/
import "C"

import (
	"runtime"
	"unsafe"
)

// opusDecoder is a stream of libopus to mono sound. Its C memory goes by Close, or when nobody holds it.
type opusDecoder struct {
	rate    int
	last    int            // samples of the last packet that made sense
	state   *C.OpusDecoder // nil once closed
	cleanup runtime.Cleanup
}

func newOpusDecoder(rate int) (Decoder, error) {
	var fault C.int
	state := C.opus_decoder_create(C.opus_int32(rate), 1, &fault)
	if fault != C.OPUS_OK {
		return nil, opusError("make decoder", fault)
	}
	d := &opusDecoder{rate: rate, last: rate / 50, state: state}
	d.cleanup = runtime.AddCleanup(d, func(s *C.OpusDecoder) { C.opus_decoder_destroy(s) }, state)
	return d, nil
}

func (d *opusDecoder) Rate() int { return d.rate }

func (d *opusDecoder) String() string {
	return "decode opus " + kilohertz(d.rate) + ", conceals, reads FEC"
}

func (d *opusDecoder) Decode(dst []int16, payload []byte) []int16 {
	if d.state == nil || len(payload) == 0 {
		return dst
	}
	samples := int(C.opus_packet_get_nb_samples(octets(payload), C.opus_int32(len(payload)), C.opus_int32(d.rate)))
	if samples <= 0 {
		return d.Conceal(dst, d.last)
	}
	whole, part := grow(dst, samples)
	if !d.decode(part, payload, 0) {
		return d.Conceal(dst, samples)
	}
	d.last = samples
	return whole
}

func (d *opusDecoder) Conceal(dst []int16, samples int) []int16 {
	return d.DecodeFEC(dst, nil, samples)
}

// DecodeFEC makes up what libopus takes for the best: the copy that next carries of the packet before it, or, where next
// is empty or carries none, a continuation that fades into noise such as was in the background.
func (d *opusDecoder) DecodeFEC(dst []int16, next []byte, samples int) []int16 {
	dst, part := grow(dst, max(samples, 0))
	for len(part) > 0 {
		n := min(len(part), d.rate*3/25) // libopus makes up at most 120 ms at a time
		if !d.madeUp(part[:n], next) {
			clear(part[:n])
		}
		part = part[n:]
	}
	return dst
}

// madeUp fills pcm, which libopus can do for multiples of 2.5 ms only: what is more than the last is left silent.
func (d *opusDecoder) madeUp(pcm []int16, next []byte) bool {
	whole := len(pcm) - len(pcm)%(d.rate/400)
	clear(pcm[whole:])
	return whole == 0 || d.decode(pcm[:whole], next, 1) || d.decode(pcm[:whole], nil, 0)
}

// decode reports whether payload filled pcm.
func (d *opusDecoder) decode(pcm []int16, payload []byte, correct C.int) bool {
	if d.state == nil {
		return false
	}
	n := C.opus_decode(d.state, octets(payload), C.opus_int32(len(payload)), (*C.opus_int16)(unsafe.SliceData(pcm)),
		C.int(len(pcm)), correct)
	runtime.KeepAlive(d)
	return int(n) == len(pcm)
}

// octets is the address of the first octet, and none where there are none: libopus takes that for a lost packet.
func octets(payload []byte) *C.uchar {
	if len(payload) == 0 {
		return nil
	}
	return (*C.uchar)(unsafe.SliceData(payload))
}

// Close frees the C memory; Decode gives nothing and Conceal silence from then on.
func (d *opusDecoder) Close() {
	if d.state == nil {
		return
	}
	d.cleanup.Stop()
	C.opus_decoder_destroy(d.state)
	d.state = nil
}
