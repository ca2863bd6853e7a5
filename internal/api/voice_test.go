package api

import (
	"encoding/json"
	"net/http"
	"os"
	"slices"
	"strings"
	"testing"

	"parley/internal/rtc"
)

func TestRelayURLs(t *testing.T) {
	for _, c := range []struct {
		name   string
		ports  TURNPorts
		host   string
		secure bool
		want   []string
	}{
		{"nothing", TURNPorts{}, "a.example", true, nil},
		{"UDP and TCP", TURNPorts{Plain: 3478}, "a.example:8080", false, []string{"turn:a.example:3478?transport=udp", "turn:a.example:3478?transport=tcp"}},
		{"from a page by HTTP", TURNPorts{Secure: 8443}, "a.example:8080", false, []string{"turns:a.example:8443?transport=tcp"}},
		{"from a page by HTTPS", TURNPorts{Secure: 8443}, "a.example", true, []string{"turns:a.example:443?transport=tcp"}},
		{"behind a router", TURNPorts{Secure: 8443}, "a.example:9443", true, []string{"turns:a.example:9443?transport=tcp"}},
		{"IPv6", TURNPorts{Secure: 443}, "[2001:db8::7]", true, []string{"turns:[2001:db8::7]:443?transport=tcp"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := (&doors{Config: Config{TURN: c.ports}}).relayURLs(c.host, c.secure); !slices.Equal(got, c.want) {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

// TestVoicePaths: who has a phone gets a pass for the relay when there is one, and nobody else does.
func TestVoicePaths(t *testing.T) {
	w := newWorld(t)
	type paths struct {
		ICEServers []VoicePath `json:"ice_servers"`
	}
	if got := read[paths](t, w.as("ann").get("/api/station/paths")); got.ICEServers == nil || len(got.ICEServers) != 0 {
		t.Errorf("without a relay: %+v", got)
	}
	check(t, w.doors.RTC.OpenRelay(rtc.RelayConfig{Listen: "127.0.0.1:0"}))
	w.doors.TURN.Plain = w.doors.RTC.RelayAddr().Port()
	got := read[paths](t, w.as("ann").get("/api/station/paths")).ICEServers
	if len(got) != 1 || len(got[0].URLs) != 2 || !strings.HasSuffix(got[0].Username, ":"+string(w.agents["ann"])) || got[0].Credential == "" {
		t.Errorf("with a relay: %+v", got)
	}
	for name, want := range map[string]int{"none": http.StatusForbidden} {
		if a := w.as(name).get("/api/station/paths"); a.status != want {
			t.Errorf("%s: %d %s", name, a.status, a.body)
		}
	}
	if a := w.client().get("/api/station/paths"); a.status != http.StatusUnauthorized {
		t.Errorf("signed out: %d", a.status)
	}
}

// TestRenewVoice: ICE is restarted on one's own connection and on nobody else's.
func TestRenewVoice(t *testing.T) {
	w := newWorld(t)
	text, err := os.ReadFile("../rtc/testdata/chromium.sdp")
	check(t, err)
	offer := strings.ReplaceAll(string(text), "\n", "\r\n")
	body := func(v map[string]any) string {
		data, err := json.Marshal(v)
		check(t, err)
		return string(data)
	}
	ann := w.as("ann")
	started := read[struct{ Leg, SDP string }](t, ann.post("/api/station/start", body(map[string]any{"tab": "t", "sdp": offer, "takeover": false})))
	again := strings.Replace(offer, "a=ice-ufrag:Y5Xd", "a=ice-ufrag:Y5Xe", 1)
	for _, c := range []struct {
		name, who, leg, sdp string
		want                int
	}{
		{"another agent", "bob", started.Leg, again, http.StatusNotFound},
		{"no such leg", "ann", "nobody", again, http.StatusNotFound},
		{"no restart", "ann", started.Leg, offer, http.StatusUnprocessableEntity},
		{"nonsense", "ann", started.Leg, "nonsense", http.StatusUnprocessableEntity},
	} {
		t.Run(c.name, func(t *testing.T) {
			a := w.as(c.who).post("/api/station/renew", body(map[string]any{"leg": c.leg, "sdp": c.sdp}))
			if a.status != c.want {
				t.Errorf("%d %s", a.status, a.body)
			}
			a.detail(t)
		})
	}
	renewed := read[struct{ SDP string }](t, ann.post("/api/station/renew", body(map[string]any{"leg": started.Leg, "sdp": again})))
	for _, c := range []struct {
		who, leg string
		want     int
	}{{"bob", started.Leg, http.StatusNotFound}, {"ann", "nobody", http.StatusNotFound}, {"ann", started.Leg, http.StatusNoContent}} {
		played := body(map[string]any{"leg": c.leg, "discarded": 3, "buffer_ms": 60})
		if a := w.as(c.who).post("/api/station/played", played); a.status != c.want {
			t.Errorf("%s tells how %q plays: %d %s", c.who, c.leg, a.status, a.body)
		}
	}
	ufrag := func(sdp string) string {
		_, rest, _ := strings.Cut(sdp, "a=ice-ufrag:")
		value, _, _ := strings.Cut(rest, "\r\n")
		return value
	}
	if ufrag(renewed.SDP) == "" || ufrag(renewed.SDP) == ufrag(started.SDP) {
		t.Errorf("the answer restarts nothing:\n%s", renewed.SDP)
	}
}
