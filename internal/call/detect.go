package call

import (
	"time"

	"parley/internal/treatment"
)

// Detected is what the sound of an answered leg tells of who answered (package amd).
type Detected string

// The words. One of the first three comes once; a beep that has ended and a quiet of two seconds after a greeting are
// when one may speak to a machine (VM-13).
const (
	DetectedHuman   Detected = "human"
	DetectedMachine Detected = "machine"
	DetectedUnsure  Detected = "unsure"
	DetectedBeep    Detected = "beep"
	DetectedQuiet   Detected = "quiet"
)

// detectTime bounds how long a leg is listened to: no greeting lasts longer.
const detectTime = time.Minute

const detectTimer = "detect"

// detect has the far side of a placed call listened to from its answer on, where the call was placed so.
func (t *turn) detect(p *Party) {
	if t.Detect {
		p.Detecting = true
		t.after(detectTime, detectTimer)
	}
}

// legDetected notes what was heard. A person, or a machine that has beeped, ends the listening.
func (t *turn) legDetected(s LegDetected) {
	p := t.byLeg(s.Leg)
	if p != nil && s.What == DetectedQuiet && (t.recordsMessage() || t.tapes()) {
		t.drive(treatment.Quiet{})
		return
	}
	if p != nil && t.Drop != nil && (s.What == DetectedQuiet || s.What == DetectedBeep) {
		t.playDrop()
		return
	}
	if p == nil || !p.Detecting {
		return
	}
	t.tell(AnswererDetected(s))
	if s.What == DetectedHuman || s.What == DetectedBeep {
		t.detected()
		t.do(StopTimer{Timer: detectTimer})
	}
}

func (t *turn) detected() {
	for i := range t.Parties {
		t.Parties[i].Detecting = false
	}
}
