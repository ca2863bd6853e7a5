package amd

import "math"

// pairs are the frequencies that sound together in tones of exchanges: ringback, busy and dial of North America and of
// Britain (ITU-T E.180, supplement 2). A called party that is a switchboard may answer with them.
var pairs = [][2]float64{{440, 480}, {480, 620}, {350, 440}, {400, 450}}

// pairShare is the part of the energy that such a tone has in its two frequencies.
const pairShare = 0.95

// planes are for each pair four vectors at right angles, of length one, that span all its sounds of 30 ms.
var planes = func() (all [][4][3 * look]float32) {
	for _, pair := range pairs {
		var plane [4][3 * look]float64
		for i := range plane {
			for k := range plane[i] {
				w := 2 * math.Pi * pair[i/2] * float64(k) / 8000
				plane[i][k] = []float64{math.Cos(w), math.Sin(w)}[i%2]
			}
			for j := range i { // take out what the ones before have of it
				dot := 0.0
				for k := range plane[i] {
					dot += plane[i][k] * plane[j][k]
				}
				for k := range plane[i] {
					plane[i][k] -= dot * plane[j][k]
				}
			}
			length := 0.0
			for _, v := range plane[i] {
				length += v * v
			}
			for k := range plane[i] {
				plane[i][k] /= math.Sqrt(length)
			}
		}
		all = append(all, narrow(plane))
	}
	return all
}()

func narrow(plane [4][3 * look]float64) (out [4][3 * look]float32) {
	for i := range plane {
		for k, v := range plane[i] {
			out[i][k] = float32(v)
		}
	}
	return out
}

// exchange says whether 30 ms of sound are one of the pairs.
func exchange(x *[3 * look]float32) bool {
	all := float32(1)
	for _, v := range x {
		all += v * v
	}
	for i := range planes {
		share := float32(0)
		for j := range planes[i] {
			dot := float32(0)
			for k, v := range &planes[i][j] {
				dot += v * x[k]
			}
			share += dot * dot
		}
		if share >= pairShare*all {
			return true
		}
	}
	return false
}
