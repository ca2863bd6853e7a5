package amd

import "time"

// cadence follows words and the silences between them.
type cadence struct {
	settings Settings
	speaking bool          // a voice sounds, bridged over short silences
	from     time.Duration // when it began
	last     time.Duration // when it was last heard
	words    int
	begin    time.Duration // of the greeting
	end      time.Duration // of its last word
	told     bool          // quiet was told for this silence
}

// step takes in whether the 10 ms before now hold a voice.
func (c *cadence) step(now time.Duration, voice bool) {
	if voice {
		if !c.speaking {
			c.speaking, c.from = true, now-step
		}
		c.last = now
		c.word()
		return
	}
	if c.speaking && now-c.last >= c.settings.BetweenWords {
		c.speaking = false
	}
}

// word counts a voice once it has lasted long enough, and moves the end of the greeting.
func (c *cadence) word() {
	long := c.last-c.from >= c.settings.MinWord
	if !long {
		return
	}
	if c.words == 0 {
		c.begin = c.from
	}
	if c.end < c.from || c.words == 0 {
		c.words++
	}
	c.end, c.told = c.last, false
}

// heard is when a voice was last heard, and for how long in all since its first word; 0 is never.
func (c *cadence) heard() (last, lasting time.Duration) { return c.end, c.end - c.begin }

// quiet says, once, that a greeting has been followed by a long silence.
func (c *cadence) quiet(now time.Duration) bool {
	if c.words == 0 && !c.settings.FromStart || c.told || now-c.end < c.settings.Quiet {
		return false
	}
	c.told = true
	return true
}

// verdict is who speaks, as soon as it can be said.
func (c *cadence) verdict(now time.Duration) (Verdict, Reason, bool) {
	s := c.settings
	switch {
	case c.words > 0 && c.end-c.begin >= s.Greeting:
		return Machine, LongGreeting, true
	case c.words > s.MaxWords:
		return Machine, ManyWords, true
	case c.words > 0 && now-c.end >= s.AfterGreeting:
		return Human, ShortGreeting, true
	case c.words == 0 && now >= s.InitialSilence:
		return Unsure, Silence, true
	case now >= s.Limit:
		return Unsure, OutOfTime, true
	}
	return Unsure, "", false
}
