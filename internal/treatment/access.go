package treatment

import (
	"time"

	"parley/internal/id"
	"parley/internal/prompt"
	"parley/internal/tel"
)

// AccessPlan is how somebody gets at a mailbox by telephone.
type AccessPlan struct {
	Mailbox  id.Mailbox      `json:"mailbox,omitempty"`   // empty: it is asked for
	CallBack bool            `json:"call_back,omitempty"` // who has left a message may be called
	Outside  bool            `json:"outside,omitempty"`   // for whoever calls from outside
	Language prompt.Language `json:"language,omitempty"`
}

// Access is somebody who hears the messages of a mailbox by telephone, once the PIN was right. What is keyed as mailbox or PIN
// never reaches it: it hears that a key was pressed, and what came of the field.
type Access struct {
	Plan     *AccessPlan  `json:"plan"`
	Stage    AccessStage  `json:"stage"`
	Keyed    bool         `json:"keyed,omitempty"`  // a key of this field
	Tries    int          `json:"tries,omitempty"`  // that were wrong, or empty
	Silent   int          `json:"silent,omitempty"` // questions in a row that had no answer
	Odd      int          `json:"odd,omitempty"`    // keys in a row that mean nothing
	Serial   int          `json:"serial,omitempty"` // of the last Consult
	Doing    Deed         `json:"doing,omitempty"`  // of it, while its answer is awaited
	Box      id.Mailbox   `json:"box,omitempty"`    // that is open
	Messages []Kept       `json:"messages,omitempty"`
	At       int          `json:"at,omitempty"`    // the message that is heard
	Audio    string       `json:"audio,omitempty"` // of what was fetched
	Greeting id.Recording `json:"greeting,omitempty"`
}

// Kept is a message of the mailbox, and what the caller has done about it.
type Kept struct {
	ID      id.Message `json:"id"`
	From    tel.Number `json:"from,omitempty"` // empty: it was withheld
	LeftAt  time.Time  `json:"left_at"`        // in the time of the house
	Heard   bool       `json:"heard,omitempty"`
	Deleted bool       `json:"deleted,omitempty"` // at the end; until then it can be kept after all
}

// AccessStage is where the dialogue is.
type AccessStage string

// The stages. The first four are fields whose keys nobody hears of.
const (
	FieldBox   AccessStage = "mailbox"
	FieldPIN   AccessStage = "pin"
	FieldNew   AccessStage = "new_pin"
	FieldAgain AccessStage = "pin_again"

	accessWaiting AccessStage = "waiting" // for an answer, in silence: it takes a moment
	accessIntro   AccessStage = "intro"   // of a message, whose sound is fetched meanwhile
	accessSound   AccessStage = "sound"   // of the message
	accessChoose  AccessStage = "choose"  // what to do with it
	accessOptions AccessStage = "options"
	accessSpeak   AccessStage = "speak" // the greeting, after the tone
	accessTaping  AccessStage = "taping"
	accessTaped   AccessStage = "taped"  // its last word is awaited
	accessReview  AccessStage = "review" // the greeting is heard again
	accessLeaving AccessStage = "leaving"
)

// The limits of the dialogue.
const (
	mostTries   = 3
	mostOdd     = 10
	mostBoxKeys = 50 // voicemail_mailbox_id
	mostPINKeys = 10

	forField   = 20 * time.Second // for the first key of a field
	forKey     = 5 * time.Second  // for the next one
	forChoice  = 10 * time.Second // after the question
	forConsult = 10 * time.Second

	// LongestGreeting is how long a greeting may be, ShortestGreeting below what it is none.
	LongestGreeting  = 120 * time.Second
	ShortestGreeting = time.Second
)

func (a *Access) begin(t *turn) {
	if a.Plan.Language != "" {
		t.Language = a.Plan.Language
	}
	a.enter(t)
}

// enter asks who wants in: for the mailbox where it is not known, and for its PIN.
func (a *Access) enter(t *turn, before ...prompt.StandardText) {
	if a.Plan.Mailbox == "" {
		a.field(t, FieldBox, before...)
		return
	}
	a.field(t, FieldPIN, before...)
}

var fieldWords = map[AccessStage]prompt.StandardText{
	FieldBox: prompt.MailAskBox, FieldPIN: prompt.MailAskPIN, FieldNew: prompt.MailNewPIN, FieldAgain: prompt.MailPINAgain,
}

// field has keys collected, by somebody else.
func (a *Access) field(t *turn, stage AccessStage, before ...prompt.StandardText) {
	a.Stage, a.Keyed = stage, false
	most := mostPINKeys
	if stage == FieldBox {
		most = mostBoxKeys
	}
	t.do(Collect{Field: stage, Most: most})
	a.say(t, append(before, fieldWords[stage])...)
	t.wake(forField)
}

func (a *Access) inField() bool { return fieldWords[a.Stage] != "" }

// fieldKey hears that a key of a field was pressed.
func (a *Access) fieldKey(t *turn) {
	if a.inField() {
		a.Keyed = true
		t.quiet()
		t.wake(forKey)
	}
}

// fieldDone goes on after a field.
func (a *Access) fieldDone(t *turn) {
	switch a.Stage {
	case FieldBox:
		a.field(t, FieldPIN)
	case FieldPIN:
		a.await(t, Consult{Do: OpenBox, Mailbox: a.Plan.Mailbox, Outside: a.Plan.Outside})
	case FieldNew:
		a.field(t, FieldAgain)
	case FieldAgain:
		a.await(t, Consult{Do: ChangePIN, Mailbox: a.Box})
	default:
		return
	}
}

// fieldEmpty asks again where nothing was keyed, but not for ever.
func (a *Access) fieldEmpty(t *turn) {
	a.Tries++
	if a.Tries >= mostTries {
		a.leave(t, prompt.MailGoodbye)
		return
	}
	a.field(t, a.Stage)
}

