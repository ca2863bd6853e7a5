package media

import (
	"slices"
	"testing"
	"time"
)

// pace runs a worker for so many ms by a clock that the test moves, since packets reach a test when the machine likes,
// and gives the ms at which packets for l went. From late on, for stall ms, the worker does not come to run.
func pace(w *worker, l *Leg, late, stall, length int64) (sent []int64) {
	start := w.now
	for ms := int64(0); ms < length; ms += 5 {
		w.now = start + ms*int64(time.Millisecond)
		if ms >= late && ms < late+stall || w.now < w.due {
			continue
		}
		w.sendDue()
		for range sentTo(l) {
			sent = append(sent, ms)
		}
	}
	return sent
}

func TestDigitsKeepTheirPace(t *testing.T) {
	for _, c := range []struct {
		name        string
		late, stall int64
		want        []int64
	}{
		{"in time", 0, 0, []int64{0, 20, 40, 60, 80, 100, 120, 200, 220, 240, 260}},
		{"late within a digit", 25, 30, []int64{0, 20, 55, 60, 80, 100, 120, 200, 220, 240, 260}},
		{"late at its end", 105, 90, []int64{0, 20, 40, 60, 80, 100, 195, 255, 275, 295, 315}},
		{"late beyond catching up", 25, 300, []int64{0, 20, 325, 345, 365, 385, 405, 485, 505, 525, 545}},
	} {
		t.Run(c.name, func(t *testing.T) {
			w, _, bob := bare(t)
			bob.keys.add(5, 100*time.Millisecond)
			bob.keys.add(11, 40*time.Millisecond)
			w.schedule(bob)
			if sent := pace(w, bob, c.late, c.stall, 700); !slices.Equal(sent, c.want) {
				t.Errorf("packets at %v ms, want %v", sent, c.want)
			}
		})
	}
}

func TestPlayKeepsItsPace(t *testing.T) {
	for _, c := range []struct {
		name        string
		late, stall int64
		want        []int64
	}{
		{"in time", 0, 0, []int64{0, 20, 40, 60, 80, 100, 120, 140, 160, 180}},
		{"late", 25, 60, []int64{0, 20, 85, 85, 85, 100, 120, 140, 160, 180}},
		{"late beyond catching up", 25, 300, []int64{0, 20, 325, 345, 365, 385, 405, 425, 445, 465}},
	} {
		t.Run(c.name, func(t *testing.T) {
			w, ann, _ := bare(t)
			w.arrange(ann, nil, newPlay(&Play{Tag: "prompt", Sounds: []*Sound{NewSound(sine(440, 200*time.Millisecond))}}))
			if sent := pace(w, ann, c.late, c.stall, 700); !slices.Equal(sent, c.want) {
				t.Errorf("packets at %v ms, want %v", sent, c.want)
			}
		})
	}
}
