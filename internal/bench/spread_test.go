package bench

import (
	"testing"
	"time"
)

func TestShare(t *testing.T) {
	var hundred spread
	for n := 100; n > 0; n-- {
		hundred = append(hundred, time.Duration(n))
	}
	tests := []struct {
		name  string
		in    spread
		share float64
		want  time.Duration
	}{
		{"nothing measured", nil, 0.5, 0},
		{"one", spread{7}, 0.99, 7},
		{"median of an odd number", spread{30, 10, 20}, 0.5, 20},
		{"median of an even number is the lower", spread{40, 10, 30, 20}, 0.5, 20},
		{"95 of 100", hundred, 0.95, 95},
		{"99 of 100", hundred, 0.99, 99},
		{"all", hundred, 1, 100},
		{"the least", hundred, 0, 1},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if got := test.in.share(test.share); got != test.want {
				t.Errorf("share %g of %v is %d, want %d", test.share, test.in, got, test.want)
			}
		})
	}
	if hundred[0] != 100 {
		t.Error("asking for a share has sorted what was measured")
	}
}
