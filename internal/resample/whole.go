package resample

import "time"

// Whole is a whole sound at another rate: as long as before, and each of its moments within half a sample of where it was. Rates are as New takes
// them.
func Whole(pcm []int16, from, to int) ([]int16, error) {
	if from == to {
		return pcm, nil
	}
	r, err := New(from, to)
	if err != nil {
		return nil, err
	}
	late := r.Delay()
	padding := make([]int16, samples(late, from)+1)
	out := r.Resample(make([]int16, 0, (len(pcm)+len(padding))*to/from+1), pcm)
	out = r.Resample(out, padding)
	first := samples(late, to)
	return out[first : first+len(pcm)*to/from], nil
}

// samples is how many samples there are in a time, rounded.
func samples(d time.Duration, rate int) int {
	return int((int64(d)*int64(rate) + int64(time.Second)/2) / int64(time.Second))
}
