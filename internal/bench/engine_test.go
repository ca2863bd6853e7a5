package bench

import (
	"errors"
	"io"
	"os/exec"
	"strings"
	"testing"
	"time"
)

// openEngine serves an engine in this process.
func openEngine(t *testing.T) *engine {
	t.Helper()
	fromUs, toIt := io.Pipe()
	fromIt, toUs := io.Pipe()
	e := &engine{server: &server{cmd: &exec.Cmd{}, log: &tail{}, over: make(chan struct{})}, in: toIt, answers: make(chan outcome, 1)}
	go e.listen(fromIt)
	go func() {
		defer close(e.over)
		if err := ServeEngine(fromUs, toUs); err != nil {
			t.Error(err)
		}
		_ = toUs.Close()
	}()
	t.Cleanup(e.leave)
	return e
}

// until waits for a condition.
func until(t *testing.T, what string, ok func() bool) {
	t.Helper()
	for deadline := time.Now().Add(20 * time.Second); !ok(); {
		if time.Now().After(deadline) {
			t.Fatalf("waited in vain: %s", what)
		}
		if err := pause(t.Context(), 5*time.Millisecond); err != nil {
			t.Fatal(err)
		}
	}
}

func farSideOf(t *testing.T, legs int) *farSide {
	t.Helper()
	f, err := openFarSide(legs)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(f.close)
	return f
}

func TestEngineBridges(t *testing.T) {
	e, f := openEngine(t), farSideOf(t, 4)
	o, err := e.perform(t.Context(), task{Work: workCalls, Remote: f.ports()})
	if err != nil {
		t.Fatal(err)
	}
	if f.whole() == nil {
		t.Error("sound came before anybody spoke")
	}
	f.speak(workCalls, o.Ports, silence)
	until(t, "all hear", func() bool { return f.whole() == nil })
	if _, err := e.perform(t.Context(), task{Work: "sing"}); err == nil || !strings.Contains(err.Error(), "sing") {
		t.Errorf("work that does not exist: %v", err)
	}
}

func TestEngineServesMenus(t *testing.T) {
	e, f := openEngine(t), farSideOf(t, 2)
	o, err := e.perform(t.Context(), task{Work: workMenu, Remote: f.ports()})
	if err != nil {
		t.Fatal(err)
	}
	f.speak(workCalls, o.Ports, silence)
	until(t, "all hear prompts", func() bool { return f.whole() == nil })
	if err := f.press(t.Context(), time.Second); err != nil {
		t.Fatal(err)
	}
	if o, err = e.perform(t.Context(), task{Work: workNothing}); err != nil || o.Digits == 0 {
		t.Errorf("%d keys were heard, %v", o.Digits, err)
	}
}

func TestEngineMixes(t *testing.T) {
	e, f := openEngine(t), farSideOf(t, party-2)
	c, err := openClicker()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(c.close)
	o, err := e.perform(t.Context(), task{Work: workConference, Remote: append([]uint16{portOf(c.talker), portOf(c.listener)}, f.ports()...)})
	if err != nil {
		t.Fatal(err)
	}
	c.to = [2]uint16{o.Ports[0], o.Ports[1]}
	go c.listen()
	f.speak(workCalls, o.Ports[2:], hum(300, softHum))
	var took spread
	until(t, "clicks are heard", func() bool {
		if err := clickAll(t.Context(), []*clicker{c}, 200*time.Millisecond); err != nil {
			t.Fatal(err)
		}
		took = append(took, c.take()...)
		return len(took) >= 5
	})
	if took.median() <= 0 || took.median() > time.Second {
		t.Errorf("a click took %s", took.median())
	}
	if err := f.whole(); err != nil {
		t.Error(err)
	}
}

func TestEngineThatIsGone(t *testing.T) {
	e := openEngine(t)
	e.leave()
	if _, err := e.perform(t.Context(), task{Work: workNothing}); err == nil {
		t.Error("an engine that is gone has worked")
	}
	if err := ServeEngine(strings.NewReader("no task\n"), io.Discard); err == nil {
		t.Error("what is no task was taken for one")
	}
}

func TestGauge(t *testing.T) {
	const text = "# TYPE go_goroutines gauge\ngo_goroutines_more 3\ngo_goroutines 42\nother 1\n"
	if n, err := gauge([]byte(text), "go_goroutines"); n != 42 || err != nil {
		t.Errorf("%g, %v", n, err)
	}
	if _, err := gauge([]byte(text), "go_threads"); !errors.Is(err, errNoGauge) {
		t.Errorf("a gauge that is not there: %v", err)
	}
	if _, err := gauge([]byte("other many\n"), "other"); err == nil {
		t.Error("words were taken for a number")
	}
}
