package station

import (
	"fmt"

	"parley/internal/id"
	"parley/internal/tel"
)

// start makes a tab the agent's phone, or takes up the work of a tab that was reloaded.
func (t *turn) start(s Start) error {
	old := t.Browser
	switch {
	case s.Tab == "" || s.Leg == "":
		return fmt.Errorf("a tab and its voice connection are needed: %w", ErrInvalid)
	case s.Leg == old.Leg && s.Tab == old.Tab:
		t.tabSeen(s.Tab)
		return nil
	case s.Leg == old.Leg:
		return fmt.Errorf("this voice connection is another tab's: %w", ErrInvalid)
	}
	if t.Voice.telephone() {
		if t.talksByVoice() || t.Taking != nil {
			return ErrInCall
		}
		t.endVoice()
	}
	if old.Tab != "" && old.Tab != s.Tab {
		if err := t.mayMove(s); err != nil {
			return err
		}
		t.do(TakenOver{Tab: old.Tab})
	}
	if old.Leg != "" {
		t.do(EndLeg{Leg: old.Leg, Cause: tel.CauseNormal})
	}
	t.Browser = Page{Tab: s.Tab, Leg: s.Leg, Socket: true, Seen: t.now}
	t.Voice = Voice{Persistent: s.Persistent}
	t.after(aliveTime, aliveTimer)
	t.wake(old.Asleep)
	if old.Tab != s.Tab {
		t.tell(Started{Device: Browser, Tab: s.Tab})
	}
	t.ringAgain()
	return nil
}

// mayMove tells whether another tab may be the phone now: not from under a voice that talks, and not unasked while the
// other tab is there (SP-22).
func (t *turn) mayMove(s Start) error {
	if t.talksHere() && !t.Line.Lost {
		return ErrInCall
	}
	if t.Browser.Socket && !s.Takeover {
		return ErrElsewhere
	}
	return nil
}

// talksHere tells whether the agent's call sounds through the browser.
func (t *turn) talksHere() bool { return t.Line != nil && t.Line.Device == Browser }

// stop ends work in the browser, by the agent's wish.
func (t *turn) stop(s Stop) error {
	switch {
	case t.Browser.Tab == "":
		return ErrNotStarted
	case s.Tab != t.Browser.Tab:
		return ErrElsewhere
	case t.talksHere() && !s.Sure:
		return ErrInCall
	}
	if t.talksHere() {
		t.loseLine()
	}
	t.stopBrowser(false)
	return nil
}

func (t *turn) loseLine() {
	t.do(TellLost{Call: t.Line.Call})
	t.loseOther()
	t.freeLine()
}

// stopBrowser takes the browser out of service.
func (t *turn) stopBrowser(lost bool) {
	if t.Browser.Leg != "" {
		t.do(EndLeg{Leg: t.Browser.Leg, Cause: tel.CauseNormal})
	}
	t.Browser, t.lost = Page{}, lost
	t.Voice = Voice{}
	t.stopTimer(aliveTimer)
	t.stopTimer(probeTimer)
	t.tell(Stopped{Device: Browser, Lost: lost})
	t.attemptOver(Browser, Failed)
}

// tabSeen takes what the page says as its proof of life.
func (t *turn) tabSeen(tab id.Tab) {
	if tab == "" || tab != t.Browser.Tab {
		return
	}
	before := t.Browser
	t.Browser.Seen, t.Browser.Socket, t.Browser.Asleep = t.now, true, false
	if !before.Socket { // else the timer that runs looks at Seen: most signs of life ask for nothing
		t.after(aliveTime, aliveTimer)
	}
	t.wake(before.Asleep)
}

func (t *turn) wake(wasAsleep bool) {
	if wasAsleep {
		t.stopTimer(probeTimer)
		t.tell(WokeUp{Device: Browser})
	}
}

// silent hears that the page has not spoken for a while. A call in it is waited for by itself (BX-51).
func (t *turn) silent() {
	if t.Browser.Tab == "" {
		return
	}
	if rest := aliveTime - t.now.Sub(t.Browser.Seen); rest > 0 {
		t.after(rest, aliveTimer)
		return
	}
	if t.talksHere() {
		t.Browser.Socket = false
		return
	}
	t.stopBrowser(true)
}

// probe asks a page that sleeps for a sign of life.
func (t *turn) probe() {
	if t.Browser.Tab != "" && t.Browser.Asleep {
		t.do(Probe{Tab: t.Browser.Tab})
		t.after(probeTime, probeTimer)
	}
}
