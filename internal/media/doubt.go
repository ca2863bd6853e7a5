package media

// doubt makes silence of sound that did not come on a leg whose keys are taken out: what a decoder makes up of a key's tone
// is none that a guard would know. The decoder goes on as if it had been heard.
func (v *voice) doubt(samples int) {
	v.made = v.decoder.Conceal(v.made[:0], samples)
	clear(v.made)
	v.guard.Doubt(v.rate / int(frames))
}
