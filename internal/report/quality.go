package report

import (
	"fmt"
	"math"
	"strconv"
	"time"

	"parley/internal/call"
	"parley/internal/quality"
)

// Heard is how one direction of a leg sounded, and its samples for a chart.
type Heard struct {
	Samples        int     `json:"samples"`
	MeanMOS        float64 `json:"mean_mos"`
	WorstMOS       float64 `json:"worst_mos"`
	MeanLoss       float64 `json:"mean_loss" doc:"percent"`
	WorstLoss      float64 `json:"worst_loss" doc:"percent"`
	MeanJitter     int     `json:"mean_jitter" doc:"milliseconds"`
	WorstJitter    int     `json:"worst_jitter" doc:"milliseconds"`
	MeanRoundTrip  int     `json:"mean_round_trip,omitempty" doc:"milliseconds; 0 when unknown"`
	WorstRoundTrip int     `json:"worst_round_trip,omitempty" doc:"milliseconds; 0 when unknown"`
	Chart          Chart   `json:"chart,omitzero" required:"false" doc:"the samples; gone when they were kept long enough"`
	Codecs         []Spell `json:"codecs,omitempty" doc:"in their order"`

	mos, loss, jitter, trip float64 // sums
	trips, last             int     // samples that know their round trip; samples in the chart's last point
}

// Spell is the time from which on a codec was spoken.
type Spell struct {
	At    int    `json:"at" doc:"seconds since the leg began"`
	Codec string `json:"codec" doc:"as SDP calls it"`
}

// String is the figures on one line, means before worst.
func (h *Heard) String() string {
	line := fmt.Sprintf("MOS %.2f, least %.2f; loss %.1f %%, most %.1f %%; jitter %d ms, most %d ms",
		h.MeanMOS, h.WorstMOS, h.MeanLoss, h.WorstLoss, h.MeanJitter, h.WorstJitter)
	if h.WorstRoundTrip > 0 {
		line += fmt.Sprintf("; round trip %d ms, most %d ms", h.MeanRoundTrip, h.WorstRoundTrip)
	}
	return line
}

// Chart holds the samples over time, a list for each value, all of one length. In a long call a point stands for
// several samples and tells the worst of them.
type Chart struct {
	At        []int     `json:"at" doc:"seconds since the leg began, at the end of the sample"`
	MOS       []float64 `json:"mos"`
	Loss      []float64 `json:"loss" doc:"percent"`
	Jitter    []int     `json:"jitter" doc:"milliseconds"`
	RoundTrip []int     `json:"round_trip" doc:"milliseconds; 0 when unknown"`
	Each      int       `json:"each" doc:"samples in a point"`
}

// mostPoints bounds a chart: 20 minutes at full detail. It is even, so that pairs come out.
const mostPoints = 240

// measured folds what is drawn and listed, but has no line of its own in the timeline.
func (r *Record) measured(at time.Time, event call.Event) {
	switch e := event.(type) {
	case call.SoundSampled:
		r.sampled(at, e)
	case call.SoundPath:
		r.passed(e)
	}
}

// judged writes the line of the timeline about poor sound, about who is not heard, or about who answered.
func judged(event call.Event, entry *Entry) {
	switch e := event.(type) {
	case call.SoundJudged:
		entry.Agent, entry.Result, entry.Text = e.Agent, e.Direction, e.Causes
	case call.OneWayHeard:
		entry.Agent, entry.Result = e.Agent, oneWay(e)
	case call.AnswererDetected:
		entry.Result, entry.Text = string(e.What), e.Reason
	case call.RepairBegan:
		entry.Agent, entry.Text = e.Agent, strconv.Itoa(e.Try)
	case call.RepairOver:
		entry.Agent, entry.Result = e.Agent, string(e.Result)
		if e.Code > 0 {
			entry.Text = strconv.Itoa(e.Code)
		}
	}
}

// sampled folds a sample of a leg.
func (r *Record) sampled(at time.Time, e call.SoundSampled) {
	for i := range r.Legs {
		if l := &r.Legs[i]; l.Leg == e.Leg && l.Left.IsZero() {
			since := seconds(at.Sub(l.Joined))
			l.From = l.From.with(since, e.Here)
			l.To = l.To.with(since, e.There)
		}
	}
}

