import i18n from "../i18n/i18n.ts";
import words from "./words.en.json";

/** The words of these screens come with them: an agent's page does not load them. */
i18n.addResourceBundle("en", "workforce", words);

/** say gives words of these screens. */
export const say = (key: string, values: Record<string, unknown> = {}): string =>
  String(i18n.t(key as never, { ns: "workforce", ...values } as never));
