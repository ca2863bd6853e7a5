package prompt

// What is said to who has dialled a feature code (BX-31).
const (
	CodeQuiet      StandardText = "code_dnd"         // do not disturb is on
	CodeQuietOff   StandardText = "code_dnd_off"     // and off
	CodeForward    StandardText = "code_forward"     // before the digits of the number
	CodeForwardOff StandardText = "code_forward_off" //
	CodeAvailable  StandardText = "code_available"   // calls from queues come
	CodePause      StandardText = "code_pause"       // and do not
	CodeQueueOn    StandardText = "code_queue_on"    // of one queue
	CodeQueueOff   StandardText = "code_queue_off"   //
)

// codeTexts are the texts in each language. Each is one recording.
var codeTexts = map[Language]map[StandardText]string{
	English: {
		CodeQuiet:      "Do not disturb is on.",
		CodeQuietOff:   "Do not disturb is off.",
		CodeForward:    "Your calls are forwarded to",
		CodeForwardOff: "Your calls are not forwarded.",
		CodeAvailable:  "You are available for calls from queues.",
		CodePause:      "You are not available for calls from queues.",
		CodeQueueOn:    "You take calls from this queue.",
		CodeQueueOff:   "You take no calls from this queue.",
	},
	German: {
		CodeQuiet:      "Anrufschutz ist eingeschaltet.",
		CodeQuietOff:   "Anrufschutz ist ausgeschaltet.",
		CodeForward:    "Ihre Anrufe werden umgeleitet an",
		CodeForwardOff: "Ihre Anrufe werden nicht umgeleitet.",
		CodeAvailable:  "Sie sind verfügbar für Anrufe aus Warteschlangen.",
		CodePause:      "Sie sind nicht verfügbar für Anrufe aus Warteschlangen.",
		CodeQueueOn:    "Sie nehmen Anrufe aus dieser Warteschlange an.",
		CodeQueueOff:   "Sie nehmen keine Anrufe aus dieser Warteschlange an.",
	},
	French: {
		CodeQuiet:      "Ne pas déranger est activé.",
		CodeQuietOff:   "Ne pas déranger est désactivé.",
		CodeForward:    "Vos appels sont renvoyés vers le",
		CodeForwardOff: "Vos appels ne sont pas renvoyés.",
		CodeAvailable:  "Vous êtes disponible pour les appels des files d'attente.",
		CodePause:      "Vous n'êtes pas disponible pour les appels des files d'attente.",
		CodeQueueOn:    "Vous prenez les appels de cette file d'attente.",
		CodeQueueOff:   "Vous ne prenez pas les appels de cette file d'attente.",
	},
	Spanish: {
		CodeQuiet:      "No molestar está activado.",
		CodeQuietOff:   "No molestar está desactivado.",
		CodeForward:    "Sus llamadas se desvían al",
		CodeForwardOff: "Sus llamadas no se desvían.",
		CodeAvailable:  "Está disponible para llamadas de las colas.",
		CodePause:      "No está disponible para llamadas de las colas.",
		CodeQueueOn:    "Recibe llamadas de esta cola.",
		CodeQueueOff:   "No recibe llamadas de esta cola.",
	},
}

// codeTextNames lists them all.
func codeTextNames() []StandardText {
	return []StandardText{
		CodeQuiet, CodeQuietOff, CodeForward, CodeForwardOff, CodeAvailable, CodePause, CodeQueueOn, CodeQueueOff,
	}
}
