package call

import (
	"testing"

	"parley/internal/story"
)

// TestCopyStays shows that a copy of the state stays as it is, whatever happens to the call, and that a refused signal
// leaves the call as it was.
func TestCopyStays(t *testing.T) {
	c := New("c", "acme")
	var copies []Call
	var states []string
	for _, s := range direct() {
		if _, err := c.Handle(epoch, s); err != nil {
			t.Fatal(err)
		}
		before := story.State(t.Fatalf, c)
		copies, states = append(copies, c.Copy()), append(states, before)
		if _, err := c.Handle(epoch, HangUp{Agent: "nobody"}); err == nil || story.State(t.Fatalf, c) != before {
			t.Errorf("after %T: refused with %v, and is now %s", s, err, story.State(t.Fatalf, c))
		}
	}
	for i := range copies {
		if now := story.State(t.Fatalf, &copies[i]); now != states[i] {
			t.Errorf("copy %d was %s and is %s", i, states[i], now)
		}
	}
}
