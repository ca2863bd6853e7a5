package rtc

import (
	"slices"
	"testing"
	"time"

	"parley/internal/ice"
)

// TestSilence: five seconds of nothing are told once, the next sign of life as well; a browser that was never there is not
// listened for.
func TestSilence(t *testing.T) {
	s := newSite(t, 29480)
	var told []signal
	k := newLink(s.port, func(x signal) { told = append(told, x) })
	sound, err := s.sound.OpenPipe("ann", k.send, nil)
	if err != nil {
		t.Fatal(err)
	}
	k.sound, k.agent = sound, ice.NewAgent(ice.NewCredentials())
	at := func(after time.Duration) time.Time { return s.port.opened.Add(after) }
	for _, step := range []struct {
		name  string
		do    func()
		after time.Duration
		want  []signal
	}{
		{"not there yet", func() {}, 20 * time.Second, nil},
		{"there", func() { k.up = true; k.heard.Store(int64(20 * time.Second)) }, 20 * time.Second, nil},
		{"quiet", func() {}, 24 * time.Second, nil},
		{"silent", func() {}, 25 * time.Second, []signal{missed{}}},
		{"still silent", func() {}, 30 * time.Second, nil},
		{"a sign", func() { k.heard.Store(int64(31 * time.Second)) }, 32 * time.Second, []signal{reached{}}},
		{"no more", func() {}, 35 * time.Second, nil},
		{"silent again", func() {}, 36 * time.Second, []signal{missed{}}},
		{"a check", k.alive, 36 * time.Second, []signal{reached{}, missed{}}}, // which came long before by this clock
	} {
		told = nil
		step.do()
		k.listen(at(step.after))
		if !slices.Equal(told, step.want) {
			t.Errorf("%s: told %#v, want %#v", step.name, told, step.want)
		}
	}
}
