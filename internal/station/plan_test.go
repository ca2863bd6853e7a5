package station

import (
	"slices"
	"testing"
	"time"
)

func TestRingOrder(t *testing.T) {
	both := []Device{Browser, DeskPhone}
	for _, c := range []struct {
		name      string
		preferred Device
		strategy  Strategy
		reachable []Device
		seconds   int
		want      []Device
	}{
		{"nothing reachable", Browser, Sequential, nil, 20, nil},
		{"preferred first", DeskPhone, Sequential, both, 20, []Device{DeskPhone, Browser}},
		{"browser first", Browser, Sequential, both, 20, both},
		{"the preferred one is away", DeskPhone, Sequential, []Device{Browser}, 20, []Device{Browser}},
		{"exactly 8 s each", Browser, Sequential, both, 16, both},
		{"not quite 8 s each", DeskPhone, Sequential, both, 15, []Device{DeskPhone}},
		{"too short even for one", Browser, Sequential, both, 5, []Device{Browser}},
		{"all at once", DeskPhone, Simultaneous, both, 5, []Device{DeskPhone, Browser}},
		{"preferred only", DeskPhone, PreferredOnly, both, 60, []Device{DeskPhone}},
		{"preferred only, and away", DeskPhone, PreferredOnly, []Device{Browser}, 60, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := ringOrder(c.preferred, c.strategy, c.reachable, time.Duration(c.seconds)*time.Second)
			if !slices.Equal(got, c.want) {
				t.Errorf("got %v, want %v", got, c.want)
			}
		})
	}
}
