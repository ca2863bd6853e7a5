package media

import (
	"encoding/binary"
	"math"
	"testing"
	"time"

	"parley/internal/id"
)

// taped is what a tap's recorder has of the time before until.
func taped(one *tap, started, until int64) (pcm []int16) {
	rec := &recorder{taps: []*tap{one}, started: started}
	rec.advance(until)
	for at := 0; at < len(rec.buffer); at += frameSize {
		pcm = append(pcm, int16(binary.LittleEndian.Uint16(rec.buffer[at+2*one.channel:])))
	}
	return pcm
}

// TestRecordingConcealsLoss loses one packet in ten, two in a row at times, and looks at every 20 ms of the recording: a
// hole is where the tone has less than three tenths of its strength.
func TestRecordingConcealsLoss(t *testing.T) {
	for _, one := range spoken() {
		t.Run(one.String(), func(t *testing.T) {
			c := newChoir(t, one)
			s := c.singers["a"]
			inRow := one != Opus // whose decoder fades within 20 ms where packets do not repeat one another
			s.lose = func(frame int) bool { return frame%10 == 7 || inRow && frame%40 == 38 }
			recorded := newTap(0)
			s.leg.taps = append(s.leg.taps, recorded)
			started := c.w.now
			c.sing(200)
			pcm := taped(recorded, started, c.w.now-int64(500*time.Millisecond))
			if len(pcm) < 3*SampleRate {
				t.Fatalf("%d samples are recorded", len(pcm))
			}
			holes, worst := 0, 1.0
			for at := SampleRate / 2; at+160 <= 3*SampleRate; at += 160 {
				strength := (Ear{}).Level(pcm[at:at+160]) / (4000. / 32768 / math.Sqrt2)
				holes += count(strength < 0.3)
				worst = min(worst, strength)
			}
			hertz, strength := (Ear{}).Dominant(pcm[SampleRate/2 : 3*SampleRate])
			t.Logf("%d holes, the weakest 20 ms have %.2f of the tone; %.1f Hz of %.3f", holes, worst, hertz, strength)
			if holes > 0 || math.Abs(hertz-s.hertz) > 3 || strength < 0.09 {
				t.Errorf("%d holes, the weakest has %.2f; %.0f Hz of %.3f", holes, worst, hertz, strength)
			}
		})
	}
}

// TestRecordingBridgesNoPause has a leg press a key and pause in the middle of a tone: no packet of sound was lost there,
// and nothing is made up.
func TestRecordingBridgesNoPause(t *testing.T) {
	for _, one := range spoken() {
		t.Run(one.String(), func(t *testing.T) {
			c := newChoir(t, one)
			recorded := newTap(1)
			c.singers["a"].leg.taps = append(c.singers["a"].leg.taps, recorded)
			started := c.w.now
			c.sing(50)
			c.press("a", 5, 80*time.Millisecond)
			c.sing(50)
			pcm := taped(recorded, started, c.w.now-int64(500*time.Millisecond))
			at := 0
			for quiet := 0; quiet < 400 && at < len(pcm); at++ { // 50 ms
				if quiet++; pcm[at] > 400 || pcm[at] < -400 {
					quiet = 0
				}
			}
			if at == len(pcm) {
				t.Error("the time of the key is filled with sound that nobody sent")
			}
		})
	}
}

// TestRecordingOfReorderedPackets swaps every tenth packet with the next, and sends some twice.
func TestRecordingOfReorderedPackets(t *testing.T) {
	for _, one := range spoken() {
		t.Run(one.String(), func(t *testing.T) {
			l := newLoop(t, one)
			s, name := l.singers["a"], id.Leg("a")
			recorded := newTap(0)
			s.leg.taps = append(s.leg.taps, recorded)
			started := l.w.now
			send := func(i int) {
				h := header{payloadType: s.leg.terms.PayloadType, ssrc: 1, sequence: uint16(65500 + i), timestamp: uint32(i) * uint32(clockOf(one)/50)}
				l.w.arrive(s.leg, rtpPacket(h, l.payloads[name][i%50]), loopbackAt(1))
			}
			for i := range 200 {
				switch i % 10 {
				case 4:
				case 5:
					send(i)
					send(i - 1)
					send(i)
				default:
					send(i)
				}
				l.rest()
			}
			pcm := taped(recorded, started, l.w.now-int64(500*time.Millisecond))
			for at := SampleRate / 2; at+160 <= 3*SampleRate; at += 160 {
				if level := (Ear{}).Level(pcm[at : at+160]); level < 0.05 {
					t.Fatalf("there is a hole at %v: %.3f", timeOf(int64(at)), level)
				}
			}
			hertz, strength := (Ear{}).Dominant(pcm[SampleRate/2 : 3*SampleRate])
			if math.Abs(hertz-s.hertz) > 3 || strength < 0.15 {
				t.Errorf("%.0f Hz of %.3f", hertz, strength)
			}
		})
	}
}
