package callcontrol

import (
	"testing"
	"time"

	"parley/internal/amd"
	"parley/internal/call"
	"parley/internal/media"
	"parley/internal/quality"
)

// TestSampleIsRounded takes a sample from the sound to its call.
func TestSampleIsRounded(t *testing.T) {
	heard := media.Sampled{Leg: "l", Path: "PCMU/8k", Here: quality.Sample{
		Packets: 250, Loss: 3.1416, Jitter: 4567 * time.Microsecond, RoundTrip: 81 * time.Millisecond, MOS: 4.1299, Codec: "opus",
	}, There: quality.Sample{MOS: 9}}
	want := call.LegSampled{Leg: "l", Path: "PCMU/8k", Here: call.Sample{Packets: 250, Loss: 3.2, Jitter: 5, RoundTrip: 81, MOS: 4.12, Codec: "opus"}}
	if got := soundSignal("l", heard); got != want {
		t.Errorf("%+v, want %+v", got, want)
	}
	if got := soundSignal("l", media.OneWay{Leg: "l", There: true}); got != (call.LegOneWay{Leg: "l", There: true}) {
		t.Errorf("%+v", got)
	}
}

// TestAnswererIsNamed takes each finding about who answered to its call.
func TestAnswererIsNamed(t *testing.T) {
	for want, found := range map[call.Detected]amd.Signal{
		call.DetectedHuman:   {Kind: amd.Decided, Verdict: amd.Human, Reason: amd.ShortGreeting, At: time.Second},
		call.DetectedMachine: {Kind: amd.Decided, Verdict: amd.Machine, Reason: amd.Beep},
		call.DetectedUnsure:  {Kind: amd.Decided, Verdict: amd.Unsure, Reason: amd.Silence},
		call.DetectedBeep:    {Kind: amd.BeepEnded, At: 5 * time.Second, Hertz: 1000},
		call.DetectedQuiet:   {Kind: amd.Quiet, At: 6 * time.Second},
	} {
		heard := media.AnswererHeard{Leg: "l", Signal: found}
		if got := soundSignal("l", heard); got != (call.LegDetected{Leg: "l", What: want, Reason: string(found.Reason), At: found.At}) {
			t.Errorf("%+v, want %s", got, want)
		}
	}
}

// TestRoundingCrossesNoLimit gives a call what lies at each limit of SP-12 and hardly beyond it: the call judges as the meter
// does.
func TestRoundingCrossesNoLimit(t *testing.T) {
	at := quality.Sample{Packets: 250, Loss: quality.MostLoss, Jitter: quality.MostJitter, RoundTrip: quality.MostRoundTrip, MOS: quality.LeastMOS}
	for name, change := range map[string]func(*quality.Sample){
		"at the limits": func(*quality.Sample) {},
		"loss":          func(s *quality.Sample) { s.Loss = 100 * 31. / 1033 },
		"jitter":        func(s *quality.Sample) { s.Jitter += time.Microsecond },
		"round trip":    func(s *quality.Sample) { s.RoundTrip += time.Microsecond },
		"MOS":           func(s *quality.Sample) { s.MOS -= 0.001 },
	} {
		s := at
		change(&s)
		kept := sampleOf(s)
		again := quality.Sample{
			Packets: 1, Loss: kept.Loss, MOS: kept.MOS,
			Jitter: time.Duration(kept.Jitter) * time.Millisecond, RoundTrip: time.Duration(kept.RoundTrip) * time.Millisecond,
		}
		if s.Causes() != again.Causes() || (name == "at the limits") != (s.Causes() == 0) {
			t.Errorf("%s: %q, and rounded to %+v %q", name, s.Causes(), kept, again.Causes())
		}
	}
	for loss := range 1001 { // tenths are kept as they are
		if kept := sampleOf(quality.Sample{Packets: 1, Loss: float64(loss) / 10, MOS: float64(loss) / 100}); kept.Loss != float64(loss)/10 || kept.MOS != float64(loss)/100 {
			t.Fatalf("%d tenths become %+v", loss, kept)
		}
	}
}

// TestSamplesNeedNoJournal asks for a write of the state only when more happened than a sample.
func TestSamplesNeedNoJournal(t *testing.T) {
	j := newJourney(call.New("c", "acme"))
	poor := call.LegSampled{Leg: "trunk", Here: call.Sample{Packets: 250, Loss: 10, MOS: 3}}
	for i, step := range []struct {
		signal call.Signal
		stale  bool
	}{
		{call.Arrived{Leg: "trunk", From: "+32470111222", To: "+12025550100"}, true},
		{call.Routed{Queue: &call.Queue{ID: "q"}}, true},
		{call.LegAnswered{Leg: "trunk"}, true},
		{poor, false},
		{poor, false},
		{poor, true}, // the banner
		{poor, false},
		{call.LegOneWay{Leg: "trunk", Here: true}, true},
	} {
		j.stale = false
		if _, err := j.Handle(time.Unix(int64(i), 0), step.signal); err != nil {
			t.Fatal(err)
		}
		if j.stale != step.stale {
			t.Errorf("step %d: a write is due: %v", i, j.stale)
		}
	}
}

// TestHistogram counts samples up to each bound.
func TestHistogram(t *testing.T) {
	var q Quality
	for _, loss := range []float64{0, 0.5, 0.6, 4, 100} {
		q.count([]call.Event{call.SoundSampled{Here: call.Sample{Packets: 1, Loss: loss, MOS: 4}}, call.Began{}})
	}
	count, sum, upTo := q.Loss.Read(LossBounds)
	if count != 5 || sum != 105.1 || upTo[0] != 1 || upTo[0.5] != 2 || upTo[1] != 3 || upTo[3] != 3 || upTo[5] != 4 || upTo[20] != 4 {
		t.Errorf("%d samples, %v in all, %v", count, sum, upTo)
	}
	if count, _, upTo := q.MOS.Read(MOSBounds); count != 5 || upTo[3.8] != 0 || upTo[4] != 5 {
		t.Errorf("MOS: %d, %v", count, upTo)
	}
}
