package rtc

import (
	"fmt"
	"sync"

	"github.com/pion/rtp"
	"github.com/pion/webrtc/v4"
)

// track is our sound towards the browser. Unlike pion's own it keeps payload type, sequence number and timestamp
// as media made them; only the SSRC becomes the one that the answer names.
type track struct {
	codec webrtc.RTPCodecParameters

	mu     sync.Mutex
	bound  string // the binding's id, "" before and after
	writer webrtc.TrackLocalWriter
	ssrc   uint32
}

// Bind hears from pion where to write.
func (t *track) Bind(c webrtc.TrackLocalContext) (webrtc.RTPCodecParameters, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.bound, t.writer, t.ssrc = c.ID(), c.WriteStream(), uint32(c.SSRC())
	return t.codec, nil
}

// Unbind hears from pion that the connection is over.
func (t *track) Unbind(c webrtc.TrackLocalContext) error {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.bound == c.ID() {
		t.bound, t.writer = "", nil
	}
	return nil
}

// ID, StreamID, RID and Kind are what the answer says of the track.
func (t *track) ID() string                { return "voice" }
func (t *track) StreamID() string          { return "parley" }
func (t *track) RID() string               { return "" }
func (t *track) Kind() webrtc.RTPCodecType { return webrtc.RTPCodecTypeAudio }

// write sends one RTP packet; before the connection is up, and after its end, it is not sent.
func (t *track) write(packet []byte) (sent bool, err error) {
	t.mu.Lock()
	writer, ssrc := t.writer, t.ssrc
	t.mu.Unlock()
	if writer == nil {
		return false, nil
	}
	var header rtp.Header
	length, err := header.Unmarshal(packet)
	if err != nil {
		return false, fmt.Errorf("send a packet that is no RTP: %w", err)
	}
	header.SSRC = ssrc
	n, err := writer.WriteRTP(&header, packet[length:])
	return n > 0, err
}
