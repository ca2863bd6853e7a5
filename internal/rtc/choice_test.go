package rtc

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"parley/internal/media"
	"parley/internal/quality"
)

func chosen(o offer) media.Codec { return Sparing.choose(o, 0).codec }

// orNarrow is what is answered in place of wide, which a build without libopus does not have.
func orNarrow[T any](wide, narrow T) T {
	if media.Opus.Available() {
		return wide
	}
	return narrow
}

func TestChoose(t *testing.T) {
	o, err := readOffer(chromium(t))
	if err != nil {
		t.Fatal(err)
	}
	narrow := o
	narrow.codecs = slices.DeleteFunc(slices.Clone(o.codecs), func(f format) bool { return f.codec == media.Opus }) // a browser without it
	opus, events := orNarrow(media.Opus, media.PCMU), orNarrow[uint8](110, 126)
	for _, c := range []struct {
		name    string
		prefers Preference
		offer   offer
		loss    float64
		want    media.Codec
		event   uint8
	}{
		{"nothing said", "", o, 0, media.PCMU, 126},
		{"auto", Sparing, o, 0.03, media.PCMU, 126},
		{"auto after loss", Sparing, o, 0.04, opus, events},
		{"auto after loss without Opus", Sparing, narrow, 0.5, media.PCMU, 126},
		{"opus", Wide, o, 0, opus, events},
		{"opus without Opus", Wide, narrow, 0, media.PCMU, 126},
		{"g711 after loss", Narrow, o, 0.5, media.PCMU, 126},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := c.prefers.choose(c.offer, c.loss)
			if got.codec != c.want || got.event != c.event || got.clock != c.want.ClockRate() {
				t.Errorf("got %+v", got)
			}
			if terms := got.terms(c.offer, c.loss); terms.Codec != c.want || terms.PayloadType != got.payload || terms.EventClock != got.clock {
				t.Errorf("terms %v", terms)
			}
		})
	}
}

// TestOneCodecInTheAnswer: of all that is offered the answer names one codec and the events at its clock. The browser offers
// Opus first; a build without libopus answers with PCMU even where Opus is preferred.
func TestOneCodecInTheAnswer(t *testing.T) {
	narrow := []string{"m=audio 9 UDP/TLS/RTP/SAVPF 0 126\r\n", "a=rtpmap:0 PCMU/8000", "a=rtpmap:126 telephone-event/8000"}
	wide := []string{
		"m=audio 9 UDP/TLS/RTP/SAVPF 111 110\r\n", "a=rtpmap:111 opus/48000/2", "a=rtpmap:110 telephone-event/48000", "a=fmtp:111 " + opusSettings,
	}
	for _, c := range []struct {
		prefers Preference
		want    []string
	}{{Narrow, narrow}, {Wide, orNarrow(wide, narrow)}} {
		t.Run(string(c.prefers), func(t *testing.T) {
			s := newSite(t, 29330)
			s.config.Prefers = c.prefers
			answer, err := s.Connect("ann", chromium(t))
			if err != nil {
				t.Fatal(err)
			}
			for _, want := range c.want {
				if !strings.Contains(answer, want) {
					t.Errorf("no %q in\n%s", want, answer)
				}
			}
			if n := strings.Count(answer, "a=rtpmap:"); n != 2 {
				t.Errorf("%d formats", n)
			}
		})
	}
}

// TestOpusAfterLoss: a browser that loses packets is answered with Opus when it restarts ICE, and not before.
func TestOpusAfterLoss(t *testing.T) {
	s := newSite(t, 29340)
	first := chromium(t)
	if _, err := s.Connect("ann", first); err != nil {
		t.Fatal(err)
	}
	before := media.PCMU
	for n, c := range []struct {
		lost float64 // percent
		want media.Codec
	}{{0, media.PCMU}, {8, orNarrow(media.Opus, media.PCMU)}, {0, media.PCMU}} {
		for range 10 * lossMemory {
			s.find("ann").hear(media.Sampled{There: quality.Sample{Packets: 250, Loss: c.lost}})
		}
		if was := s.Stats("ann").Codec; was != before {
			t.Errorf("%v before another negotiation", was)
		}
		before = c.want
		answer, err := s.Renew("ann", strings.Replace(first, "a=ice-ufrag:Y5Xd", fmt.Sprint("a=ice-ufrag:Y5X", n), 1))
		if err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(answer, c.want.String()+"/") || s.Stats("ann").Codec != c.want {
			t.Errorf("with %v %% lost: %v in\n%s", c.lost, s.Stats("ann").Codec, answer)
		}
	}
}

// TestOpusFirst: where Opus is preferred, a browser that offers it before all else is answered with it; by a build without
// libopus with PCMU, and not refused.
func TestOpusFirst(t *testing.T) {
	offer := chromium(t)
	if !strings.Contains(offer, "SAVPF 111 ") || !strings.Contains(offer, "a=rtpmap:111 opus/48000/2") {
		t.Fatal("the browser does not offer Opus first")
	}
	s := newSite(t, 29350)
	s.config.Prefers = Wide
	answer, err := s.Connect("ann", offer)
	if err != nil {
		t.Fatal(err)
	}
	want := orNarrow(media.Opus, media.PCMU)
	if got := s.Stats("ann").Codec; got != want || strings.Contains(answer, "opus/") != (want == media.Opus) {
		t.Errorf("%v in place of %v, answered\n%s", got, want, answer)
	}
}
