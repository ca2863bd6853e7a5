package codec

const (
	pauseLooks = 8                      // of so many frames in a pause the encoder sees one
	pauseLimit = 32768 * 32768 / 100000 // mean square from which a frame may be more than background: -50 dB of full scale
)

// pause spares an encoder the frames of a pause in which it sends nothing anyway: as long as they are quiet, and hardly
// louder than the one it last fell silent at, it is shown one now and then.
type pause struct {
	on       bool  // nothing was sent of the last frame that was shown
	strength int64 // mean square of that frame
	spared   int
}

// goesOn reports whether a frame need not be shown to the encoder.
func (p *pause) goesOn(pcm []int16) bool {
	now := int64(0)
	for _, x := range pcm {
		now += int64(x) * int64(x)
	}
	now /= int64(len(pcm))
	if p.on && now < pauseLimit && now <= 2*p.strength && p.spared < pauseLooks-1 {
		p.spared++
		return true
	}
	p.strength, p.spared = now, 0
	return false
}

// note takes what became of the frame that was shown.
func (p *pause) note(silent bool) { p.on = silent }
