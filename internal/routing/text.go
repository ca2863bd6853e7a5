package routing

import (
	"parley/internal/prompt"
	"parley/internal/sounds"
)

// Apology is what a caller hears before a hang-up that nobody chose.
func Apology(in prompt.Language) prompt.Prompt {
	return standard(in, sounds.CallFailed, map[prompt.Language]string{
		prompt.German:  "Ihr Anruf kann im Moment leider nicht verbunden werden. Bitte versuchen Sie es in ein paar Minuten noch einmal.",
		prompt.French:  "Nous sommes désolés, votre appel ne peut pas aboutir pour le moment. Veuillez réessayer dans quelques minutes.",
		prompt.Spanish: "Lo sentimos, su llamada no puede completarse en este momento. Vuelva a intentarlo dentro de unos minutos.",
	})
}

// NoAgent is the standard no-agent message.
func NoAgent(in prompt.Language) prompt.Prompt {
	return standard(in, sounds.NoAgent, map[prompt.Language]string{
		prompt.German:  "Leider kann gerade niemand Ihren Anruf annehmen. Bitte versuchen Sie es später noch einmal.",
		prompt.French:  "Nous sommes désolés, personne ne peut prendre votre appel pour le moment. Veuillez rappeler plus tard.",
		prompt.Spanish: "Lo sentimos, nadie puede atender su llamada en este momento. Vuelva a llamar más tarde.",
	})
}

// standard is a recording of the house in English, and a text to be spoken in the other languages.
func standard(in prompt.Language, recording string, texts map[prompt.Language]string) prompt.Prompt {
	if text, ok := texts[in]; ok {
		return prompt.Prompt{Text: text, Language: in}
	}
	return prompt.Prompt{Audio: recording}
}
