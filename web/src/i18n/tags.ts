import i18n from "./i18n.ts";
import words from "./tags.en.json";

/** The words of tags come with their editor: an agent's first page does not load them. */
i18n.addResourceBundle("en", "translation", words, true);
