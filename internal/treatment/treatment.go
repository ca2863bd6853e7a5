// Package treatment decides what a caller goes through with nobody on the line: menus, the wait in a queue, mailboxes,
// announcements, the survey after a call.
package treatment

import (
	"strconv"
	"strings"
	"time"

	"parley/internal/prompt"
)

// Treatment is what one caller goes through now. It is plain data, part of the call that owns it: the call plays what
// Playing and Looping say, wakes it at Due, and does what Handle asks for. The zero value is a caller in no treatment.
type Treatment struct {
	// Playing is heard once, PlayEnded with Tag follows; Looping is hold audio, heard while Playing is empty.
	Playing []prompt.Prompt `json:"playing,omitempty"`
	Tag     string          `json:"tag,omitempty"`
	Looping string          `json:"looping,omitempty"`
	Due     time.Time       `json:"due,omitzero"` // when it wants to be woken; zero: not at all
	Serial  int             `json:"serial,omitempty"`
	// Language is that of prompts which have none.
	Language prompt.Language `json:"language,omitempty"`

	// At most one of these is set.
	Menu         *Menu         `json:"menu,omitempty"`
	Wait         *Wait         `json:"wait,omitempty"`
	Mailbox      *Mailbox      `json:"mailbox,omitempty"`
	Announcement *Announcement `json:"announcement,omitempty"`
	Survey       *Survey       `json:"survey,omitempty"`
	Access       *Access       `json:"access,omitempty"`
}

// TagPrefix begins the tag of all that a treatment plays. After it stands what it is, and a serial number by which words
// about an earlier play are known.
const TagPrefix = "treat:"

// DefaultAudio names the organisation's hold audio.
const DefaultAudio = "default"

// On tells whether the caller is in a treatment.
func (t *Treatment) On() bool {
	return t.Menu != nil || t.Wait != nil || t.Mailbox != nil || t.Announcement != nil || t.Survey != nil || t.Access != nil
}

// Copy gives a treatment that goes its own way.
func (t *Treatment) Copy() Treatment {
	c := *t
	c.Menu, c.Wait, c.Mailbox = copied(t.Menu), copied(t.Wait), copied(t.Mailbox)
	c.Announcement, c.Survey, c.Access = copied(t.Announcement), copied(t.Survey), copied(t.Access)
	return c
}

func copied[T any](p *T) *T {
	if p == nil {
		return nil
	}
	v := *p
	return &v
}

// script is one kind of treatment.
type script interface {
	begin(t *turn)
	played(t *turn, what string) // what was played to its end
	keyed(t *turn, key string)
	woken(t *turn) // Due has come
	told(t *turn, s Signal)
}

func (t *Treatment) script() script {
	switch {
	case t.Menu != nil:
		return t.Menu
	case t.Wait != nil:
		return t.Wait
	case t.Mailbox != nil:
		return t.Mailbox
	case t.Announcement != nil:
		return t.Announcement
	case t.Survey != nil:
		return t.Survey
	case t.Access != nil:
		return t.Access
	}
	return nil
}

// turn is the handling of one signal.
type turn struct {
	*Treatment
	now time.Time
	out []Action
}

// Handle moves the treatment on. Signals that come late or twice change nothing.
func (t *Treatment) Handle(now time.Time, signal Signal) []Action {
	r := &turn{Treatment: t, now: now}
	switch s := signal.(type) {
	case Begin:
		r.start(s)
		return r.out
	case Stop:
		r.clear()
		return r.out
	}
	what := t.script()
	if what == nil {
		return nil
	}
	switch s := signal.(type) {
	case PlayEnded:
		if t.Tag == "" || s.Tag != t.Tag {
			return nil
		}
		name := t.name()
		t.Playing, t.Tag = nil, ""
		what.played(r, name)
	case Digit:
		what.keyed(r, string(s.Digit))
	case Wake:
		if t.Due.IsZero() || now.Before(t.Due) {
			return nil
		}
		t.Due = time.Time{}
		what.woken(r)
	default:
		what.told(r, s)
	}
	return r.out
}

// start begins one treatment in place of any other.
func (t *turn) start(b Begin) {
	t.clear()
	t.Language = b.Language
	switch {
	case b.Menu != nil:
		t.Menu = &Menu{Plan: b.Menu}
	case b.Wait != nil:
		t.Wait = &Wait{Plan: b.Wait, Again: b.Again}
	case b.Mailbox != nil:
		t.Mailbox = &Mailbox{Plan: b.Mailbox}
	case b.Announcement != nil:
		t.Announcement = &Announcement{Plan: b.Announcement}
	case b.Survey != nil:
		t.Survey = &Survey{Plan: b.Survey}
	case b.Access != nil:
		t.Access = &Access{Plan: b.Access}
	default:
		return
	}
	t.script().begin(t)
}

// clear leaves nothing but the serial number.
func (t *turn) clear() {
	if t.Access != nil {
		t.Access.settle(t)
	}
	*t.Treatment = Treatment{Serial: t.Serial}
}

func (t *turn) do(actions ...Action) { t.out = append(t.out, actions...) }

// play plays prompts once; played is called with what, also when there is nothing to hear.
func (t *turn) play(what string, prompts ...prompt.Prompt) {
	t.Serial++
	t.Tag = TagPrefix + what + ":" + strconv.Itoa(t.Serial)
	t.Playing = make([]prompt.Prompt, 0, len(prompts))
	for _, p := range prompts {
		t.Playing = append(t.Playing, p.In(t.Language))
	}
	if len(prompts) == 0 {
		t.Playing = append(t.Playing, prompt.Prompt{})
	}
}

// name is what the tag of the running play says is played.
func (t *Treatment) name() string {
	what, _, _ := strings.Cut(strings.TrimPrefix(t.Tag, TagPrefix), ":")
	return what
}

// quiet ends what plays once.
func (t *turn) quiet() { t.Playing, t.Tag = nil, "" }

// wake asks to be woken after a while.
func (t *turn) wake(after time.Duration) { t.Due = t.now.Add(after) }

func (t *turn) sleep() { t.Due = time.Time{} }

// over ends the treatment; how says where the call goes now.
func (t *turn) over(how Over) {
	t.clear()
	t.do(how)
}
