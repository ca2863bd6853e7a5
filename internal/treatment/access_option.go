package treatment

import "parley/internal/prompt"

// options offers a greeting and a PIN.
func (a *Access) options(t *turn, before ...prompt.StandardText) {
	a.Stage, a.Doing, a.Tries = accessOptions, "", 0
	t.sleep()
	a.say(t, append(before, prompt.MailOptions)...)
}

func (a *Access) optionKey(t *turn, key string) {
	switch key {
	case "1":
		a.Odd = 0
		a.speak(t)
	case "2":
		a.Odd = 0
		a.field(t, FieldNew)
	case "*":
		a.Odd = 0
		a.back(t)
	default:
		if !a.odd(t) {
			a.options(t, prompt.Invalid)
		}
	}
}

// back leads from the options to the messages.
func (a *Access) back(t *turn) {
	if len(a.Messages) == 0 {
		a.options(t, prompt.MailNone)
		return
	}
	a.choose(t)
}

// speak has the caller speak a greeting.
func (a *Access) speak(t *turn) {
	a.dropGreeting(t)
	a.Stage = accessSpeak
	t.sleep()
	t.play(string(accessSpeak), prompt.OfStandard(prompt.MailSpeak), prompt.OfBeep())
}

func (a *Access) tape(t *turn) {
	a.Stage = accessTaping
	t.do(StartGreeting{Mailbox: a.Box})
	t.wake(LongestGreeting)
}

func (a *Access) endTape(t *turn) {
	a.Stage = accessTaped
	t.do(EndGreeting{})
	t.wake(forConsult)
}

// taped hears that a greeting was recorded; one that is none is forgotten.
func (a *Access) taped(t *turn, s Taped) {
	if a.Stage != accessTaping && a.Stage != accessTaped {
		return
	}
	a.Greeting = s.Recording
	if s.Duration < ShortestGreeting {
		a.dropGreeting(t)
		a.options(t, prompt.MailUnsaved)
		return
	}
	a.await(t, Consult{Do: FetchGreeting, Mailbox: a.Box, Recording: a.Greeting})
}

// dropGreeting has a recording deleted that nobody wants.
func (a *Access) dropGreeting(t *turn) {
	if a.Greeting != "" {
		a.order(t, Consult{Do: DropGreeting, Mailbox: a.Box, Recording: a.Greeting})
		a.Greeting = ""
	}
}

// review plays the greeting and asks whether it is kept.
func (a *Access) review(t *turn, audio string) {
	if audio == "" {
		a.dropGreeting(t)
		a.options(t, prompt.MailUnsaved)
		return
	}
	a.Audio, a.Stage = audio, accessReview
	t.sleep()
	t.play(string(accessReview), prompt.Prompt{Audio: audio}, prompt.OfStandard(prompt.MailKeep))
}

func (a *Access) reviewKey(t *turn, key string) {
	switch key {
	case "1":
		a.Odd = 0
		a.await(t, Consult{Do: KeepGreeting, Mailbox: a.Box, Recording: a.Greeting})
	case "2":
		a.Odd = 0
		a.review(t, a.Audio)
	case "3":
		a.Odd = 0
		a.speak(t)
	case "*":
		a.Odd = 0
		a.dropGreeting(t)
		a.options(t)
	default:
		if !a.odd(t) {
			t.sleep()
			a.say(t, prompt.Invalid, prompt.MailKeep)
		}
	}
}

// greetingKept says what came of it. Its recording has done its duty.
func (a *Access) greetingKept(t *turn, kept bool) {
	a.dropGreeting(t)
	if kept {
		a.options(t, prompt.MailSaved)
		return
	}
	a.options(t, prompt.MailUnsaved)
}
