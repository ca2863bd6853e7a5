package amd

// thin brings 16 or 48 kHz down to 8 kHz by means over triangles, which is enough to tell voices, silence and tones.
type thin struct {
	factor int
	at     int
	rise   float32 // weighted sum that goes up through this sample
	fall   float32 // the part of the samples before
}

func newThin(factor int) thin { return thin{factor: factor} }

// put takes one sample in; ok says that one comes out.
func (d *thin) put(s int16) (out float32, ok bool) {
	if d.factor == 1 {
		return float32(s), true
	}
	d.at++
	n := float32(d.factor)
	up := float32(d.at) / n
	d.rise += up * float32(s)
	d.fall += (1 - up) * float32(s)
	if d.at < d.factor {
		return 0, false
	}
	out = d.rise / n
	d.at, d.rise, d.fall = 0, d.fall, 0
	return out, true
}
