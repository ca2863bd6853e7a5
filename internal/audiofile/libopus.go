//go:build cgo

package audiofile

/*
#cgo pkg-config: opus
#include <opus_multistream.h>

// C functions with variable arguments cannot be called from Go.
static int parley_set(OpusMSEncoder *e, int request, opus_int32 value) { return opus_multistream_encoder_ctl(e, request, value); }
static int parley_lookahead(OpusMSEncoder *e, opus_int32 *value) { return opus_multistream_encoder_ctl(e, OPUS_GET_LOOKAHEAD(value)); }
static int parley_gain(OpusMSDecoder *d, opus_int32 value) { return opus_multistream_decoder_ctl(d, OPUS_SET_GAIN(value)); }
*/
import "C"

import (
	"errors"
	"fmt"
	"unsafe"
)

// Available tells whether Ogg Opus can be written and read.
func Available() bool { return true }

// encoder encodes channels apart, in frames of 20 ms.
type encoder struct{ state *C.OpusMSEncoder }

// decoder decodes any mapping of streams to channels.
type decoder struct {
	state    *C.OpusMSDecoder
	channels int
}

func opusError(what string, code C.int) error {
	return fmt.Errorf("%s: libopus: %s", what, C.GoString(C.opus_strerror(code)))
}

func newEncoder(h opusHead, rate, bitrate, complexity int) (*encoder, error) {
	var code C.int
	state := C.opus_multistream_encoder_create(C.opus_int32(rate), C.int(h.channels), C.int(h.streams), C.int(h.coupled),
		(*C.uchar)(unsafe.Pointer(&h.mapping[0])), C.OPUS_APPLICATION_VOIP, &code)
	if code != C.OPUS_OK {
		return nil, opusError("open encoder", code)
	}
	for _, set := range [][2]C.opus_int32{
		{C.OPUS_SET_BITRATE_REQUEST, C.opus_int32(bitrate * h.channels)}, {C.OPUS_SET_COMPLEXITY_REQUEST, C.opus_int32(complexity)},
		{C.OPUS_SET_VBR_REQUEST, 1},
	} {
		if code := C.parley_set(state, set[0], set[1]); code != C.OPUS_OK {
			C.opus_multistream_encoder_destroy(state)
			return nil, opusError("set encoder", code)
		}
	}
	return &encoder{state}, nil
}

// lookahead is how many samples come out before the first that was put in.
func (e *encoder) lookahead() int {
	var samples C.opus_int32
	C.parley_lookahead(e.state, &samples)
	return int(samples)
}

// encode gives one packet for one frame of samples, those of the channels in turn.
func (e *encoder) encode(dst []byte, pcm []int16, channels int) ([]byte, error) {
	n := C.opus_multistream_encode(e.state, (*C.opus_int16)(unsafe.Pointer(&pcm[0])), C.int(len(pcm)/channels),
		(*C.uchar)(unsafe.Pointer(&dst[0])), C.opus_int32(len(dst)))
	if n < 0 {
		return nil, opusError("encode", n)
	}
	return dst[:n], nil
}

func (e *encoder) close() {
	if e.state != nil {
		C.opus_multistream_encoder_destroy(e.state)
		e.state = nil
	}
}

func newDecoder(h opusHead, rate int) (*decoder, error) {
	var code C.int
	state := C.opus_multistream_decoder_create(C.opus_int32(rate), C.int(h.channels), C.int(h.streams), C.int(h.coupled),
		(*C.uchar)(unsafe.Pointer(&h.mapping[0])), &code)
	if code != C.OPUS_OK {
		return nil, opusError("open decoder", code)
	}
	C.parley_gain(state, C.opus_int32(h.gain))
	return &decoder{state, h.channels}, nil
}

var errPacket = errors.New("a packet is damaged")

// decode fills pcm, the samples of the channels in turn, and tells how many each has.
func (d *decoder) decode(pcm []int16, packet []byte) (int, error) {
	if len(packet) == 0 {
		return 0, errPacket
	}
	n := C.opus_multistream_decode(d.state, (*C.uchar)(unsafe.Pointer(&packet[0])), C.opus_int32(len(packet)),
		(*C.opus_int16)(unsafe.Pointer(&pcm[0])), C.int(len(pcm)/d.channels), 0)
	if n < 0 {
		return 0, errPacket
	}
	return int(n), nil
}

func (d *decoder) close() {
	if d.state != nil {
		C.opus_multistream_decoder_destroy(d.state)
		d.state = nil
	}
}
