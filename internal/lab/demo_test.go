package lab

import (
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"parley/internal/live"
	"parley/internal/sounds"
)

// TestRingMe: the carrier in the box calls the person who clicked, and speaks.
func TestRingMe(t *testing.T) {
	t.Parallel()
	w := Start(t, Setup{})
	a := atWork(t, w, w.Person("agent", 0), agentVoice)
	a.Must(http.MethodPost, "/demo/ring-me", nil, nil)
	ring := a.rung()
	a.answer(ring)
	said := inBox(t, sounds.CarrierRing)
	best := 0.0
	Eventually(t, "the agent hears the carrier speak", func() bool {
		best = max(best, Likeness(a.last(300*time.Millisecond), said))
		return best > 0.97
	})
	a.do(ring.Call, "hangup")
	a.line("ended")
	if d := a.Record(ring.Call); d.Disposition != "answered" || d.Direction != "inbound" {
		t.Errorf("the record says %s, %s", d.Direction, d.Disposition)
	}
}

// TestDemoCallers: callers who were asked for wait in the queues, and are counted.
func TestDemoCallers(t *testing.T) {
	t.Parallel()
	w := Start(t, Setup{})
	boss := w.SignIn(w.Person("admin", 0))
	screen := boss.Live("boss")
	boss.Must(http.MethodPost, "/demo/callers", map[string]int{"count": 4}, nil)
	screen.Wait("four callers wait", func(p live.Snapshot) bool { return len(p.Waiting) == 4 })
	res, err := http.Get(w.HTTP + "/metrics")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = res.Body.Close() }()
	text, err := io.ReadAll(res.Body)
	if err != nil || !strings.Contains(string(text), "\nparley_calls_live 4\n") {
		t.Errorf("the metrics do not count four live calls: %v", err)
	}
}
