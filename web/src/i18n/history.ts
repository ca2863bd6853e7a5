import words from "./history.en.json";
import i18n from "./i18n.ts";

/** The words of the history come with its screens: an agent's first page does not load them. */
i18n.addResourceBundle("en", "translation", words, true);
