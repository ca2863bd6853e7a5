package call

import (
	"time"

	"parley/internal/quality"
)

// Sample is how one direction of a leg sounded for five seconds (SP-12). Without packets it says nothing.
type Sample struct {
	Packets   int     `json:"packets"`
	Loss      float64 `json:"loss"`                 // percent that was not heard
	Jitter    int     `json:"jitter"`               // milliseconds
	RoundTrip int     `json:"round_trip,omitempty"` // milliseconds; 0 when unknown
	MOS       float64 `json:"mos"`                  // 1 to 4.5
	Codec     string  `json:"codec,omitempty"`      // SDP name
}

func (s Sample) measured() quality.Sample {
	return quality.Sample{
		Packets: uint64(max(0, s.Packets)), Loss: s.Loss, MOS: s.MOS,
		Jitter: time.Duration(s.Jitter) * time.Millisecond, RoundTrip: time.Duration(s.RoundTrip) * time.Millisecond,
	}
}

// legSampled keeps how a leg sounded, and shows or clears what SP-12 asks for.
func (t *turn) legSampled(s LegSampled) {
	p := t.byLeg(s.Leg)
	if p == nil {
		return
	}
	if s.Path != "" && s.Path != p.Path {
		p.Path = s.Path
		t.tell(SoundPath{Leg: s.Leg, Path: s.Path})
	}
	if p.State != Joined || s.Here.Packets+s.There.Packets == 0 {
		return
	}
	t.tell(SoundSampled{Leg: s.Leg, Here: s.Here, There: s.There})
	t.judge(p, &p.Speaks, quality.From, s.Here)
	t.judge(p, &p.Hears, quality.To, s.There)
}

func (t *turn) judge(p *Party, b *quality.Banner, d quality.Direction, s Sample) {
	if b.Observe(s.measured()) {
		t.tell(SoundJudged{Leg: p.Leg, Agent: p.Agent, Direction: d.String(), Causes: b.Causes().String()})
	}
}

// legOneWay notes who cannot hear whom (BX-57).
func (t *turn) legOneWay(s LegOneWay) {
	p := t.byLeg(s.Leg)
	if p == nil || p.State == Beside || p.Unheard == s.Here && p.Deaf == s.There {
		return
	}
	wasAmiss := p.amiss()
	p.Unheard, p.Deaf = s.Here, s.There
	t.noteHealth(p, wasAmiss)
	t.tell(OneWayHeard{Leg: s.Leg, Agent: p.Agent, Unheard: s.Here, Deaf: s.There})
}

// anew forgets how the party's last leg sounded.
func (t *turn) anew(p *Party) {
	t.forgetRepair(p)
	p.Speaks, p.Hears, p.Unheard, p.Deaf, p.Path = quality.Banner{}, quality.Banner{}, false, false, ""
}
