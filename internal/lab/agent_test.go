package lab

import (
	"testing"
	"time"

	"parley/internal/id"
	"parley/internal/live"
	"parley/internal/media"
)

// agent is a person at work: signed in, with the socket of a page and its sound.
type agent struct {
	*Client
	*Live
	*browser
	t   *testing.T
	tab id.Tab
}

// sitDown signs a person in and opens the page, without pressing Start.
func sitDown(t *testing.T, w *World, u User) *agent {
	t.Helper()
	c := w.SignIn(u)
	tab := id.New[id.Tab]()
	return &agent{Client: c, Live: c.Live(tab), t: t, tab: tab}
}

// start presses Start: the page becomes the agent's phone, with a voice of hertz.
func (a *agent) start(hertz int) {
	a.t.Helper()
	a.browser = newBrowser(a.t, hertz)
	var out struct {
		SDP string `json:"sdp"`
	}
	in := map[string]any{"tab": a.tab, "sdp": a.offer(a.t), "takeover": true}
	a.Must("POST", "/station/start", in, &out)
	a.accept(a.t, out.SDP)
	a.Wait("the device is alive", func(p live.Snapshot) bool { return p.Me.Started && p.Me.Lights.CallRouting == "green" })
}

// atWork is an agent of the demo whose page is the phone and who is available.
func atWork(t *testing.T, w *World, u User, hertz int) *agent {
	t.Helper()
	a := sitDown(t, w, u)
	a.start(hertz)
	a.become("available", "")
	return a
}

func (a *agent) become(status, reason string) {
	a.t.Helper()
	a.Must("POST", "/status", map[string]string{"status": status, "reason": reason}, nil)
	a.status(status)
}

func (a *agent) status(want string) live.Me {
	a.t.Helper()
	return a.Wait("status "+want, func(p live.Snapshot) bool { return string(p.Me.Status) == want }).Me
}

// line waits until the agent's line is in a state.
func (a *agent) line(state string) live.Line {
	a.t.Helper()
	var found live.Line
	a.Wait("line "+state, func(p live.Snapshot) bool {
		for _, l := range p.Me.Lines {
			if l.State == state {
				found = l
				return true
			}
		}
		return false
	})
	return found
}

// rung waits until the page rings.
func (a *agent) rung() live.Line {
	a.t.Helper()
	return a.line("incoming")
}

// rungAfter waits until the page rings for another offer.
func (a *agent) rungAfter(before live.Line) live.Line {
	a.t.Helper()
	var found live.Line
	a.Wait("another ring", func(p live.Snapshot) bool {
		for _, l := range p.Me.Lines {
			if l.State == "incoming" && l.Offer != before.Offer {
				found = l
				return true
			}
		}
		return false
	})
	return found
}

// noLine tells whether nothing is on the agent's line.
func (a *agent) noLine() bool {
	for _, l := range a.Picture().Me.Lines {
		if l.State != "ended" {
			return false
		}
	}
	return true
}

func (a *agent) answer(l live.Line) {
	a.t.Helper()
	a.Must("POST", "/offers/"+string(l.Offer)+"/answer", map[string]any{"tab": a.tab}, nil)
}

func (a *agent) reject(l live.Line) {
	a.t.Helper()
	a.Must("POST", "/offers/"+string(l.Offer)+"/reject", map[string]any{"tab": a.tab}, nil)
}

// do asks something of the call on the line.
func (a *agent) do(which id.Call, what string) {
	a.t.Helper()
	a.Must("POST", "/calls/"+string(which)+"/"+what, nil, nil)
}

// dial places a call.
func (a *agent) dial(to string) id.Call {
	a.t.Helper()
	var out struct {
		ID id.Call `json:"id"`
	}
	a.Must("POST", "/calls", map[string]any{"to": to, "tab": a.tab}, &out)
	return out.ID
}

// hears waits until a tone and nothing of the others is heard for a third of a second.
func (a *agent) hears(hertz float64, others ...float64) {
	a.t.Helper()
	Eventually(a.t, "the agent hears only the tone", func() bool { return OnlyTone(a.last(300*time.Millisecond), hertz, others...) })
}

// talks lets the conversation go on: until the agent has heard so much more.
func (a *agent) talks(length time.Duration) {
	a.t.Helper()
	until := a.count() + int(length.Seconds()*media.SampleRate)
	Eventually(a.t, "the conversation goes on", func() bool { return a.count() >= until })
}
