package media

import (
	"math"
	"math/rand/v2"
	"testing"
	"time"

	"parley/internal/codec"
)

// impairment is what a network does to packets.
type impairment struct {
	loss   float64       // share of packets, a third of them in bursts of three
	twice  float64       // share that comes a second time, up to 60 ms later
	jitter time.Duration // most that a packet is delayed; more than 20 ms brings them out of order
}

// arrivals are the numbers of the packets that come in each tick of 5 ms.
func (n impairment) arrivals(packets int) (at [][]int, lost int) {
	r := rand.New(rand.NewPCG(20, uint64(n.loss*100)))
	at = make([][]int, packets*4+40)
	come := func(i int, later time.Duration) {
		due := i*4 + int(later/(5*time.Millisecond))
		at[due] = append(at[due], i)
	}
	burst := 0
	for i := range packets {
		if burst == 0 && i > 10 && r.Float64() < n.loss*0.6 { // the mean burst is of 5 in 3
			burst = 1 + 2*(r.IntN(3)/2)
		}
		if burst > 0 {
			burst, lost = burst-1, lost+1
			continue
		}
		later := time.Duration(r.Float64() * float64(n.jitter))
		come(i, later)
		if r.Float64() < n.twice {
			come(i, later+time.Duration(r.IntN(60))*time.Millisecond)
		}
	}
	return at, lost
}

// listen lets ann hum a tone over such a network on a worker whose time the test moves, and is what bob hears of it.
func (n impairment) listen(t *testing.T, s codec.Settings, c Codec, hz float64, packets int) (pcm []int16, rate, lost int) {
	t.Helper()
	w, ann, bob := bare(t)
	ann.terms.Codec, ann.terms.PayloadType = c, typeOf(c)
	ann.sending.run(clockOf(c))
	other := PCMU
	if c == PCMU || c == PCMA {
		other = G722 // so that it is decoded
	}
	bob.terms.Codec, bob.terms.PayloadType = other, typeOf(other)
	w.retune(ann)
	w.retune(bob)
	encoder, err := codec.NewEncoder(c, s)
	if err != nil {
		t.Fatal(err)
	}
	decoder, err := codec.NewDecoder(other, 0)
	if err != nil {
		t.Fatal(err)
	}
	size, tone := encoder.Rate()/50, sineAt(encoder.Rate(), hz, time.Second)
	var sent [][]byte
	for i := range packets {
		sent = append(sent, encoder.Encode(nil, tone[i%50*size:i%50*size+size]))
	}
	at, lost := n.arrivals(packets)
	for _, come := range at {
		for _, i := range come {
			h := header{payloadType: typeOf(c), ssrc: 1, sequence: uint16(i), timestamp: uint32(i * c.ClockRate() / 50)}
			w.arrive(ann, rtpPacket(h, sent[i]), loopbackAt(1))
		}
		w.now += tick
		if w.now >= w.due {
			w.sendDue()
		}
		for _, p := range sentTo(bob) {
			pcm = decoder.Decode(pcm, p.payload)
		}
	}
	return pcm, other.Rate(), lost
}

// TestImpairedSound loses, repeats, delays and reorders the packets of every codec, and measures what the other side hears
// of a tone: how much of it is there, and how much else. What Opus' correction is worth is measured on a voice, in package
// codec: of a steady tone libopus says nothing again.
func TestImpairedSound(t *testing.T) {
	const hz, packets = 400, 600
	for _, way := range []struct {
		name string
		c    Codec
		s    codec.Settings
	}{
		{"PCMU", PCMU, codec.Settings{}}, {"PCMA", PCMA, codec.Settings{}}, {"G722", G722, codec.Settings{}},
		{"Opus", Opus, codec.Settings{Rate: 16000, Bitrate: 32000}},
		{"Opus with FEC", Opus, codec.Settings{Rate: 16000, Bitrate: 32000, FEC: true, LossPercent: 20}},
	} {
		for _, n := range []impairment{
			{}, {jitter: 60 * time.Millisecond}, {twice: 0.2, jitter: 30 * time.Millisecond}, {loss: 0.05}, {loss: 0.1},
			{loss: 0.1, twice: 0.05, jitter: 40 * time.Millisecond}, {loss: 0.2}, {loss: 0.2, twice: 0.05, jitter: 40 * time.Millisecond},
		} {
			pcm, rate, lost := n.listen(t, way.s, way.c, hz, packets)
			heard := pcm[rate : len(pcm)-rate]
			kept, rest := toneOf(heard, rate, hz)
			t.Logf("MEASURED %s, %d of %d lost, %.0f %% twice, up to %s late: %+.1f dB of the tone, the rest %.1f dB below it",
				way.name, lost, packets, 100*n.twice, n.jitter, kept, rest)
			least, below := -0.3-3*float64(lost)/packets, 12.0 // silence in place of what is lost would be 2 dB weaker, 6 dB clear at 20 %
			if way.c == Opus {
				least, below = -0.3-13*float64(lost)/packets, 5 // libopus does as it sees fit
			}
			if lost == 0 {
				below = 25
			}
			if kept < least || rest < below {
				t.Errorf("%s, %+v: want %.1f dB of the tone and the rest %.0f dB below it", way.name, n, least, below)
			}
		}
	}
}

// toneOf is how much of the tone of sineAt is in pcm, piece by piece of 100 ms in which its phase may differ, and
// how far the rest is below it, both in dB.
func toneOf(pcm []int16, rate int, hz float64) (kept, rest float64) {
	var tone, all, whole float64
	for piece := rate / 10; len(pcm) >= piece; pcm = pcm[piece:] {
		whole += float64(piece) * 8000 * 8000 / 2
		var re, im float64
		for i, x := range pcm[:piece] {
			turn := 2 * math.Pi * hz * float64(i) / float64(rate)
			re, im = re+float64(x)*math.Cos(turn), im+float64(x)*math.Sin(turn)
			all += float64(x) * float64(x)
		}
		tone += 2 * (re*re + im*im) / float64(piece)
	}
	return 10 * math.Log10(tone/whole), 10 * math.Log10(tone/max(all-tone, 1))
}
