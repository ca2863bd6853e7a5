import i18n from "./i18n.ts";
import words from "./voicemail.en.json";

/** The words of the voicemail pages come with them: an agent's first page does not load them. */
i18n.addResourceBundle("en", "translation", { voicemail: words }, true);
