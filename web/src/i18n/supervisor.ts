import i18n from "./i18n.ts";
import words from "./supervisor.en.json";

/** The words of the supervisors' screens come with them: an agent's first page does not load them. */
i18n.addResourceBundle("en", "translation", words, true);
