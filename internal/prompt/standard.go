package prompt

import "strings"

// StandardText is one of the standard texts that callers hear where nothing else was recorded.
type StandardText string

// The standard texts.
const (
	Apology       StandardText = "apology"        // the call cannot be sent on; it ends
	NoAgent       StandardText = "no_agent"       // nobody is free (QU-7)
	Invalid       StandardText = "invalid"        // that is none of the choices (IV-4)
	MovingOn      StandardText = "moving_on"      // nothing was chosen: the call goes where the menu sends it by default
	Absent        StandardText = "unavailable"    // the agent cannot take the call (AG-4)
	LeaveMessage  StandardText = "leave_message"  // after the tone (VM-1)
	OptOut        StandardText = "opt_out"        // to leave a message, press … (QU-8)
	CallbackOffer StandardText = "callback_offer" // press 1 to be called back (QU-11)
	CallbackAsk   StandardText = "callback_ask"   // at which number: press 1 for the caller's own, or key another
	CallbackRead  StandardText = "callback_read"  // the number is …
	CallbackSure  StandardText = "callback_sure"  // press 1 if it is right, 2 for another
	CallbackDone  StandardText = "callback_done"
	CallbackNot   StandardText = "callback_not" // none can be taken now
	// CallbackHello is heard by who is called back and waits for an agent, CallbackPending by who calls again, CallbackDropped
	// by who gives the callback up then (BX-3).
	CallbackHello   StandardText = "callback_hello"
	CallbackPending StandardText = "callback_pending" // press 1 for the place, 2 to give it up
	CallbackDropped StandardText = "callback_dropped"
	SurveyThanks    StandardText = "survey_thanks"
)

// StandardTexts lists them all.
func StandardTexts() []StandardText {
	return append(append(append(mailTextNames(), codeTextNames()...), followTextNames()...),
		Apology, NoAgent, Invalid, MovingOn, Absent, LeaveMessage, OptOut, CallbackOffer, CallbackAsk, CallbackRead, CallbackSure,
		CallbackDone, CallbackNot, CallbackHello, CallbackPending, CallbackDropped, SurveyThanks,
	)
}

// OfStandard says a standard text.
func OfStandard(text StandardText) Prompt { return Prompt{Kind: Standard, Value: string(text)} }

// OfKey names a key of the telephone: "0" to "9", "*" or "#".
func OfKey(key string) Prompt { return Prompt{Kind: Key, Value: key} }

// OfBeep is the tone after which a message is recorded.
func OfBeep() Prompt { return Prompt{Kind: Beep} }

// Or is the prompt, or another one where it is empty.
func (p Prompt) Or(other Prompt) Prompt {
	if p.Empty() {
		return other
	}
	return p
}

