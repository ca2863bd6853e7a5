package prompt

// What is said to who answers at a number that an agent's calls ring at (BX-29).
const (
	FollowCaller   StandardText = "follow_caller"   // before the digits of the caller's number
	FollowWithheld StandardText = "follow_withheld" // the caller shows none
	FollowAccept   StandardText = "follow_accept"   // press one
)

// followTexts are the texts in each language. Each is one recording.
var followTexts = map[Language]map[StandardText]string{
	English: {
		FollowCaller:   "There is a call for you from",
		FollowWithheld: "There is a call for you, from somebody who shows no number.",
		FollowAccept:   "To accept it, press one.",
	},
	German: {
		FollowCaller:   "Ein Anruf für Sie von",
		FollowWithheld: "Ein Anruf für Sie, ohne Rufnummer.",
		FollowAccept:   "Um ihn anzunehmen, drücken Sie die Eins.",
	},
	French: {
		FollowCaller:   "Un appel pour vous du",
		FollowWithheld: "Un appel pour vous, d'un numéro masqué.",
		FollowAccept:   "Pour l'accepter, appuyez sur un.",
	},
	Spanish: {
		FollowCaller:   "Hay una llamada para usted del",
		FollowWithheld: "Hay una llamada para usted, de un número oculto.",
		FollowAccept:   "Para aceptarla, pulse uno.",
	},
}

// followTextNames lists them all.
func followTextNames() []StandardText {
	return []StandardText{FollowCaller, FollowWithheld, FollowAccept}
}
