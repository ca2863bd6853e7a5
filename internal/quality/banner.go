package quality

import (
	"fmt"
	"strings"
	"time"
)

// The limits of SP-12; a value beyond one of them makes a sample poor.
const (
	MostLoss      = 3.0 // percent
	MostJitter    = 30 * time.Millisecond
	MostRoundTrip = 400 * time.Millisecond
	LeastMOS      = 3.5
	inARow        = 3
)

// Cause says what makes a sample poor; several may at once.
type Cause uint8

// The causes.
const (
	Loss Cause = 1 << iota
	Jitter
	RoundTrip
	Rating // the MOS alone
)

// String names the causes: "loss, jitter".
func (c Cause) String() string {
	var out []string
	for i, name := range [...]string{"loss", "jitter", "round trip", "MOS"} {
		if c&(1<<i) != 0 {
			out = append(out, name)
		}
	}
	return strings.Join(out, ", ")
}

// Causes says what is beyond its limit; 0 for a good sample. A low MOS is a cause of its own only where no other is.
func (s Sample) Causes() Cause {
	if s.Packets == 0 {
		return 0
	}
	var c Cause
	if s.Loss > MostLoss {
		c |= Loss
	}
	if s.Jitter > MostJitter {
		c |= Jitter
	}
	if s.RoundTrip > MostRoundTrip {
		c |= RoundTrip
	}
	if c == 0 && s.MOS < LeastMOS {
		c = Rating
	}
	return c
}

// Banner is SP-12's rule for one direction of a leg: it shows after three poor samples in a row and clears after
// three good ones. Samples without packets (a hold) neither count nor interrupt.
type Banner struct {
	shown      bool
	poor, good int
	seen       [inARow]Cause // of the last poor samples
	causes     Cause
}

// Observe takes the next sample and says whether the banner appeared, changed its causes or cleared.
func (b *Banner) Observe(s Sample) (changed bool) {
	if s.Packets == 0 {
		return false
	}
	c := s.Causes()
	if c == 0 {
		b.good++
		b.poor = 0
		return b.clear()
	}
	b.seen[b.poor%inARow] = c
	b.poor++
	b.good = 0
	if b.poor < inARow {
		return false
	}
	lasting := b.lasting()
	changed = !b.shown || lasting != b.causes
	b.shown, b.causes = true, lasting
	return changed
}

func (b *Banner) clear() bool {
	if !b.shown || b.good < inARow {
		return false
	}
	*b = Banner{}
	return true
}

// lasting is what all of the last samples suffered from, or, when that changed from one to the next, any of it.
func (b *Banner) lasting() Cause {
	all, some := b.seen[0], b.seen[0]
	for _, c := range b.seen[1:] {
		all &= c
		some |= c
	}
	if all != 0 {
		return all
	}
	return some
}

// Shown says whether the banner is up.
func (b *Banner) Shown() bool { return b.shown }

// Causes are what it names; 0 while it is not shown.
func (b *Banner) Causes() Cause { return b.causes }

// Text is the banner's sentence for a leg of that party in that direction, "" while it is not shown:
// "Poor sound from customer: loss".
func (b *Banner) Text(d Direction, party string) string {
	if !b.shown {
		return ""
	}
	return fmt.Sprintf("Poor sound %s %s: %s", d, party, b.causes)
}
