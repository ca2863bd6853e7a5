import words from "./contacts.en.json";
import i18n from "./i18n.ts";

/** The words of presence and contacts come with them: an agent's page does not load them. */
i18n.addResourceBundle("en", "contacts", words);

/** say gives words of these screens. */
export const say = (key: string, values: Record<string, unknown> = {}): string =>
  String(i18n.t(key as never, { ns: "contacts", ...values } as never));
