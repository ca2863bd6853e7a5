package prompt

// What is said to who hears a mailbox by telephone.
const (
	MailAskBox     StandardText = "mail_ask_box"
	MailAskPIN     StandardText = "mail_ask_pin"
	MailWrong      StandardText = "mail_wrong"
	MailLocked     StandardText = "mail_locked"
	MailFailed     StandardText = "mail_failed"
	MailNone       StandardText = "mail_none"
	MailOneNew     StandardText = "mail_one_new"
	MailHave       StandardText = "mail_have" // a number and MailNew follow
	MailNew        StandardText = "mail_new"
	MailOneOld     StandardText = "mail_one_old"
	MailOld        StandardText = "mail_old"      // after a number
	MailMessage    StandardText = "mail_message"  // before its number
	MailFrom       StandardText = "mail_from"     // before the caller's digits
	MailWithheld   StandardText = "mail_withheld" // in their place
	MailKeys       StandardText = "mail_keys"
	MailCallKey    StandardText = "mail_call_key"
	MailDeleted    StandardText = "mail_deleted"
	MailKept       StandardText = "mail_kept"
	MailAsNew      StandardText = "mail_as_new"
	MailNoMore     StandardText = "mail_no_more"
	MailSoundless  StandardText = "mail_soundless"
	MailNoCall     StandardText = "mail_no_call"
	MailOptions    StandardText = "mail_options"
	MailSpeak      StandardText = "mail_speak"
	MailKeep       StandardText = "mail_keep"
	MailSaved      StandardText = "mail_saved"
	MailUnsaved    StandardText = "mail_unsaved"
	MailNewPIN     StandardText = "mail_new_pin"
	MailPINAgain   StandardText = "mail_pin_again"
	MailPINSaved   StandardText = "mail_pin_saved"
	MailPINUnequal StandardText = "mail_pin_unequal"
	MailPINUnfit   StandardText = "mail_pin_unfit"
	MailGoodbye    StandardText = "mail_goodbye"
)

