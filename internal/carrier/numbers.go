package carrier

import (
	"log/slog"
	"sync"
	"time"

	"parley/internal/media"
	"parley/internal/sounds"
	"parley/internal/tel"
)

// The numbers of the carrier in the box, of the block that North America reserves for fiction (555-0100 to 555-0199).
// Every other number does what NumberAnswers does.
const (
	NumberAnswers     tel.Number = "+12025550180" // rings for a second, answers and speaks
	NumberBusy        tel.Number = "+12025550181" // 486
	NumberNoAnswer    tel.Number = "+12025550182" // rings until the caller gives up
	NumberDeclines    tel.Number = "+12025550183" // rings for a second, 603
	NumberUnknown     tel.Number = "+12025550184" // 404
	NumberAnnounced   tel.Number = "+12025550185" // an announcement as early media, then 404
	NumberAnswersLate tel.Number = "+12025550186" // rings for five seconds, answers and speaks
	NumberCongested   tel.Number = "+12025550187" // 503
)

// longest is how long the carrier speaks with whoever does not hang up.
const longest = 10 * time.Minute

// numbers does what the called number stands for.
type numbers struct {
	log    *slog.Logger
	answer func() *media.Sound
	absent func() *media.Sound
}

func newNumbers(log *slog.Logger) *numbers {
	n := &numbers{log: log}
	n.answer = sync.OnceValue(func() *media.Sound { return n.load(sounds.CarrierAnswer) })
	n.absent = sync.OnceValue(func() *media.Sound { return n.load(sounds.CarrierUnknown) })
	return n
}

// load gives a sound of the box; without it the carrier is silent, and says why.
func (n *numbers) load(name string) *media.Sound {
	sound, err := sounds.Load(name, sounds.Narrow)
	if err != nil {
		n.log.Warn("carrier stays silent", "error", err)
		return nil
	}
	return media.NewSound(sound.Samples)
}

// behaviour is what the called number does.
func (n *numbers) behaviour(called, _ string) Behaviour {
	number, err := tel.ParseNumber(called, "US")
	if err != nil {
		number = tel.Number(called)
	}
	speaking := Behaviour{RingFor: time.Second, Speak: n.answer(), HangUpAfter: longest}
	switch number {
	case NumberBusy:
		return Behaviour{Refuse: tel.CauseBusy}
	case NumberNoAnswer:
		return Behaviour{RingFor: Forever}
	case NumberDeclines:
		return Behaviour{RingFor: time.Second, Refuse: tel.CauseRejected}
	case NumberUnknown:
		return Behaviour{Refuse: tel.CauseUnallocated}
	case NumberAnnounced:
		return Behaviour{Early: true, Speak: n.absent(), Refuse: tel.CauseUnallocated}
	case NumberAnswersLate:
		speaking.RingFor = 5 * time.Second
	case NumberCongested:
		return Behaviour{Refuse: tel.CauseNoCircuit}
	}
	return speaking
}
