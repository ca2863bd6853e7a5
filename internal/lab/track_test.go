package lab

import (
	"sync"

	"github.com/pion/rtp"
	"github.com/pion/webrtc/v4"
)

// track sends packets as they are given, with payload types of its own: pion's tracks know only one.
type track struct {
	codec webrtc.RTPCodecParameters

	mu    sync.Mutex // guards what follows
	write webrtc.TrackLocalWriter
	ssrc  uint32
}

// Bind is called by pion when the connection is agreed on.
func (k *track) Bind(c webrtc.TrackLocalContext) (webrtc.RTPCodecParameters, error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.write, k.ssrc = c.WriteStream(), uint32(c.SSRC())
	return k.codec, nil
}

// Unbind is called by pion when the connection ends.
func (k *track) Unbind(webrtc.TrackLocalContext) error {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.write = nil
	return nil
}

// ID, RID, StreamID and Kind name the track in the offer.
func (k *track) ID() string                { return "voice" }
func (k *track) RID() string               { return "" }
func (k *track) StreamID() string          { return "agent" }
func (k *track) Kind() webrtc.RTPCodecType { return webrtc.RTPCodecTypeAudio }

// send sends one packet; before the connection is there it is lost.
func (k *track) send(h rtp.Header, payload []byte) error {
	k.mu.Lock()
	write, ssrc := k.write, k.ssrc
	k.mu.Unlock()
	if write == nil {
		return nil
	}
	h.SSRC = ssrc
	_, err := write.WriteRTP(&h, payload)
	return err
}
