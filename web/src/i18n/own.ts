import i18n from "./i18n.ts";
import words from "./own.en.json";

/** The words of the own settings come with them: an agent's first page does not load them. */
i18n.addResourceBundle("en", "translation", { own: words }, true);
