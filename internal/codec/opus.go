//go:build cgo

package codec

/*
#cgo pkg-config: opus
#cgo noescape opus_encode
#cgo nocallback opus_encode
#include <opus.h>

// cgo calls no function with a variable number of arguments.
static int parley_opus_set(OpusEncoder *e, int request, opus_int32 value) { return opus_encoder_ctl(e, request, value); }
*/
import "C"

import (
	"fmt"
	"runtime"
	"unsafe"
)

const opusAvailable = true

// largestPacket is the longest packet written, in octets: that of one frame (RFC 6716 §3.4), which with all headers
// stays below what an Ethernet carries.
const largestPacket = 1275

// opusEncoder is a stream of libopus for speech, mono. Its C memory goes by Close, or when nobody holds it.
type opusEncoder struct {
	settings Settings
	state    *C.OpusEncoder // nil once closed
	cleanup  runtime.Cleanup
	packet   [largestPacket]byte
	pause    pause
}

func newOpusEncoder(s Settings) (Encoder, error) {
	s = s.complete()
	var fault C.int
	state := C.opus_encoder_create(C.opus_int32(s.Rate), 1, C.OPUS_APPLICATION_VOIP, &fault)
	if fault != C.OPUS_OK {
		return nil, opusError("make encoder", fault)
	}
	e := &opusEncoder{settings: s, state: state}
	e.cleanup = runtime.AddCleanup(e, func(s *C.OpusEncoder) { C.opus_encoder_destroy(s) }, state)
	for _, control := range []struct{ request, value int }{
		{C.OPUS_SET_BITRATE_REQUEST, s.Bitrate},
		{C.OPUS_SET_COMPLEXITY_REQUEST, s.Complexity},
		{C.OPUS_SET_INBAND_FEC_REQUEST, number(s.FEC)},
		{C.OPUS_SET_DTX_REQUEST, number(s.DTX)},
		{C.OPUS_SET_VBR_REQUEST, number(!s.Constant)},
		{C.OPUS_SET_PACKET_LOSS_PERC_REQUEST, s.LossPercent},
	} {
		if fault := e.set(control.request, control.value); fault != C.OPUS_OK {
			e.Close()
			return nil, opusError(fmt.Sprintf("set up encoder (%d to %d)", control.request, control.value), fault)
		}
	}
	return e, nil
}

func (e *opusEncoder) set(request, value int) C.int {
	fault := C.parley_opus_set(e.state, C.int(request), C.opus_int32(value))
	runtime.KeepAlive(e)
	return fault
}

func (e *opusEncoder) Rate() int { return e.settings.Rate }

func (e *opusEncoder) String() string { return e.settings.describeOpus() }

func (e *opusEncoder) Encode(dst []byte, pcm []int16) []byte {
	if e.state == nil || len(pcm) == 0 {
		return dst
	}
	if e.settings.DTX && e.pause.goesOn(pcm) {
		return dst
	}
	n := C.opus_encode(e.state, (*C.opus_int16)(unsafe.SliceData(pcm)), C.int(len(pcm)),
		(*C.uchar)(&e.packet[0]), largestPacket)
	runtime.KeepAlive(e)
	if e.settings.DTX {
		e.pause.note(n <= 2)
	}
	if n <= 0 || e.settings.DTX && n <= 2 { // two octets or fewer say nothing but that it is quiet
		return dst
	}
	return append(dst, e.packet[:n]...)
}

func (e *opusEncoder) ExpectLoss(percent int) {
	percent = min(max(percent, 0), 100)
	if e.state == nil || percent == e.settings.LossPercent {
		return
	}
	e.settings.LossPercent = percent
	e.set(C.OPUS_SET_PACKET_LOSS_PERC_REQUEST, percent)
}

// Close frees the C memory; Encode gives nothing from then on.
func (e *opusEncoder) Close() {
	if e.state == nil {
		return
	}
	e.cleanup.Stop()
	C.opus_encoder_destroy(e.state)
	e.state = nil
}

func number(b bool) int {
	if b {
		return 1
	}
	return 0
}

func opusError(task string, fault C.int) error {
	return fmt.Errorf("opus: %s: %s", task, C.GoString(C.opus_strerror(fault)))
}
