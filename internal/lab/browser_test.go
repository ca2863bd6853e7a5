package lab

import (
	"net"
	"sync"
	"testing"
	"time"

	"github.com/pion/ice/v4"
	"github.com/pion/interceptor"
	"github.com/pion/rtp"
	"github.com/pion/webrtc/v4"

	"parley/internal/media"
)

const (
	packetTime    = 20 * time.Millisecond
	packetSamples = 160
	eventPayload  = 126
)

// browser is the sound of an agent's page: it sends a tone, presses keys and listens.
type browser struct {
	connection *webrtc.PeerConnection
	track      *track
	stop       chan struct{}
	over       sync.Once

	mu    sync.Mutex
	hertz int
	keys  []byte // to be pressed
	heard []int16
	came  []time.Time // when each packet of heard came
}

func newBrowser(t *testing.T, hertz int) *browser {
	t.Helper()
	engine := &webrtc.MediaEngine{}
	codecs := []webrtc.RTPCodecParameters{
		{RTPCodecCapability: webrtc.RTPCodecCapability{MimeType: webrtc.MimeTypeOpus, ClockRate: 48000, Channels: 2}, PayloadType: 111},
		{RTPCodecCapability: webrtc.RTPCodecCapability{MimeType: webrtc.MimeTypePCMU, ClockRate: 8000}, PayloadType: 0},
		{RTPCodecCapability: webrtc.RTPCodecCapability{MimeType: webrtc.MimeTypePCMA, ClockRate: 8000}, PayloadType: 8},
		{RTPCodecCapability: webrtc.RTPCodecCapability{MimeType: "audio/telephone-event", ClockRate: 8000}, PayloadType: eventPayload},
	}
	for _, c := range codecs {
		if err := engine.RegisterCodec(c, webrtc.RTPCodecTypeAudio); err != nil {
			t.Fatal(err)
		}
	}
	settings := webrtc.SettingEngine{}
	settings.SetIncludeLoopbackCandidate(true)
	settings.SetIPFilter(net.IP.IsLoopback)
	settings.SetNetworkTypes([]webrtc.NetworkType{webrtc.NetworkTypeUDP4})
	settings.SetICEMulticastDNSMode(ice.MulticastDNSModeDisabled)
	reports := &interceptor.Registry{}
	if err := webrtc.ConfigureRTCPReports(reports); err != nil {
		t.Fatal(err)
	}
	api := webrtc.NewAPI(webrtc.WithMediaEngine(engine), webrtc.WithSettingEngine(settings), webrtc.WithInterceptorRegistry(reports))
	connection, err := api.NewPeerConnection(webrtc.Configuration{})
	if err != nil {
		t.Fatal(err)
	}
	b := &browser{connection: connection, track: &track{codec: codecs[1]}, hertz: hertz, stop: make(chan struct{})}
	t.Cleanup(b.close)
	connection.OnTrack(func(r *webrtc.TrackRemote, _ *webrtc.RTPReceiver) { b.listen(r) })
	if _, err := connection.AddTrack(b.track); err != nil {
		t.Fatal(err)
	}
	return b
}

func (b *browser) close() {
	b.over.Do(func() {
		close(b.stop)
		_ = b.connection.Close()
	})
}

func (b *browser) offer(t *testing.T) string {
	t.Helper()
	offer, err := b.connection.CreateOffer(nil)
	if err == nil {
		err = b.connection.SetLocalDescription(offer)
	}
	if err != nil {
		t.Fatal(err)
	}
	return offer.SDP
}

func (b *browser) accept(t *testing.T, sdp string) {
	t.Helper()
	if err := b.connection.SetRemoteDescription(webrtc.SessionDescription{Type: webrtc.SDPTypeAnswer, SDP: sdp}); err != nil {
		t.Fatal(err)
	}
	go b.speak()
}

// press presses a key for 100 ms in the browser's own media, as RTCDTMFSender does.
func (b *browser) press(key byte) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.keys = append(b.keys, key)
}

// speak sends the tone, and events in its place while a key is pressed.
func (b *browser) speak() {
	key, left := byte(0), 0
	pace(b.stop, func(n int) bool {
		if left == 0 {
			if key = b.nextKey(); key != 0 {
				left = 5
			}
		}
		h := rtp.Header{Version: 2, SequenceNumber: uint16(n), Timestamp: uint32(n * packetSamples)}
		payload := b.voice(n)
		if left > 0 {
			at := 5 - left // packets since the key went down (RFC 4733 §2.5.1.2)
			h.PayloadType, h.Timestamp, h.Marker = eventPayload, uint32((n-at)*packetSamples), at == 0
			payload = event(key, at, left == 1)
			left--
		}
		return b.track.send(h, payload) == nil
	})
}

func (b *browser) nextKey() byte {
	b.mu.Lock()
	defer b.mu.Unlock()
	if len(b.keys) == 0 {
		return 0
	}
	key := b.keys[0]
	b.keys = b.keys[1:]
	return key
}

func (b *browser) voice(n int) []byte {
	pcm := make([]int16, packetSamples)
	for i := range pcm {
		pcm[i] = Sine(b.hertz, n*packetSamples+i)
	}
	return media.Compress(media.PCMU, nil, pcm)
}

// event is the payload of RFC 4733 §2.3.
func event(key byte, at int, end bool) []byte {
	code := key - '0'
	switch key {
	case '*':
		code = 10
	case '#':
		code = 11
	}
	duration := (at + 1) * packetSamples
	flags := byte(10)
	if end {
		flags |= 0x80
	}
	return []byte{code, flags, byte(duration >> 8), byte(duration)}
}

func (b *browser) listen(r *webrtc.TrackRemote) {
	for {
		p, _, err := r.ReadRTP()
		if err != nil {
			return
		}
		b.mu.Lock()
		switch p.PayloadType {
		case 0:
			b.heard = media.Expand(media.PCMU, b.heard, p.Payload)
		case 8:
			b.heard = media.Expand(media.PCMA, b.heard, p.Payload)
		}
		b.came = append(b.came, time.Now())
		b.mu.Unlock()
	}
}

// last is what was heard lately; nothing while packets do not come.
func (b *browser) last(window time.Duration) []int16 {
	b.mu.Lock()
	defer b.mu.Unlock()
	if n := len(b.came); n == 0 || time.Since(b.came[n-1]) > 200*time.Millisecond {
		return make([]int16, int(window.Seconds()*media.SampleRate))
	}
	n := min(len(b.heard), int(window.Seconds()*media.SampleRate))
	return append([]int16{}, b.heard[len(b.heard)-n:]...)
}

// count is how many samples were heard so far.
func (b *browser) count() int {
	b.mu.Lock()
	defer b.mu.Unlock()
	return len(b.heard)
}
