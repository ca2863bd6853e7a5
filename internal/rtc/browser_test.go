package rtc

import (
	"errors"
	"fmt"
	"io"
	"log/slog"
	"math"
	"net"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/pion/dtls/v3"
	"github.com/pion/ice/v4"
	"github.com/pion/interceptor"
	"github.com/pion/interceptor/pkg/report"
	"github.com/pion/logging"
	"github.com/pion/rtp"
	"github.com/pion/webrtc/v4"

	"parley/internal/id"
	"parley/internal/media"
)

func quiet() *slog.Logger { return slog.New(slog.DiscardHandler) }

// site is a server with its sound on loopback.
type site struct {
	*Server
	*ledger
	sound *media.Engine
}

func newSite(t *testing.T, ports uint16) *site {
	t.Helper()
	sound, err := media.Open(media.Config{First: ports, Last: ports + 7, Workers: 1})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(sound.Close)
	told := &ledger{}
	s, err := Open(Config{Listen: "127.0.0.1:0", Media: sound, Log: quiet()}, told)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Close)
	return &site{Server: s, ledger: told, sound: sound}
}

// browser is a full ICE client like an agent's page: it offers Opus, PCMU, PCMA and events, sends a tone and listens.
type browser struct {
	connection *webrtc.PeerConnection
	voice      *track
	stop       chan struct{}
	stopped    sync.Once

	mu      sync.Mutex
	headers []rtp.Header
	pcm     []int16
}

// call connects a new browser that sends a tone of hertz.
func (s *site) call(t *testing.T, name id.Leg, hertz float64, profiles ...dtls.SRTPProtectionProfile) *browser {
	t.Helper()
	b := newBrowser(t, profiles)
	answer, err := s.Connect(name, b.offer(t))
	if err != nil {
		t.Fatal(err)
	}
	b.answer(t, answer)
	eventually(t, string(name)+" connects", func() bool { return s.has(name, Connected{}) })
	go b.sing(hertz)
	return b
}

func newBrowser(t *testing.T, profiles []dtls.SRTPProtectionProfile) *browser {
	t.Helper()
	return newBrowserBy(t, webrtc.Configuration{}, profiles)
}

// newBrowserBy is a browser that takes the paths of its configuration.
func newBrowserBy(t *testing.T, paths webrtc.Configuration, profiles []dtls.SRTPProtectionProfile) *browser {
	t.Helper()
	engine := &webrtc.MediaEngine{}
	codecs := []webrtc.RTPCodecParameters{
		{RTPCodecCapability: webrtc.RTPCodecCapability{MimeType: webrtc.MimeTypeOpus, ClockRate: 48000, Channels: 2}, PayloadType: 111},
		{RTPCodecCapability: webrtc.RTPCodecCapability{MimeType: webrtc.MimeTypePCMU, ClockRate: 8000}, PayloadType: 0},
		{RTPCodecCapability: webrtc.RTPCodecCapability{MimeType: webrtc.MimeTypePCMA, ClockRate: 8000}, PayloadType: 8},
		{RTPCodecCapability: webrtc.RTPCodecCapability{MimeType: "audio/telephone-event", ClockRate: 8000}, PayloadType: 126},
	}
	for _, c := range codecs {
		if err := engine.RegisterCodec(c, webrtc.RTPCodecTypeAudio); err != nil {
			t.Fatal(err)
		}
	}
	s := webrtc.SettingEngine{}
	s.SetIncludeLoopbackCandidate(true)
	s.SetIPFilter(net.IP.IsLoopback)
	s.SetNetworkTypes([]webrtc.NetworkType{webrtc.NetworkTypeUDP4})
	s.SetICEMulticastDNSMode(ice.MulticastDNSModeDisabled)
	s.SetSRTPProtectionProfiles(profiles...)
	reports, err := reporters(logging.NewDefaultLoggerFactory())
	if err != nil {
		t.Fatal(err)
	}
	api := webrtc.NewAPI(webrtc.WithMediaEngine(engine), webrtc.WithSettingEngine(s), webrtc.WithInterceptorRegistry(reports))
	connection, err := api.NewPeerConnection(paths)
	if err != nil {
		t.Fatal(err)
	}
	b := &browser{connection: connection, voice: &track{codec: codecs[1]}, stop: make(chan struct{})}
	t.Cleanup(b.close)
	connection.OnTrack(func(r *webrtc.TrackRemote, rtcp *webrtc.RTPReceiver) {
		go b.listen(r)
		persist(func() error { _, _, err := rtcp.ReadRTCP(); return err })
	})
	if _, err := connection.AddTrack(b.voice); err != nil {
		t.Fatal(err)
	}
	return b
}

