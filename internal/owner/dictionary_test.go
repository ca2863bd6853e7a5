package owner

import (
	"slices"
	"testing"
	"time"
)

type sign interface{ sign() }

type (
	RingEnded struct {
		Leg   string        `json:"leg"`
		After time.Duration `json:"after"`
		At    time.Time     `json:"at,omitzero"`
	}
	SIPAnswered struct{}
	LegByURI    struct{ URI string }
	stray       struct{}
)

func (RingEnded) sign()   {}
func (SIPAnswered) sign() {}
func (LegByURI) sign()    {}
func (stray) sign()       {}

func TestWord(t *testing.T) {
	for _, c := range []struct {
		in   any
		want string
	}{
		{RingEnded{}, "ring-ended"}, {SIPAnswered{}, "sip-answered"}, {LegByURI{}, "leg-by-uri"}, {stray{}, "stray"}, {nil, ""},
	} {
		if got := Word(c.in); got != c.want {
			t.Errorf("%T is %q, want %q", c.in, got, c.want)
		}
	}
}

func TestDictionaryRoundTrip(t *testing.T) {
	d := NewDictionary[sign](RingEnded{}, SIPAnswered{}, LegByURI{})
	if want := []string{"leg-by-uri", "ring-ended", "sip-answered"}; !slices.Equal(d.Words(), want) {
		t.Errorf("words %v, want %v", d.Words(), want)
	}
	for _, v := range []sign{
		RingEnded{Leg: "l1", After: 3 * time.Second, At: time.UnixMilli(1234).UTC()}, SIPAnswered{}, LegByURI{URI: "sip:ann@example.org"},
	} {
		word, data, err := d.Encode(v)
		if err != nil {
			t.Fatal(err)
		}
		if back, err := d.Decode(word, data); err != nil || back != v {
			t.Errorf("%s: %+v became %+v, %v", word, v, back, err)
		}
	}
}

func TestDictionaryRefuses(t *testing.T) {
	d := NewDictionary[sign](RingEnded{})
	if _, _, err := d.Encode(stray{}); err == nil {
		t.Error("encoded a stray")
	}
	if _, _, err := d.Encode(nil); err == nil {
		t.Error("encoded nothing")
	}
	for word, data := range map[string]string{"stray": "{}", "ring-ended": `{"after":"soon"}`, "": "{}"} {
		if v, err := d.Decode(word, []byte(data)); err == nil {
			t.Errorf("decoded %q %s as %+v", word, data, v)
		}
	}
}

func TestDictionaryOfMistakesPanics(t *testing.T) {
	for name, build := range map[string]func(){
		"twice":    func() { NewDictionary[sign](RingEnded{}, RingEnded{}) },
		"nameless": func() { NewDictionary[sign](&RingEnded{}) },
	} {
		t.Run(name, func(t *testing.T) {
			defer func() {
				if recover() == nil {
					t.Error("no panic")
				}
			}()
			build()
		})
	}
}
