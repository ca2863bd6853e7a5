package treatment

import (
	"slices"
	"strings"
	"time"

	"parley/internal/prompt"
	"parley/internal/tel"
)

// welcome says how many messages there are, and begins with the first.
func (a *Access) welcome(t *turn) {
	fresh, old := a.count()
	words := a.countWords(fresh, old)
	if fresh+old == 0 {
		a.options(t, prompt.MailNone)
		return
	}
	a.message(t, 0, words...)
}

func (a *Access) count() (fresh, old int) {
	for _, m := range a.Messages {
		if m.Heard {
			old++
		} else {
			fresh++
		}
	}
	return fresh, old
}

func (a *Access) countWords(fresh, old int) []prompt.Prompt {
	var words []prompt.Prompt
	switch {
	case fresh == 1:
		words = standards([]prompt.StandardText{prompt.MailOneNew})
	case fresh > 1:
		words = []prompt.Prompt{prompt.OfStandard(prompt.MailHave), prompt.OfNumber(fresh), prompt.OfStandard(prompt.MailNew)}
	}
	switch {
	case old == 1:
		words = append(words, prompt.OfStandard(prompt.MailOneOld))
	case old > 1:
		words = append(words, prompt.OfNumber(old), prompt.OfStandard(prompt.MailOld))
	}
	return words
}

// message says which message comes, from whom and of when, while its sound is fetched.
func (a *Access) message(t *turn, which int, before ...prompt.Prompt) {
	a.At, a.Stage, a.Audio, a.Odd = which, accessIntro, "", 0
	m := a.Messages[which]
	words := append(before, prompt.OfStandard(prompt.MailMessage), prompt.OfNumber(which+1))
	words = append(words, callerWords(m.From)...)
	t.play(string(accessIntro), append(words, timeWords(m.LeftAt, t.now)...)...)
	a.consult(t, Consult{Do: FetchMessage, Mailbox: a.Box, Message: m.ID})
}

// callerWords name who has left a message; what has no digits is as good as withheld.
func callerWords(from tel.Number) []prompt.Prompt {
	digits := strings.TrimPrefix(string(from), "+")
	if digits == "" || strings.Trim(digits, "0123456789") != "" {
		return standards([]prompt.StandardText{prompt.MailWithheld})
	}
	return []prompt.Prompt{prompt.OfStandard(prompt.MailFrom), prompt.OfDigits(digits)}
}

// timeWords say when a message was left; the day of one that was left today goes without saying.
func timeWords(at, now time.Time) []prompt.Prompt {
	day := at.Format(time.DateOnly)
	if now.In(at.Location()).Format(time.DateOnly) == day {
		return []prompt.Prompt{prompt.OfTime(at)}
	}
	return []prompt.Prompt{prompt.OfDate(at), prompt.OfTime(at)}
}

// introHeard plays the message, or waits for its sound.
func (a *Access) introHeard(t *turn) {
	if a.Doing == "" {
		a.sound(t)
	}
}

// fetched takes the sound of a message, which waits for the words about it to end.
func (a *Access) fetched(t *turn, audio string) {
	a.Audio = audio
	if a.Stage == accessIntro && t.name() != string(accessIntro) {
		a.sound(t)
	}
}

// sound plays the message, which is heard from now on.
func (a *Access) sound(t *turn) {
	if a.Audio == "" {
		a.choose(t, prompt.MailSoundless)
		return
	}
	if !a.Messages[a.At].Heard {
		a.mark(t, true)
	}
	a.Stage = accessSound
	t.sleep()
	t.play(string(accessSound), prompt.Prompt{Audio: a.Audio})
}

// mark says whether the message was heard.
func (a *Access) mark(t *turn, heard bool) {
	a.Messages = slices.Clone(a.Messages) // copies of the call share the list
	a.Messages[a.At].Heard = heard
	do := MarkNew
	if heard {
		do = MarkHeard
	}
	a.order(t, Consult{Do: do, Mailbox: a.Box, Message: a.Messages[a.At].ID})
}

// choose says what can be done with the message.
func (a *Access) choose(t *turn, before ...prompt.StandardText) {
	a.Stage, a.Doing = accessChoose, ""
	t.sleep()
	words := append(before, prompt.MailKeys)
	if a.callable() {
		words = append(words, prompt.MailCallKey)
	}
	a.say(t, words...)
}

// callable tells whether who left the message may be called back.
func (a *Access) callable() bool {
	return a.Plan.CallBack && a.At < len(a.Messages) && callerWords(a.Messages[a.At].From)[0].Value == string(prompt.MailFrom)
}

func (a *Access) messageKey(t *turn, key string) {
	switch key {
	case "4":
		a.message(t, max(0, a.At-1))
	case "5":
		a.message(t, a.At)
	case "6", "#":
		a.next(t)
	case "7":
		a.delete(t)
	case "8":
		a.callBack(t)
	case "9":
		a.Odd = 0
		a.mark(t, false)
		a.choose(t, prompt.MailAsNew)
	case "0":
		a.Odd = 0
		a.options(t)
	case "*":
		a.Odd = 0
		a.choose(t)
	default:
		if !a.odd(t) {
			a.choose(t, prompt.Invalid)
		}
	}
}

func (a *Access) next(t *turn) {
	if a.At+1 < len(a.Messages) {
		a.message(t, a.At+1)
		return
	}
	a.Odd = 0
	a.choose(t, prompt.MailNoMore)
}

// delete has the message deleted at the end of the call, or keeps it after all.
func (a *Access) delete(t *turn) {
	a.Odd = 0
	a.Messages = slices.Clone(a.Messages)
	m := &a.Messages[a.At]
	m.Deleted = !m.Deleted
	if !m.Deleted {
		a.choose(t, prompt.MailKept)
		return
	}
	if !m.Heard { // who deletes it knows of it
		a.mark(t, true)
	}
	a.choose(t, prompt.MailDeleted)
}

// callBack leaves the mailbox for a call to who has left the message.
func (a *Access) callBack(t *turn) {
	if !a.callable() {
		a.choose(t, prompt.MailNoCall)
		return
	}
	t.over(Over{How: CallsBack, Number: a.Messages[a.At].From})
}
