package rtc

import (
	"errors"
	"fmt"
	"log/slog"
	"net"
	"slices"
	"strings"
	"time"

	"github.com/pion/dtls/v3"
	"github.com/pion/ice/v4"
	"github.com/pion/interceptor"
	"github.com/pion/interceptor/pkg/report"
	"github.com/pion/logging"
	"github.com/pion/webrtc/v4"

	"parley/internal/media"
)

// neverFails keeps ICE itself from giving a browser up: the leg's machine does that, by returnTimeout.
const neverFails = 24 * time.Hour

// keepalive is how often pion checks for silence.
const keepalive = 2 * time.Second

// settings are pion's, for every leg.
func settings(mux ice.UDPMux, log *slog.Logger) (webrtc.SettingEngine, error) {
	s := webrtc.SettingEngine{LoggerFactory: pionLogs{to: log}}
	s.SetLite(true)
	s.SetICEUDPMux(mux)
	s.SetIncludeLoopbackCandidate(true)
	s.SetNetworkTypes([]webrtc.NetworkType{webrtc.NetworkTypeUDP4, webrtc.NetworkTypeUDP6})
	s.SetICEMulticastDNSMode(ice.MulticastDNSModeDisabled)
	s.SetICETimeouts(silenceTimeout, neverFails, keepalive)
	// The browser is the DTLS client, so the choice is ours: the first of these that it knows.
	s.SetSRTPProtectionProfiles(dtls.SRTP_AEAD_AES_128_GCM, dtls.SRTP_AES128_CM_HMAC_SHA1_80)
	if err := s.SetAnsweringDTLSRole(webrtc.DTLSRoleServer); err != nil {
		return s, fmt.Errorf("set the DTLS role: %w", err)
	}
	return s, nil
}

// connection makes a PeerConnection that knows the offer's codecs and events, and nothing else.
func connection(s webrtc.SettingEngine, o offer) (*webrtc.PeerConnection, error) {
	codecs, err := codecsOf(o)
	if err != nil {
		return nil, err
	}
	reports, err := reporters(s.LoggerFactory)
	if err != nil {
		return nil, err
	}
	api := webrtc.NewAPI(webrtc.WithSettingEngine(s), webrtc.WithMediaEngine(codecs), webrtc.WithInterceptorRegistry(reports))
	return api.NewPeerConnection(webrtc.Configuration{})
}

// codecsOf registers under the browser's payload types.
func codecsOf(o offer) (*webrtc.MediaEngine, error) {
	engine := &webrtc.MediaEngine{}
	var err error
	for _, f := range append(slices.Clone(o.codecs), o.events...) {
		err = errors.Join(err, engine.RegisterCodec(f.parameters(), webrtc.RTPCodecTypeAudio))
	}
	return engine, err
}

func (f format) parameters() webrtc.RTPCodecParameters {
	name, _, _ := strings.Cut(f.encoding(), "/")
	p := webrtc.RTPCodecParameters{PayloadType: webrtc.PayloadType(f.payload)}
	p.MimeType, p.ClockRate = "audio/"+name, uint32(f.clock)
	if f.codec == media.Opus {
		p.Channels = 2
	}
	return p
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

// mux shares the socket among the legs. To pion it names one local address per family, so that a leg has one
// candidate however many interfaces there are; the answer names them all.
type mux struct {
	*ice.UDPMuxDefault
	local []net.Addr
}

// GetListenAddresses names the addresses of which each leg makes a candidate.
func (m mux) GetListenAddresses() []net.Addr { return m.local }
