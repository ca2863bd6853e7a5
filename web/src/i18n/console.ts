import words from "./console.en.json";
import i18n from "./i18n.ts";

/** The words of the console come with its screens: an agent's page does not load them. */
i18n.addResourceBundle("en", "console", words);

/** found gives the first of these keys that has words. */
export function found(...keys: string[]): string | undefined {
  const key = keys.find((one) => i18n.exists(one, { ns: "console" }));
  return key === undefined ? undefined : String(i18n.t(key as "label.name", { ns: "console" }));
}