func (b *browser) close() {
	b.stopped.Do(func() { close(b.stop) })
	_ = b.connection.GracefulClose()
}

// offer goes out at once, without candidates.
func (b *browser) offer(t *testing.T) string {
	t.Helper()
	offer, err := b.connection.CreateOffer(nil)
	if err != nil {
		t.Fatal(err)
	}
	if err := b.connection.SetLocalDescription(offer); err != nil {
		t.Fatal(err)
	}
	return offer.SDP
}

func (b *browser) answer(t *testing.T, sdp string) {
	t.Helper()
	if err := b.connection.SetRemoteDescription(webrtc.SessionDescription{Type: webrtc.SDPTypeAnswer, SDP: sdp}); err != nil {
		t.Fatal(err)
	}
}

// sing sends a tone in packets of 20 ms, and every two seconds a key that is held for 100 ms, on the same SSRC.
func (b *browser) sing(hertz float64) {
	tick := time.NewTicker(20 * time.Millisecond)
	defer tick.Stop()
	for n := 0; ; n++ {
		select {
		case <-b.stop:
			return
		case <-tick.C:
		}
		h := rtp.Header{Version: 2, SequenceNumber: uint16(n), Timestamp: uint32(n * 160)}
		payload := media.Compress(media.PCMU, nil, sine(hertz, n*160))
		if key := n % 100; key >= 50 && key < 55 { // RFC 4733: the event keeps its first timestamp
			h.PayloadType, h.Timestamp, h.Marker = 126, uint32((n-key+50)*160), key == 50
			end := byte(0)
			if key == 54 {
				end = 0x80
			}
			duration := (key - 49) * 160
			payload = []byte{5, end | 10, byte(duration >> 8), byte(duration)}
		}
		packet, err := (&rtp.Packet{Header: h, Payload: payload}).Marshal()
		if err != nil {
			return
		}
		if _, err := b.voice.write(packet); err != nil {
			return
		}
	}
}

func sine(hertz float64, from int) []int16 {
	pcm := make([]int16, 160)
	for i := range pcm {
		pcm[i] = int16(8000 * math.Sin(2*math.Pi*hertz*float64(from+i)/8000))
	}
	return pcm
}

func (b *browser) listen(r *webrtc.TrackRemote) {
	for {
		p, _, err := r.ReadRTP()
		if err != nil {
			return
		}
		b.mu.Lock()
		b.headers = append(b.headers, p.Header)
		if p.PayloadType == 0 {
			b.pcm = media.Expand(media.PCMU, b.pcm, p.Payload)
		}
		b.mu.Unlock()
	}
}

// hears tells whether the last half second is a tone of hertz and nothing else.
func (b *browser) hears(hertz float64) bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	if len(b.pcm) < 4000 {
		return false
	}
	found, strength := media.Ear{}.Dominant(b.pcm[len(b.pcm)-4000:])
	return math.Abs(found-hertz) < 10 && strength > 0.15
}

func (b *browser) received() []rtp.Header {
	b.mu.Lock()
	defer b.mu.Unlock()
	return slices.Clone(b.headers)
}

// reporters send RTCP receiver and sender reports once a second (RFC 3550 §6.4).
func reporters(logs logging.LoggerFactory) (*interceptor.Registry, error) {
	receiver, err := report.NewReceiverInterceptor(report.WithReceiverLoggerFactory(logs))
	if err != nil {
		return nil, fmt.Errorf("make receiver reports: %w", err)
	}
	sender, err := report.NewSenderInterceptor(report.WithSenderLoggerFactory(logs))
	if err != nil {
		return nil, fmt.Errorf("make sender reports: %w", err)
	}
	registry := &interceptor.Registry{}
	registry.Add(receiver)
	registry.Add(sender)
	return registry, nil
}

// persist reads until the stream is over. A malformed packet does not end it.
func persist(read func() error) {
	for failed := 0; failed < 100; {
		err := read()
		switch {
		case err == nil:
			failed = 0
		case errors.Is(err, io.EOF), errors.Is(err, io.ErrClosedPipe):
			return
		default:
			failed++
		}
	}
}
