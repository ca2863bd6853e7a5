import i18n from "./i18n.ts";
import words from "./setup.en.json";

/** The words of the first setup and of invitations come with those screens: an agent's first page does not load them. */
i18n.addResourceBundle("en", "translation", words, true);