// standards are the texts in each language. Each is one recording.
var standards = map[Language]map[StandardText]string{
	English: {
		Apology:         "We are sorry, your call cannot be connected at the moment. Please try again later. Goodbye.",
		NoAgent:         "We are sorry, nobody is free to take your call right now.",
		Invalid:         "Sorry, that is not one of the choices.",
		MovingOn:        "We did not understand your choice, so your call is passed on.",
		Absent:          "The person you have called cannot take your call right now.",
		LeaveMessage:    "Please leave a message after the tone, and press the hash key when you have finished.",
		OptOut:          "To leave a message instead of waiting, press",
		CallbackOffer:   "You can hang up without losing your place, and we call you back. If you would like that, press one.",
		CallbackAsk:     "If we shall call the number that you are calling from, press one. Otherwise key the number, and then the hash key.",
		CallbackRead:    "We will call you at",
		CallbackSure:    "If that is right, press one. To key another number, press two.",
		CallbackDone:    "Thank you. We will call you back when it is your turn. Goodbye.",
		CallbackNot:     "We are sorry, no more calls back can be taken at the moment. Please stay on the line.",
		CallbackHello:   "This is the call back that you asked for. Please stay on the line: the next free agent is with you in a moment.",
		CallbackPending: "We are to call you back already. To wait on the line at that place, press one. To give the call back up, press two.",
		CallbackDropped: "Thank you. We will not call you back. Please stay on the line.",
		SurveyThanks:    "Thank you for your answers. Goodbye.",
	},
	German: {
		Apology:         "Es tut uns leid, Ihr Anruf kann gerade nicht verbunden werden. Bitte versuchen Sie es später noch einmal. Auf Wiederhören.",
		NoAgent:         "Es tut uns leid, im Moment kann niemand Ihren Anruf annehmen.",
		Invalid:         "Das ist leider keine der Möglichkeiten.",
		MovingOn:        "Wir haben Ihre Auswahl nicht verstanden. Ihr Anruf wird weitergeleitet.",
		Absent:          "Die Person, die Sie angerufen haben, kann den Anruf im Moment nicht annehmen.",
		LeaveMessage:    "Bitte sprechen Sie nach dem Ton, und drücken Sie zum Schluss die Rautetaste.",
		OptOut:          "Um stattdessen eine Nachricht zu hinterlassen, drücken Sie",
		CallbackOffer:   "Sie können auflegen, ohne Ihren Platz zu verlieren, und wir rufen Sie zurück. Wenn Sie das möchten, drücken Sie die Eins.",
		CallbackAsk:     "Für die Nummer, von der Sie anrufen, drücken Sie die Eins. Sonst geben Sie die Nummer ein und danach die Rautetaste.",
		CallbackRead:    "Wir rufen Sie an unter",
		CallbackSure:    "Wenn das stimmt, drücken Sie die Eins. Für eine andere Nummer drücken Sie die Zwei.",
		CallbackDone:    "Vielen Dank. Wir rufen Sie zurück, sobald Sie an der Reihe sind. Auf Wiederhören.",
		CallbackNot:     "Es tut uns leid, im Moment sind keine weiteren Rückrufe möglich. Bitte bleiben Sie am Apparat.",
		CallbackHello:   "Dies ist der Rückruf, um den Sie gebeten haben. Bitte bleiben Sie am Apparat: Gleich ist jemand für Sie da.",
		CallbackPending: "Ihr Rückruf ist vorgemerkt. Um an diesem Platz zu warten, drücken Sie die Eins, um ihn abzusagen, die Zwei.",
		CallbackDropped: "Vielen Dank. Wir rufen Sie nicht zurück. Bitte bleiben Sie am Apparat.",
		SurveyThanks:    "Vielen Dank für Ihre Antworten. Auf Wiederhören.",
	},
	French: {
		Apology:         "Nous sommes désolés, votre appel ne peut pas aboutir pour le moment. Veuillez rappeler plus tard. Au revoir.",
		NoAgent:         "Nous sommes désolés, personne ne peut prendre votre appel pour le moment.",
		Invalid:         "Désolé, ce choix n'existe pas.",
		MovingOn:        "Nous n'avons pas compris votre choix. Votre appel est transféré.",
		Absent:          "La personne que vous appelez ne peut pas prendre votre appel pour le moment.",
		LeaveMessage:    "Veuillez laisser un message après le bip, puis appuyer sur la touche dièse.",
		OptOut:          "Pour laisser un message au lieu d'attendre, appuyez sur",
		CallbackOffer:   "Vous pouvez raccrocher sans perdre votre place, et nous vous rappelons. Si vous le souhaitez, appuyez sur un.",
		CallbackAsk:     "Pour être rappelé au numéro d'où vous appelez, appuyez sur un. Sinon, composez le numéro, puis la touche dièse.",
		CallbackRead:    "Nous vous rappellerons au",
		CallbackSure:    "Si c'est exact, appuyez sur un. Pour composer un autre numéro, appuyez sur deux.",
		CallbackDone:    "Merci. Nous vous rappellerons dès que ce sera votre tour. Au revoir.",
		CallbackNot:     "Nous sommes désolés, nous ne pouvons pas vous rappeler pour le moment. Veuillez rester en ligne.",
		CallbackHello:   "Voici le rappel que vous avez demandé. Veuillez rester en ligne : un conseiller est à vous dans un instant.",
		CallbackPending: "Nous devons déjà vous rappeler. Pour attendre en ligne à cette place, appuyez sur un ; pour annuler le rappel, sur deux.",
		CallbackDropped: "Merci. Nous ne vous rappellerons pas. Veuillez rester en ligne.",
		SurveyThanks:    "Merci de vos réponses. Au revoir.",
	},
	Spanish: {
		Apology:         "Lo sentimos, en este momento no podemos atender su llamada. Por favor, inténtelo más tarde. Adiós.",
		NoAgent:         "Lo sentimos, en este momento nadie puede atender su llamada.",
		Invalid:         "Lo sentimos, esa no es una de las opciones.",
		MovingOn:        "No hemos entendido su elección. Le pasamos la llamada.",
		Absent:          "La persona a la que llama no puede atenderle en este momento.",
		LeaveMessage:    "Deje su mensaje después de la señal y, al terminar, pulse la tecla almohadilla.",
		OptOut:          "Para dejar un mensaje en lugar de esperar, pulse",
		CallbackOffer:   "Puede colgar sin perder su lugar y le llamaremos. Si lo desea, pulse uno.",
		CallbackAsk:     "Para que le llamemos al número desde el que llama, pulse uno. Si no, marque el número y después la tecla almohadilla.",
		CallbackRead:    "Le llamaremos al",
		CallbackSure:    "Si es correcto, pulse uno. Para marcar otro número, pulse dos.",
		CallbackDone:    "Gracias. Le llamaremos cuando llegue su turno. Adiós.",
		CallbackNot:     "Lo sentimos, en este momento no podemos devolverle la llamada. Por favor, siga a la espera.",
		CallbackHello:   "Esta es la llamada que nos pidió. Permanezca a la espera: en un momento le atendemos.",
		CallbackPending: "Ya tiene pendiente una llamada nuestra. Para esperar en línea en ese lugar, pulse uno; para anularla, pulse dos.",
		CallbackDropped: "Gracias. No le llamaremos. Por favor, siga a la espera.",
		SurveyThanks:    "Gracias por sus respuestas. Adiós.",
	},
}

// signs are the names of the two keys that are no digits.
var signs = map[Language]map[string]string{
	English: {"*": "the star key", "#": "the hash key"},
	German:  {"*": "die Sterntaste", "#": "die Rautetaste"},
	French:  {"*": "la touche étoile", "#": "la touche dièse"},
	Spanish: {"*": "la tecla asterisco", "#": "la tecla almohadilla"},
}

// standard is a standard text as one recording.
func standard(l Language, value string) (words []string, ok bool) {
	which := StandardText(value)
	text := standards[l][which] + mailTexts[l][which] + codeTexts[l][which] + followTexts[l][which] // in one of them
	return []string{text}, text != ""
}

// key names one key.
func key(l Language, value string) (words []string, ok bool) {
	if sign := signs[l][value]; sign != "" {
		return []string{sign}, true
	}
	if len(value) != 1 || !strings.Contains("0123456789", value) {
		return nil, false
	}
	return digits(grammars[l], value)
}
