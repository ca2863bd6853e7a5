package jitter

// What the buffer does with time is decided here. A margin is how long a packet has been due, beyond the fastest
// packet's way, when the caller fetches it; it is what must exceed the network's delays.
const (
	steady   = 5   // packets over which a surplus or a deficit must hold before it is mended
	recent   = 50  // packets after which old margins are forgotten
	stubborn = 500 // packets without silence after which a large surplus is mended in sound
	hint     = 2   // bytes: a packet no longer than this announces that an Opus sender falls silent (RFC 6716 §3.1)
)

// desk is the side that plays.
type desk struct {
	begun   bool  // something has been played
	talking bool  // packets are expected without a pause
	next    int64 // sequence number expected
	play    int64 // time of the next unit to be played
	played  int64 // end of the sound handed out: nothing before it is played again
	held    int64 // units concealed while play stood still
	starved int64 // units since a packet was there
	length  int64 // units of the last packet
	small   bool  // the last packet was too small to be sound

	part       Kind  // what was last made
	start, end int64 // its time; what is left of it is played first

	tick  int64 // time of the last Take
	want  int64 // units of a whole tick
	given int64 // units taken at that time
	level int64 // between the fastest packets and their play

	silent  int   // frames in a row without voice
	voiced  int   // packets since silence
	lowest  int64 // least margin of late
	margins int   // number of margins that lowest is of
	cut     bool  // the last packet was shortened
}

// pause ends a talk: what is left of the last packet is not played, and the next one begins a talk when it is due.
func (d *desk) pause() {
	d.talking, d.held, d.starved, d.end = false, 0, 0, d.play
}

// calm says whether stretching and shortening go unheard.
func (d *desk) calm() bool { return d.silent >= 2 }

// over is the time before which nothing is played any more. In a pause only sound handed out counts.
func (d *desk) over() int64 {
	if d.talking {
		return max(d.played, d.play)
	}
	return d.played
}

// grain is the step in which time is put in or taken out: packets' ends stay where ticks begin, as a packet that
// straddles two ticks has to be there a whole tick earlier than it sounds.
func (d *desk) grain(clock int64) int64 {
	a, b := d.want, d.length
	for b > 0 {
		a, b = b, a%b
	}
	if a < clock/400 {
		return d.want
	}
	return a
}

// note remembers a margin.
func (d *desk) note(margin int64) {
	if d.margins == 0 || d.margins >= recent {
		d.lowest, d.margins = margin, 0
	}
	d.lowest = min(d.lowest, margin)
	d.margins++
}

// stretch says how many units to put in before the next packet: those that bring packets' ends back to the ticks'
// beginnings, or those that bring the margin up to the target. Only in silence.
func (d *desk) stretch(target, grain, slack int64) int64 {
	if !d.calm() {
		return 0
	}
	if off := d.given % grain; off > 0 {
		return grain - off
	}
	if d.margins >= steady && d.lowest < target-slack {
		return grain
	}
	return 0
}

// shorten says how many units of the next packet not to play.
func (d *desk) shorten(target, grain, slack, clock int64) int64 {
	surplus := d.lowest - grain - target - slack
	switch {
	case d.margins < steady || surplus < 0 || d.cut:
		return 0
	case d.calm():
		return grain
	case d.voiced > stubborn && surplus > clock/25:
		d.voiced = stubborn / 2
		return grain
	}
	return 0
}
