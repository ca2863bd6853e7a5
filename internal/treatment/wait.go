package treatment

import (
	"time"

	"parley/internal/prompt"
)

// WaitPlan is what a caller hears in a queue (table Queue). It never changes.
type WaitPlan struct {
	Greeting  prompt.Prompt   `json:"greeting,omitzero"`
	Notice    prompt.Prompt   `json:"notice,omitzero"`      // that the call is recorded (RC-9)
	HoldAudio string          `json:"hold_audio,omitempty"` // empty: the organisation's
	Position  bool            `json:"position,omitempty"`   // say the place in the queue
	Wait      bool            `json:"wait,omitempty"`       // say how long it will take
	Style     WaitStyle       `json:"style,omitempty"`      // how that is said
	Every     int             `json:"every,omitempty"`      // seconds between announcements, 15 to 600
	Messages  []prompt.Prompt `json:"messages,omitempty"`   // one after the other, with each announcement
	OptOut    string          `json:"opt_out,omitempty"`    // the key that ends the wait in the mailbox (QU-8)
	Callback  *CallbackPlan   `json:"callback,omitempty"`   // nil: none is offered
}

// Wait is a caller in a queue.
type Wait struct {
	Plan       *WaitPlan `json:"plan"`
	Again      bool      `json:"again,omitempty"`
	Noticed    bool      `json:"noticed,omitempty"`    // the notice has been played
	AnnounceAt time.Time `json:"announce_at,omitzero"` // the next announcement; zero: none
	OfferAt    time.Time `json:"offer_at,omitzero"`    // the next offer of a call back; zero: none
	Asking     bool      `json:"asking,omitempty"`     // for the place
	Message    int       `json:"message,omitempty"`    // the next waiting message
	Offers     int       `json:"offers,omitempty"`     // of a call back, so far
	Callback   Callback  `json:"callback,omitempty"`   // where the talk about a call back is
	Number     string    `json:"number,omitempty"`     // keyed for it
	Pends      bool      `json:"pends,omitempty"`      // a callback of the caller's that is not spoken of yet
}

// What a wait plays. The call listens for the notice: once it was heard, recording may begin.
const (
	playNotice   = "notice"
	playAnnounce = "announce"
)

const (
	usualInterval = 60 // seconds between announcements
	forPlace      = 2 * time.Second
)

func (w *Wait) begin(t *turn) {
	if w.announces() {
		w.AnnounceAt = t.now
		if w.Again {
			w.AnnounceAt = t.now.Add(w.interval())
		}
	}
	if c := w.Plan.Callback; c != nil {
		w.OfferAt = t.now.Add(time.Duration(c.After) * time.Second)
	}
	if w.Again || w.Plan.Greeting.Empty() {
		w.next(t)
		return
	}
	t.play(playGreeting, w.Plan.Greeting)
}

// announces tells whether there is anything to say while the caller waits.
func (w *Wait) announces() bool {
	return w.Plan.Position || w.Plan.Wait || len(w.Plan.Messages) > 0 || w.Plan.OptOut != ""
}

func (w *Wait) interval() time.Duration {
	every := w.Plan.Every
	if every <= 0 {
		every = usualInterval
	}
	return time.Duration(every) * time.Second
}

// next does what is due when nothing plays: the notice, the announcement, the offer; else hold audio.
func (w *Wait) next(t *turn) {
	w.Callback = ""
	t.Looping = w.Plan.HoldAudio
	if t.Looping == "" {
		t.Looping = DefaultAudio
	}
	switch {
	case !w.Noticed && !w.Again && !w.Plan.Notice.Empty():
		w.Noticed = true
		t.play(playNotice, w.Plan.Notice)
	case due(w.AnnounceAt, t.now):
		w.AnnounceAt = t.now.Add(w.interval())
		w.announce(t)
	case w.Pends:
		w.sayPending(t)
	case due(w.OfferAt, t.now):
		w.offer(t)
	default:
		t.Due = sooner(w.AnnounceAt, w.OfferAt)
	}
}

func due(at, now time.Time) bool { return !at.IsZero() && !now.Before(at) }

// sooner is the earlier of two moments, of which zero is never.
func sooner(a, b time.Time) time.Time {
	if a.IsZero() || !b.IsZero() && b.Before(a) {
		return b
	}
	return a
}

// announce asks for the place where it is to be said.
func (w *Wait) announce(t *turn) {
	if !w.Plan.Position && !w.Plan.Wait {
		w.say(t, Placed{Wait: -1})
		return
	}
	w.Asking = true
	t.wake(forPlace)
	t.do(WantPlace{})
}

// say tells the caller the place, the wait, how to leave a message, and the next of the messages.
func (w *Wait) say(t *turn, p Placed) {
	w.Asking = false
	var all []prompt.Prompt
	var said Said
	if w.Plan.Position && p.Position > 0 {
		said.Position = p.Position
		all = append(all, prompt.OfPosition(p.Position))
	}
	if w.Plan.Wait && p.Wait >= 0 && p.Wait < longestSaid {
		how, minutes := w.Plan.Style.of(p.Wait)
		said.Minutes = minutes
		all = append(all, prompt.OfWait(how, time.Duration(minutes)*time.Minute))
	}
	if w.Plan.OptOut != "" {
		all = append(all, prompt.OfStandard(prompt.OptOut), prompt.OfKey(w.Plan.OptOut))
	}
	if n := len(w.Plan.Messages); n > 0 {
		all = append(all, w.Plan.Messages[w.Message%n])
		w.Message = (w.Message + 1) % n
	}
	if said != (Said{}) {
		t.do(said)
	}
	if len(all) == 0 {
		w.next(t)
		return
	}
	t.play(playAnnounce, all...)
}

// longestSaid is the longest wait that is said in words: padded it is still below a day.
const longestSaid = 19 * time.Hour

func (w *Wait) played(t *turn, what string) {
	switch what {
	case playNotice:
		t.do(NoticeHeard{})
		w.next(t)
	case playConfirmed:
		t.over(Over{How: Called})
	case playOffer, playNumber, playSure, playPending:
		t.wake(forAnswer)
	default:
		w.next(t)
	}
}

func (w *Wait) keyed(t *turn, key string) {
	switch {
	case t.name() == playConfirmed: // it is settled
	case w.Callback != "":
		w.keyedCallback(t, key)
	case w.Plan.OptOut != "" && key == w.Plan.OptOut:
		w.optOut(t)
	}
}

func (w *Wait) optOut(t *turn) {
	t.do(Keyed{Keys: w.Plan.OptOut, Result: string(OptedOut)})
	t.over(Over{How: OptedOut})
}

func (w *Wait) woken(t *turn) {
	switch {
	case w.Asking:
		w.say(t, Placed{Wait: -1})
	case w.Callback != "":
		w.unanswered(t)
	case t.Tag == "":
		w.next(t)
	}
}

func (w *Wait) told(t *turn, s Signal) {
	switch s := s.(type) {
	case Placed:
		if w.Asking {
			t.sleep()
			w.say(t, s)
		}
	case CallbackTaken:
		w.taken(t, s)
	case CallbackPends:
		w.pends(t)
	}
}
