package bench

import "testing"

func TestSimulated(t *testing.T) {
	if took, err := simulated([]byte("said before\n{\"interactions\":7,\"violations\":0,\"seconds\":1.5}\n"), 7); took != 1.5 || err != nil {
		t.Errorf("%g s, %v", took, err)
	}
	for _, out := range []string{"", "done", `{"interactions":6,"seconds":1}`, `{"interactions":7,"violations":1,"seconds":1}`} {
		if _, err := simulated([]byte(out), 7); err == nil {
			t.Errorf("%q is taken", out)
		}
	}
}
