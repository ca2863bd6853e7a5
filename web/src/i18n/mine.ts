import i18n from "./i18n.ts";
import words from "./mine.en.json";

/** The words of one's own settings come with their screens: an agent's first page does not load them. */
i18n.addResourceBundle("en", "translation", words, true);