// mailTexts are the texts in each language. Each is one recording.
var mailTexts = map[Language]map[StandardText]string{
	English: {
		MailAskBox: "Please key the number of the mailbox, and then the hash key.",
		MailAskPIN: "Please key the PIN of the mailbox, and then the hash key.",
		MailWrong:  "That is not right.",
		MailLocked: "Too many wrong PINs were keyed for this mailbox. Please try again in a quarter of an hour. Goodbye.",
		MailFailed: "We are sorry, the mailbox cannot be opened at the moment. Please try again later. Goodbye.",
		MailNone:   "You have no messages.",
		MailOneNew: "You have one new message.",
		MailHave:   "You have", MailNew: "new messages.",
		MailOneOld: "One message was heard before.", MailOld: "messages were heard before.",
		MailMessage: "Message", MailFrom: "from", MailWithheld: "from a withheld number.",
		MailKeys: "To hear the message again, press five. For the one before, press four; for the next one, six. To delete it, or to keep it" +
			" after all, press seven. To keep it as new, press nine. For the greeting and the PIN, press zero.",
		MailCallKey: "To call back, press eight.",
		MailDeleted: "The message is deleted. To keep it after all, press seven.",
		MailKept:    "The message is kept.", MailAsNew: "The message is kept as new.",
		MailNoMore: "There are no more messages.", MailSoundless: "The sound of this message is not there.",
		MailNoCall:  "This message cannot be called back.",
		MailOptions: "To record a greeting, press one. To change the PIN, press two. To go back to the messages, press the star key.",
		MailSpeak:   "Please speak the greeting after the tone, and press the hash key when you have finished.",
		MailKeep: "To keep this greeting, press one. To hear it again, press two. To speak it again, press three. To leave everything" +
			" as it was, press the star key.",
		MailSaved: "The greeting is saved.", MailUnsaved: "That did not work, and nothing was changed.",
		MailNewPIN:   "Please key a new PIN of six to ten digits, and then the hash key.",
		MailPINAgain: "Please key it once more, and then the hash key.",
		MailPINSaved: "The PIN is changed.", MailPINUnequal: "The two were not the same, so nothing was changed.",
		MailPINUnfit: "A PIN has six to ten digits, and is not the number of the mailbox. Nothing was changed.",
		MailGoodbye:  "Goodbye.",
	},
	German: {
		MailAskBox: "Bitte geben Sie die Nummer der Mailbox ein, dann die Rautetaste.",
		MailAskPIN: "Bitte geben Sie die PIN der Mailbox ein, dann die Rautetaste.",
		MailWrong:  "Das stimmt nicht.",
		MailLocked: "Für diese Mailbox wurde die PIN zu oft falsch eingegeben." +
			" Bitte versuchen Sie es in einer Viertelstunde wieder. Auf Wiederhören.",
		MailFailed: "Es tut uns leid, die Mailbox lässt sich gerade nicht öffnen. Bitte versuchen Sie es später noch einmal. Auf Wiederhören.",
		MailNone:   "Sie haben keine Nachrichten.",
		MailOneNew: "Sie haben eine neue Nachricht.",
		MailHave:   "Sie haben", MailNew: "neue Nachrichten.",
		MailOneOld: "Eine Nachricht wurde schon gehört.", MailOld: "Nachrichten wurden schon gehört.",
		MailMessage: "Nachricht", MailFrom: "von", MailWithheld: "von einer unterdrückten Nummer.",
		MailKeys: "Um die Nachricht noch einmal zu hören, drücken Sie die Fünf. Für die vorige drücken Sie die Vier, für die nächste die Sechs." +
			" Um sie zu löschen oder doch zu behalten, drücken Sie die Sieben. Um sie als neu zu behalten, drücken Sie die Neun." +
			" Für Begrüßung und PIN drücken Sie die Null.",
		MailCallKey: "Um zurückzurufen, drücken Sie die Acht.",
		MailDeleted: "Die Nachricht ist gelöscht. Um sie doch zu behalten, drücken Sie die Sieben.",
		MailKept:    "Die Nachricht bleibt erhalten.", MailAsNew: "Die Nachricht bleibt als neu erhalten.",
		MailNoMore: "Es gibt keine weiteren Nachrichten.", MailSoundless: "Der Ton dieser Nachricht ist nicht da.",
		MailNoCall: "Bei dieser Nachricht ist kein Rückruf möglich.",
		MailOptions: "Um eine Begrüßung aufzunehmen, drücken Sie die Eins. Um die PIN zu ändern, die Zwei." +
			" Zurück zu den Nachrichten mit der Sterntaste.",
		MailSpeak: "Bitte sprechen Sie die Begrüßung nach dem Ton, und drücken Sie zum Schluss die Rautetaste.",
		MailKeep: "Um diese Begrüßung zu behalten, drücken Sie die Eins. Um sie noch einmal zu hören, die Zwei. Um sie neu zu sprechen, die Drei." +
			" Um alles zu lassen, wie es war, drücken Sie die Sterntaste.",
		MailSaved: "Die Begrüßung ist gespeichert.", MailUnsaved: "Das hat nicht geklappt, und nichts wurde geändert.",
		MailNewPIN:   "Bitte geben Sie eine neue PIN mit sechs bis zehn Ziffern ein, dann die Rautetaste.",
		MailPINAgain: "Bitte geben Sie sie noch einmal ein, dann die Rautetaste.",
		MailPINSaved: "Die PIN ist geändert.", MailPINUnequal: "Die beiden waren nicht gleich, darum wurde nichts geändert.",
		MailPINUnfit: "Eine PIN hat sechs bis zehn Ziffern und ist nicht die Nummer der Mailbox. Nichts wurde geändert.",
		MailGoodbye:  "Auf Wiederhören.",
	},
	French: {
		MailAskBox: "Veuillez composer le numéro de la messagerie, puis la touche dièse.",
		MailAskPIN: "Veuillez composer le code de la messagerie, puis la touche dièse.",
		MailWrong:  "Ce n'est pas correct.",
		MailLocked: "Trop de codes erronés ont été composés pour cette messagerie. Veuillez réessayer dans un quart d'heure. Au revoir.",
		MailFailed: "Nous sommes désolés, la messagerie n'est pas accessible pour le moment. Veuillez réessayer plus tard. Au revoir.",
		MailNone:   "Vous n'avez pas de message.",
		MailOneNew: "Vous avez un nouveau message.",
		MailHave:   "Vous avez", MailNew: "nouveaux messages.",
		MailOneOld: "Un message a déjà été écouté.", MailOld: "messages ont déjà été écoutés.",
		MailMessage: "Message", MailFrom: "de", MailWithheld: "d'un numéro masqué.",
		MailKeys: "Pour réécouter le message, appuyez sur cinq. Pour le précédent, appuyez sur quatre, pour le suivant, sur six. Pour l'effacer," +
			" ou le garder malgré tout, appuyez sur sept. Pour le garder comme nouveau, appuyez sur neuf. Pour l'annonce et le code," +
			" appuyez sur zéro.",
		MailCallKey: "Pour rappeler, appuyez sur huit.",
		MailDeleted: "Le message est effacé. Pour le garder malgré tout, appuyez sur sept.",
		MailKept:    "Le message est gardé.", MailAsNew: "Le message est gardé comme nouveau.",
		MailNoMore: "Il n'y a plus de message.", MailSoundless: "Le son de ce message est introuvable.",
		MailNoCall: "Il n'est pas possible de rappeler pour ce message.",
		MailOptions: "Pour enregistrer une annonce, appuyez sur un. Pour changer le code, appuyez sur deux." +
			" Pour revenir aux messages, appuyez sur étoile.",
		MailSpeak: "Veuillez dire l'annonce après le bip, puis appuyer sur la touche dièse.",
		MailKeep: "Pour garder cette annonce, appuyez sur un. Pour la réécouter, appuyez sur deux. Pour la refaire, appuyez sur trois." +
			" Pour ne rien changer, appuyez sur étoile.",
		MailSaved: "L'annonce est enregistrée.", MailUnsaved: "Cela n'a pas fonctionné, et rien n'a été changé.",
		MailNewPIN:   "Veuillez composer un nouveau code de six à dix chiffres, puis la touche dièse.",
		MailPINAgain: "Veuillez le composer encore une fois, puis la touche dièse.",
		MailPINSaved: "Le code est changé.", MailPINUnequal: "Les deux codes n'étaient pas les mêmes, rien n'a été changé.",
		MailPINUnfit: "Un code a six à dix chiffres et n'est pas le numéro de la messagerie. Rien n'a été changé.",
		MailGoodbye:  "Au revoir.",
	},
	Spanish: {
		MailAskBox: "Marque el número del buzón y después la tecla almohadilla.",
		MailAskPIN: "Marque el código del buzón y después la tecla almohadilla.",
		MailWrong:  "No es correcto.",
		MailLocked: "Se ha marcado demasiadas veces un código erróneo para este buzón. Inténtelo de nuevo dentro de un cuarto de hora. Adiós.",
		MailFailed: "Lo sentimos, en este momento no se puede abrir el buzón. Por favor, inténtelo más tarde. Adiós.",
		MailNone:   "No tiene mensajes.",
		MailOneNew: "Tiene un mensaje nuevo.",
		MailHave:   "Tiene", MailNew: "mensajes nuevos.",
		MailOneOld: "Un mensaje ya fue escuchado.", MailOld: "mensajes ya fueron escuchados.",
		MailMessage: "Mensaje", MailFrom: "de", MailWithheld: "de un número oculto.",
		MailKeys: "Para volver a escuchar el mensaje, pulse cinco. Para el anterior, pulse cuatro; para el siguiente, seis. Para borrarlo," +
			" o conservarlo a pesar de todo, pulse siete. Para conservarlo como nuevo, pulse nueve. Para el saludo y el código, pulse cero.",
		MailCallKey: "Para devolver la llamada, pulse ocho.",
		MailDeleted: "El mensaje está borrado. Para conservarlo a pesar de todo, pulse siete.",
		MailKept:    "El mensaje se conserva.", MailAsNew: "El mensaje se conserva como nuevo.",
		MailNoMore: "No hay más mensajes.", MailSoundless: "El sonido de este mensaje no está.",
		MailNoCall:  "No se puede devolver la llamada de este mensaje.",
		MailOptions: "Para grabar un saludo, pulse uno. Para cambiar el código, pulse dos. Para volver a los mensajes, pulse asterisco.",
		MailSpeak:   "Diga el saludo después de la señal y, al terminar, pulse la tecla almohadilla.",
		MailKeep: "Para conservar este saludo, pulse uno. Para volver a escucharlo, pulse dos. Para grabarlo otra vez, pulse tres." +
			" Para dejarlo todo como estaba, pulse asterisco.",
		MailSaved: "El saludo está guardado.", MailUnsaved: "No ha funcionado y no se ha cambiado nada.",
		MailNewPIN:   "Marque un código nuevo de seis a diez cifras y después la tecla almohadilla.",
		MailPINAgain: "Márquelo otra vez y después la tecla almohadilla.",
		MailPINSaved: "El código está cambiado.", MailPINUnequal: "Los dos no eran iguales, no se ha cambiado nada.",
		MailPINUnfit: "Un código tiene de seis a diez cifras y no es el número del buzón. No se ha cambiado nada.",
		MailGoodbye:  "Adiós.",
	},
}

// mailTextNames lists them all.
func mailTextNames() []StandardText {
	return []StandardText{
		MailAskBox, MailAskPIN, MailWrong, MailLocked, MailFailed, MailNone, MailOneNew, MailHave, MailNew, MailOneOld, MailOld, MailMessage,
		MailFrom, MailWithheld, MailKeys, MailCallKey, MailDeleted, MailKept, MailAsNew, MailNoMore, MailSoundless, MailNoCall, MailOptions,
		MailSpeak, MailKeep, MailSaved, MailUnsaved, MailNewPIN, MailPINAgain, MailPINSaved, MailPINUnequal, MailPINUnfit, MailGoodbye,
	}
}