// await asks the house for something; the caller hears nothing until it has answered.
func (a *Access) await(t *turn, c Consult) {
	a.Stage = accessWaiting
	t.quiet()
	a.consult(t, c)
}

// consult asks the house for something. Told follows, else the caller is told after a while that it failed.
func (a *Access) consult(t *turn, c Consult) {
	a.Serial++
	c.Serial, a.Doing = a.Serial, c.Do
	t.do(c)
	t.wake(forConsult)
}

// order has something done that has no answer.
func (a *Access) order(t *turn, c Consult) { t.do(c) }

// answered takes what the house has to say.
func (a *Access) answered(t *turn, s Told) {
	if a.Doing == "" || s.Serial != a.Serial {
		return
	}
	deed := a.Doing
	a.Doing = ""
	t.sleep()
	switch deed {
	case OpenBox:
		a.opened(t, s)
	case FetchMessage:
		a.fetched(t, s.Audio)
	case FetchGreeting:
		a.review(t, s.Audio)
	case KeepGreeting:
		a.greetingKept(t, s.Verdict == Fits)
	case ChangePIN:
		a.options(t, pinWords[s.Verdict])
	case MarkHeard, MarkNew, DeleteMessage, DropGreeting: // have no answer
	}
}

var pinWords = map[Verdict]prompt.StandardText{
	Fits: prompt.MailPINSaved, Unequal: prompt.MailPINUnequal, Unfit: prompt.MailPINUnfit, Failed: prompt.MailUnsaved,
}

// opened hears what the PIN was worth.
func (a *Access) opened(t *turn, s Told) {
	switch s.Verdict {
	case Fits:
		a.Box, a.Messages, a.Tries = s.Mailbox, s.Messages, 0
		a.welcome(t)
	case Locked:
		a.leave(t, prompt.MailLocked)
	case Unfit:
		a.Tries++
		if a.Tries >= mostTries {
			a.leave(t, prompt.MailWrong, prompt.MailGoodbye)
			return
		}
		a.enter(t, prompt.MailWrong)
	default:
		a.leave(t, prompt.MailFailed)
	}
}

// say plays standard texts.
func (a *Access) say(t *turn, texts ...prompt.StandardText) {
	t.play(string(a.Stage), standards(texts)...)
}

func standards(texts []prompt.StandardText) []prompt.Prompt {
	all := make([]prompt.Prompt, 0, len(texts))
	for _, text := range texts {
		all = append(all, prompt.OfStandard(text))
	}
	return all
}

// leave says why and hangs up.
func (a *Access) leave(t *turn, texts ...prompt.StandardText) {
	a.Stage, a.Doing = accessLeaving, ""
	t.sleep()
	a.say(t, texts...)
}

// settle does what the caller has left to the end.
func (a *Access) settle(t *turn) {
	for _, m := range a.Messages {
		if m.Deleted {
			a.order(t, Consult{Do: DeleteMessage, Mailbox: a.Box, Message: m.ID})
		}
	}
	a.dropGreeting(t)
	a.Messages = nil
}

func (a *Access) played(t *turn, what string) {
	switch AccessStage(what) {
	case accessLeaving:
		t.over(Over{How: Done})
	case accessIntro:
		a.introHeard(t)
	case accessSound:
		a.choose(t)
	case accessSpeak:
		a.tape(t)
	case accessChoose, accessOptions, accessReview:
		t.wake(forChoice)
	default: // a field, whose time runs already
	}
}

// keyed takes a key that is no secret; what is played gives way to it.
func (a *Access) keyed(t *turn, key string) {
	if key > "9" { // A to D are on no telephone
		return
	}
	a.Silent = 0
	switch a.Stage {
	case accessIntro, accessSound, accessChoose:
		a.messageKey(t, key)
	case accessOptions:
		a.optionKey(t, key)
	case accessSpeak:
		if key == "#" {
			t.play(string(accessSpeak), prompt.OfBeep())
		}
	case accessTaping:
		a.endTape(t)
	case accessReview:
		a.reviewKey(t, key)
	default: // no key means anything now
	}
}

// odd tells whether so many keys in a row meant nothing that nobody seems to be there.
func (a *Access) odd(t *turn) bool {
	a.Odd++
	if a.Odd < mostOdd {
		return false
	}
	a.leave(t, prompt.MailGoodbye)
	return true
}

func (a *Access) woken(t *turn) {
	switch {
	case a.Doing != "":
		a.answered(t, Told{Serial: a.Serial, Verdict: Failed})
	case a.inField() && a.Keyed: // what was keyed is all there is
		a.fieldDone(t)
	case a.inField():
		a.fieldEmpty(t)
	case a.Stage == accessTaping:
		a.endTape(t)
	case a.Stage == accessTaped:
		a.taped(t, Taped{})
	default:
		a.unanswered(t)
	}
}

// unanswered asks again when no key came, but not for ever.
func (a *Access) unanswered(t *turn) {
	a.Silent++
	switch {
	case a.Silent >= mostTries:
		a.leave(t, prompt.MailGoodbye)
	case a.Stage == accessChoose:
		a.choose(t)
	case a.Stage == accessOptions:
		a.options(t)
	case a.Stage == accessReview:
		a.review(t, a.Audio)
	}
}

func (a *Access) told(t *turn, s Signal) {
	switch s := s.(type) {
	case KeyPressed:
		a.fieldKey(t)
	case FieldDone:
		a.fieldDone(t)
	case Told:
		a.answered(t, s)
	case Taped:
		a.taped(t, s)
	case Quiet:
		if a.Stage == accessTaping {
			a.endTape(t)
		}
	}
}
