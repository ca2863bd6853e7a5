package media

import (
	"encoding/binary"
	"math"
	"time"

	"parley/internal/amd"
	"parley/internal/id"
)

// AnswererHeard is what Hearing.Detect found in the sound of a leg: the one verdict on who took the call, with its
// reason; that a machine's beep has ended; or that it is quiet after a greeting (see amd.Signal).
type AnswererHeard struct {
	Leg id.Leg
	amd.Signal
}

func (AnswererHeard) media() {}

// answerer listens to the far side of a leg from the moment on at which that was asked for.
type answerer struct {
	detector *amd.Detector
	settings amd.Settings
}

// newAnswerer is made outside of the workers, which need no memory for it; nil where nothing is to be detected. The
// sound is looked at as a telephone of old carries it, at 8 kHz, whatever the codec.
func newAnswerer(s *amd.Settings) *answerer {
	if s == nil {
		return nil
	}
	settings := narrowly(*s)
	detector, err := amd.New(settings)
	if err != nil {
		panic(err) // of another rate only
	}
	return &answerer{detector, settings}
}

// detects is the detection that a leg goes on with: none, the one it has, or a fresh one for other limits.
func (l *Leg) detects(s *amd.Settings) *answerer {
	before := l.hearing.answerer
	if s == nil || before == nil {
		return newAnswerer(s)
	}
	if before.settings != narrowly(*s) {
		return newAnswerer(s)
	}
	return before
}

func narrowly(s amd.Settings) amd.Settings {
	s.Rate = SampleRate
	return s
}

// listenForAnswerer tells what the detector finds in the next 20 ms of a leg.
func (w *worker) listenForAnswerer(l *Leg) {
	for _, found := range l.answerer.detector.Feed(l.voice.at(SampleRate)) {
		var record [answererSize + longestReason]byte
		l.tell(toldAnswerer, record[:packAnswerer(record[:], found)])
	}
}

const (
	answererSize  = 18
	longestReason = 40
)

// packAnswerer writes a finding for the herald.
func packAnswerer(record []byte, s amd.Signal) (n int) {
	record[0], record[1] = byte(s.Kind), byte(s.Verdict)
	binary.LittleEndian.PutUint64(record[2:], uint64(s.At))
	binary.LittleEndian.PutUint64(record[10:], math.Float64bits(s.Hertz))
	return answererSize + copy(record[answererSize:], s.Reason)
}

func (l *Leg) answererHeard(record []byte) Event {
	return AnswererHeard{l.name, amd.Signal{
		Kind: amd.Kind(record[0]), Verdict: amd.Verdict(record[1]), Reason: amd.Reason(record[answererSize:]),
		At:    time.Duration(binary.LittleEndian.Uint64(record[2:])),
		Hertz: math.Float64frombits(binary.LittleEndian.Uint64(record[10:])),
	}}
}
