package bench

import (
	"context"
	"encoding/json"
	"fmt"
	"net"
	"sync/atomic"
	"time"

	"github.com/pion/webrtc/v4"
)

// browser is the sound of an agent's page: it sends silence in G.711 over DTLS-SRTP and counts what it hears.
type browser struct {
	connection *webrtc.PeerConnection
	track      *webrtc.TrackLocalStaticRTP
	sequence   uint16
	came       atomic.Int64
}

func newBrowser() (*browser, error) {
	engine := &webrtc.MediaEngine{}
	codecs := []webrtc.RTPCodecParameters{
		{RTPCodecCapability: webrtc.RTPCodecCapability{MimeType: webrtc.MimeTypePCMU, ClockRate: 8000}, PayloadType: 0},
		{RTPCodecCapability: webrtc.RTPCodecCapability{MimeType: "audio/telephone-event", ClockRate: 8000}, PayloadType: 101},
	}
	for _, c := range codecs {
		if err := engine.RegisterCodec(c, webrtc.RTPCodecTypeAudio); err != nil {
			return nil, fmt.Errorf("open a browser: %w", err)
		}
	}
	settings := webrtc.SettingEngine{}
	settings.SetIncludeLoopbackCandidate(true)
	settings.SetIPFilter(net.IP.IsLoopback)
	settings.SetNetworkTypes([]webrtc.NetworkType{webrtc.NetworkTypeUDP4})
	connection, err := webrtc.NewAPI(webrtc.WithMediaEngine(engine), webrtc.WithSettingEngine(settings)).
		NewPeerConnection(webrtc.Configuration{})
	if err != nil {
		return nil, fmt.Errorf("open a browser: %w", err)
	}
	b := &browser{connection: connection}
	connection.OnTrack(func(t *webrtc.TrackRemote, _ *webrtc.RTPReceiver) {
		packet := make([]byte, 1500)
		for {
			if _, _, err := t.Read(packet); err != nil {
				return
			}
			b.came.Add(1)
		}
	})
	b.track, err = webrtc.NewTrackLocalStaticRTP(codecs[0].RTPCodecCapability, "voice", "agent")
	if err == nil {
		_, err = connection.AddTrack(b.track)
	}
	if err != nil {
		b.close()
		return nil, fmt.Errorf("open a browser: %w", err)
	}
	return b, nil
}

func (b *browser) close() { _ = b.connection.Close() }

// offer is the browser's SDP.
func (b *browser) offer() (string, error) {
	offer, err := b.connection.CreateOffer(nil)
	if err == nil {
		err = b.connection.SetLocalDescription(offer)
	}
	return offer.SDP, err
}

// send sends a packet; before the connection is there it is lost.
func (b *browser) send() {
	packet := quiet(b.sequence)
	b.sequence++
	_, _ = b.track.Write(packet)
}

// start makes a browser the phone of a member's page.
func (p *page) start(ctx context.Context, b *browser) error {
	sdp, err := b.offer()
	if err != nil {
		return err
	}
	in, err := json.Marshal(map[string]any{"tab": p.tab, "sdp": sdp, "takeover": true})
	if err != nil {
		return err
	}
	text, err := p.centre.ask(ctx, p.member, "/station/start", string(in))
	if err != nil {
		return err
	}
	var out struct {
		SDP string `json:"sdp"`
	}
	if err := json.Unmarshal(text, &out); err != nil {
		return err
	}
	return b.connection.SetRemoteDescription(webrtc.SessionDescription{Type: webrtc.SDPTypeAnswer, SDP: out.SDP})
}

// measureBrowsers bridges callers of a trunk who speak G.711 with agents whose phone is a browser.
func measureBrowsers(ctx context.Context, r *run) error {
	c, err := r.centre(ctx)
	if err != nil {
		return err
	}
	ctx, leave := context.WithCancel(ctx)
	defer leave()
	failed := make(chan error, pageCount)
	var browsers []*browser
	defer func() {
		for _, b := range browsers {
			b.close()
		}
	}()
	for _, m := range c.pages {
		p, err := c.openPage(ctx, m, func(err error) {
			select {
			case failed <- err:
			default: // one is enough
			}
		})
		if err != nil {
			return err
		}
		b, err := newBrowser()
		if err != nil {
			return err
		}
		browsers = append(browsers, b)
		if err := p.start(ctx, b); err != nil {
			return fmt.Errorf("start %s: %w", m.username, err)
		}
	}
	go speakAll(ctx, browsers)
	if err := heard(ctx, failed, func() bool { return connected(browsers) }); err != nil {
		return fmt.Errorf("browsers do not connect: %w", err)
	}
	load, err := c.bridge(ctx, c.pages)
	if err != nil {
		return err
	}
	if err := heard(ctx, failed, func() bool { return sounding(browsers) }); err != nil {
		return fmt.Errorf("browsers do not hear: %w", err)
	}
	return c.steady(ctx, r, load, "%d bridged calls, browser (DTLS-SRTP) with G.711 trunk: per 100", 22)
}

// speakAll sends a packet of every browser each 20 ms, spread over that time.
func speakAll(ctx context.Context, browsers []*browser) {
	clock := time.NewTicker(packetTime / 4)
	defer clock.Stop()
	for n := 0; ; n++ {
		select {
		case <-clock.C:
		case <-ctx.Done():
			return
		}
		for k := n % 4; k < len(browsers); k += 4 {
			browsers[k].send()
		}
	}
}

func connected(browsers []*browser) bool {
	for _, b := range browsers {
		if b.connection.ConnectionState() != webrtc.PeerConnectionStateConnected {
			return false
		}
	}
	return true
}

func sounding(browsers []*browser) bool {
	for _, b := range browsers {
		if b.came.Load() < 10 {
			return false
		}
	}
	return true
}

// heard waits until ok, or says what failed.
func heard(ctx context.Context, failed <-chan error, ok func() bool) error {
	ctx, cancel := context.WithTimeout(ctx, callWait)
	defer cancel()
	for !ok() {
		select {
		case err := <-failed:
			return err
		default:
		}
		if err := pause(ctx, 10*time.Millisecond); err != nil {
			return err
		}
	}
	return nil
}
