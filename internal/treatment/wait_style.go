package treatment

import (
	"time"

	"parley/internal/prompt"
)

// WaitStyle is how the expected wait is said (BX-4); empty is Approximate.
type WaitStyle string

// The styles.
const (
	Approximate WaitStyle = "approximate" // about so many minutes, rounded up
	LessThan    WaitStyle = "less_than"   // less than so many minutes, rounded up
	Padded      WaitStyle = "padded"      // about so many minutes, after a fifth was added
	Precise     WaitStyle = "precise"     // so many minutes, to the nearest
)

// of is how a wait is said, in whole minutes; under one minute counts as one.
func (s WaitStyle) of(wait time.Duration) (how prompt.Kind, minutes int) {
	how = prompt.Wait
	switch s {
	case Approximate:
	case LessThan:
		how = prompt.WaitBelow
	case Padded:
		wait += wait / 5
	case Precise:
		return prompt.WaitExact, max(1, int(wait.Round(time.Minute)/time.Minute))
	}
	return how, max(1, int((wait+time.Minute-1)/time.Minute))
}