// passed notes the way of a leg's sound.
func (r *Record) passed(e call.SoundPath) {
	for i := range r.Legs {
		if l := &r.Legs[i]; l.Leg == e.Leg && l.Left.IsZero() {
			l.Path = e.Path
		}
	}
}

// with adds a sample; one without packets says nothing.
func (h *Heard) with(at int, s call.Sample) *Heard {
	if s.Packets == 0 {
		return h
	}
	if h == nil {
		h = &Heard{WorstMOS: s.MOS, Chart: Chart{Each: 1}}
	}
	h.Samples++
	n := float64(h.Samples)
	h.mos, h.loss, h.jitter = h.mos+s.MOS, h.loss+s.Loss, h.jitter+float64(s.Jitter)
	h.MeanMOS, h.WorstMOS = round(h.mos/n, 100), min(h.WorstMOS, s.MOS)
	h.MeanLoss, h.WorstLoss = round(h.loss/n, 10), max(h.WorstLoss, s.Loss)
	h.MeanJitter, h.WorstJitter = int(math.Round(h.jitter/n)), max(h.WorstJitter, s.Jitter)
	if s.RoundTrip > 0 {
		h.trips++
		h.trip += float64(s.RoundTrip)
		h.MeanRoundTrip, h.WorstRoundTrip = int(math.Round(h.trip/float64(h.trips))), max(h.WorstRoundTrip, s.RoundTrip)
	}
	h.speak(at, s.Codec)
	h.draw(at, s)
	return h
}

// mostSpells bounds the list of codecs: a peer may change its mind all the time.
const mostSpells = 20

// speak notes the codec of a sample that ended at that second.
func (h *Heard) speak(at int, codec string) {
	n := len(h.Codecs)
	if codec == "" || n == mostSpells || n > 0 && h.Codecs[n-1].Codec == codec {
		return
	}
	since := 0
	if n > 0 {
		since = max(0, at-int(quality.Period.Seconds()))
	}
	h.Codecs = append(h.Codecs, Spell{At: since, Codec: codec})
}

// draw adds a sample to the chart; a full one is thinned to half.
func (h *Heard) draw(at int, s call.Sample) {
	c := &h.Chart
	if len(c.At) == mostPoints && h.last == c.Each {
		c.thin()
	}
	if h.last == c.Each || len(c.At) == 0 {
		c.At, c.MOS, c.Loss = append(c.At, at), append(c.MOS, s.MOS), append(c.Loss, s.Loss)
		c.Jitter, c.RoundTrip = append(c.Jitter, s.Jitter), append(c.RoundTrip, s.RoundTrip)
		h.last = 1
		return
	}
	c.merge(len(c.At)-1, at, s)
	h.last++
}

// thin makes one point of every two.
func (c *Chart) thin() {
	for i := range len(c.At) / 2 {
		a, b := 2*i, 2*i+1
		c.At[i], c.MOS[i], c.Loss[i], c.Jitter[i], c.RoundTrip[i] = c.At[a], c.MOS[a], c.Loss[a], c.Jitter[a], c.RoundTrip[a]
		c.merge(i, c.At[b], call.Sample{MOS: c.MOS[b], Loss: c.Loss[b], Jitter: c.Jitter[b], RoundTrip: c.RoundTrip[b]})
	}
	n := len(c.At) / 2
	c.At, c.MOS, c.Loss, c.Jitter, c.RoundTrip = c.At[:n], c.MOS[:n], c.Loss[:n], c.Jitter[:n], c.RoundTrip[:n]
	c.Each *= 2
}

// merge keeps the worse of a point and a later sample.
func (c *Chart) merge(i, at int, s call.Sample) {
	c.At[i], c.MOS[i], c.Loss[i] = at, min(c.MOS[i], s.MOS), max(c.Loss[i], s.Loss)
	c.Jitter[i], c.RoundTrip[i] = max(c.Jitter[i], s.Jitter), max(c.RoundTrip[i], s.RoundTrip)
}

func round(v, parts float64) float64 { return math.Round(v*parts) / parts }

// oneWay says in a word who was not heard.
func oneWay(e call.OneWayHeard) string {
	switch {
	case e.Unheard && e.Deaf:
		return "both"
	case e.Unheard:
		return "unheard"
	case e.Deaf:
		return "deaf"
	}
	return "over"
}
