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

// TestRingers: the devices of a presence ring for direct calls, in the agent's way, and never for a queue's (PR-3, AG-5).
func TestRingers(t *testing.T) {
	at := func(strategy Strategy, preferred Device, direct ...Device) Station {
		return Station{
			Preferred: preferred, Strategy: strategy, Direct: direct, Number: "+32470111222",
			Browser: Page{Tab: "t", Socket: true, Connected: true}, Phone: Phone{ID: "p", Registered: true, Working: true},
		}
	}
	path := at(Sequential, Browser, DeskPhone)
	path.Voice.Persistent = true
	called := at(Sequential, Browser, Browser)
	called.Browser, called.Voice = Page{}, Voice{Mode: ByCallMe, Number: "+32470333444"}
	away := at(Sequential, Browser, DeskPhone)
	away.Phone.Registered = false
	for _, c := range []struct {
		name          string
		station       Station
		direct, queue []Device
	}{
		{"nothing picked", at(Sequential, DeskPhone), []Device{DeskPhone, Browser, Number}, []Device{DeskPhone, Browser, Number}},
		{"one picked", at(Sequential, DeskPhone, Browser), []Device{Browser}, []Device{DeskPhone, Browser, Number}},
		{"two picked, the preferred first", at(Simultaneous, Number, Number, Browser), []Device{Number, Browser}, []Device{Number, Browser, DeskPhone}},
		{"another than the only one", at(PreferredOnly, Browser, DeskPhone, Number), []Device{DeskPhone, Number}, []Device{Browser}},
		{"the session's number stands for the page", called, []Device{CallMe}, []Device{CallMe, DeskPhone, Number}},
		{"none of them is there", away, nil, []Device{Browser, Number}},
		{"a persistent path is all there is", path, []Device{Browser}, []Device{Browser}},
	} {
		for direct, want := range map[bool][]Device{true: c.direct, false: c.queue} {
			if got := c.station.ringers(direct, time.Minute); !slices.Equal(got, want) {
				t.Errorf("%s, direct %v: %v, not %v", c.name, direct, got, want)
			}
		}
	}
}
