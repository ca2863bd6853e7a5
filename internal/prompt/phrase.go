package prompt

// Phrase names a sentence that the house says to an agent's telephone, in each of Languages.
type Phrase string

// The phrases.
const (
	PressOne    Phrase = "press_one"     // accepts a call on a number (AG-5)
	KeyAgentID  Phrase = "key_agent_id"  // of an agent who dials in (VC-2)
	KeyPIN      Phrase = "key_pin"       // after it
	SignInWrong Phrase = "sign_in_wrong" // id and PIN do not fit
	SignInLater Phrase = "sign_in_later" // locked, or too many wrong tries
	Connected   Phrase = "connected"     // the voice path is up
)

var phrases = map[Phrase]map[Language]string{
	PressOne: {
		English: "There is a call for you. To accept it, press 1.",
		German:  "Ein Anruf für Sie. Um ihn anzunehmen, drücken Sie die 1.",
		French:  "Un appel pour vous. Pour l'accepter, appuyez sur 1.",
		Spanish: "Una llamada para usted. Para aceptarla, pulse 1.",
	},
	KeyAgentID: {
		English: "Please key your agent number, then the hash key.",
		German:  "Bitte geben Sie Ihre Agentennummer ein, dann die Rautetaste.",
		French:  "Veuillez composer votre numéro d'agent, puis la touche dièse.",
		Spanish: "Marque su número de agente y después la tecla almohadilla.",
	},
	KeyPIN: {
		English: "Please key the six digits of the PIN on your screen.",
		German:  "Bitte geben Sie die sechs Ziffern der PIN auf Ihrem Bildschirm ein.",
		French:  "Veuillez composer les six chiffres du code affiché sur votre écran.",
		Spanish: "Marque las seis cifras del código que aparece en su pantalla.",
	},
	SignInWrong: {
		English: "Agent number and PIN do not fit.",
		German:  "Agentennummer und PIN passen nicht zusammen.",
		French:  "Le numéro d'agent et le code ne correspondent pas.",
		Spanish: "El número de agente y el código no coinciden.",
	},
	SignInLater: {
		English: "Please try again later. Goodbye.",
		German:  "Bitte versuchen Sie es später noch einmal. Auf Wiederhören.",
		French:  "Veuillez réessayer plus tard. Au revoir.",
		Spanish: "Inténtelo de nuevo más tarde. Adiós.",
	},
	Connected: {
		English: "You are connected. Calls come with a beep.",
		German:  "Sie sind verbunden. Anrufe kommen mit einem Signalton.",
		French:  "Vous êtes connecté. Les appels sont annoncés par un bip.",
		Spanish: "Está conectado. Las llamadas llegan con un pitido.",
	},
}

// Phrases lists all of them.
func Phrases() []Phrase {
	return []Phrase{PressOne, KeyAgentID, KeyPIN, SignInWrong, SignInLater, Connected}
}

// Say is a phrase in a language; English where there is none in it.
func Say(p Phrase, language Language) Prompt {
	text, there := phrases[p][language]
	if !there {
		language, text = English, phrases[p][English]
	}
	return Prompt{Text: text, Language: language}
}
