package api

import (
	"context"
	"net"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"parley/internal/access"
	"parley/internal/id"
	"parley/internal/media"
	"parley/internal/rtc"
)

// TURNPorts says where the relay for browsers is reached, on the host by which the page came; 0 is nowhere.
type TURNPorts struct {
	Plain  uint16 // UDP and TCP
	Secure uint16 // TLS
}

// VoicePath is a relay that the page may use, as RTCPeerConnection wants it.
type VoicePath struct {
	URLs       []string `json:"urls"`
	Username   string   `json:"username"`
	Credential string   `json:"credential"`
}

type pathsInput struct{ request }

type pathsOutput struct {
	Body struct {
		ICEServers []VoicePath `json:"ice_servers" doc:"relays beside the direct path, with credentials that open them for an hour"`
	}
}

type renewInput struct {
	Body struct {
		Leg id.Leg `json:"leg" minLength:"1" maxLength:"100"`
		SDP string `json:"sdp" doc:"an offer that restarts ICE" maxLength:"65536"`
	}
}

type renewOutput struct {
	Body struct {
		SDP string `json:"sdp" doc:"the answer"`
	}
}

func (d *doors) voiceRoutes(api huma.API) {
	route(api, http.MethodGet, "/station/paths", access.UsePhone, "How this browser's sound can reach the server", d.voicePaths)
	route(api, http.MethodPost, "/station/renew", access.UsePhone, "Restart ICE on the connection of this browser tab", d.renewVoice)
	route(api, http.MethodPost, "/station/played", access.UsePhone, "Tell how this browser tab plays what it receives", d.playedVoice)
}

type playedInput struct {
	Body struct {
		Leg       id.Leg `json:"leg" minLength:"1" maxLength:"100"`
		Discarded uint64 `json:"discarded" doc:"packets since the connection began that came too late to be heard"`
		Buffer    int    `json:"buffer_ms" minimum:"0" doc:"milliseconds that sound waited in the jitter buffer of late; 0 when unknown"`
	}
}

func (d *doors) voicePaths(ctx context.Context, in *pathsInput) (*pathsOutput, error) {
	agent, err := agentOf(ctx)
	if err != nil {
		return nil, err
	}
	out := &pathsOutput{}
	out.Body.ICEServers = []VoicePath{}
	pass, ok := d.RTC.Pass(string(agent.ID), time.Now())
	if urls := d.relayURLs(in.ctx.Host(), in.secure()); ok && len(urls) > 0 {
		out.Body.ICEServers = append(out.Body.ICEServers, VoicePath{URLs: urls, Username: pass.Username, Credential: pass.Password})
	}
	return out, nil
}

// relayURLs are the relay's addresses (RFC 7065) on the host that the page was loaded from. A page that came by HTTPS
// reaches TURN over TLS at the very same port, whatever a router makes of it.
func (d *doors) relayURLs(host string, secure bool) []string {
	var urls []string
	name := strings.Trim(hostOf(host), "[]")
	if d.TURN.Plain != 0 {
		at := net.JoinHostPort(name, strconv.Itoa(int(d.TURN.Plain)))
		urls = append(urls, "turn:"+at+"?transport=udp", "turn:"+at+"?transport=tcp")
	}
	if d.TURN.Secure != 0 {
		port := strconv.Itoa(int(d.TURN.Secure))
		if _, named, err := net.SplitHostPort(host); secure && err == nil {
			port = named
		} else if secure {
			port = "443"
		}
		urls = append(urls, "turns:"+net.JoinHostPort(name, port)+"?transport=tcp")
	}
	return urls
}

func (d *doors) renewVoice(ctx context.Context, in *renewInput) (*renewOutput, error) {
	agent, err := agentOf(ctx)
	if err != nil {
		return nil, err
	}
	if !d.Exchange.HasBrowser(agent.ID, in.Body.Leg) {
		return nil, d.refusal(rtc.ErrNoLeg)
	}
	answer, err := d.RTC.Renew(in.Body.Leg, in.Body.SDP)
	if err != nil {
		return nil, d.refusal(err)
	}
	out := &renewOutput{}
	out.Body.SDP = answer
	return out, nil
}

// playedVoice takes what only the browser knows of the sound to it. It counts for the quality of its own leg, nothing else.
func (d *doors) playedVoice(ctx context.Context, in *playedInput) (*struct{}, error) {
	agent, err := agentOf(ctx)
	if err != nil {
		return nil, err
	}
	sound, ok := d.RTC.Media(in.Body.Leg)
	if !ok || !d.Exchange.HasBrowser(agent.ID, in.Body.Leg) {
		return nil, d.refusal(rtc.ErrNoLeg)
	}
	sound.Played(media.Playout{Discarded: in.Body.Discarded, Buffer: time.Duration(in.Body.Buffer) * time.Millisecond})
	return &struct{}{}, nil
}
