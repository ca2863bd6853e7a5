import i18n from "../i18n/i18n.ts";
import words from "./words.en.json";

/** The words of the recorder come with it: an agent's page does not load them. */
i18n.addResourceBundle("en", "recorder", words);

/** say gives words of the recorder. */
export const say = (key: string, values: Record<string, unknown> = {}): string =>
  String(i18n.t(key as never, { ns: "recorder", ...values } as never));
