package carrier

import (
	"testing"
	"time"

	"parley/internal/media"
	"parley/internal/tel"
)

func TestNumbersOfTheBox(t *testing.T) {
	tests := []struct {
		number tel.Number
		code   int
	}{{NumberBusy, 486}, {NumberDeclines, 603}, {NumberUnknown, 404}, {NumberCongested, 503}}
	p := openPeers(t, nil)
	for _, test := range tests {
		t.Run(string(test.number), func(t *testing.T) {
			k := p.call(test.number, Behaviour{})
			if e := p.end(k); e.Code != test.code || !e.ByPeer {
				t.Errorf("ended with %+v, not %d", e, test.code)
			}
			if e, over := k.End(); !over || k.State() != Ended || e.Code != test.code {
				t.Errorf("the end is kept as %+v", e)
			}
		})
	}
}

func TestNumberThatAnswers(t *testing.T) {
	t.Parallel()
	for _, number := range []tel.Number{NumberAnswers, "2025550199"} {
		p := openPeers(t, nil)
		k := p.call(number, Behaviour{Listen: true})
		p.within("ringing", k.Rang())
		if k.State() != Ringing {
			t.Errorf("%s: %s, not ringing", number, k.State())
		}
		p.within("the answer", k.Answered())
		if times := k.Times(); times.Answered.Sub(times.Rang) < 800*time.Millisecond {
			t.Errorf("%s rang for %s, not a second", number, times.Answered.Sub(times.Rang))
		}
		err := k.Listen(t.Context(), 100*time.Millisecond, func(pcm []int16) bool { return media.Ear{}.Level(pcm) > 0.01 })
		if err != nil {
			t.Fatal(err)
		}
	}
}

func TestAnnouncementOfTheBox(t *testing.T) {
	t.Parallel()
	p := openPeers(t, nil)
	k := p.call(NumberAnnounced, Behaviour{Listen: true})
	err := k.Listen(t.Context(), 100*time.Millisecond, func(pcm []int16) bool { return media.Ear{}.Level(pcm) > 0.01 })
	if err != nil {
		t.Fatal(err)
	}
	if e := p.end(k); e.Code != 404 {
		t.Errorf("ended with %+v, not 404", e)
	}
}
