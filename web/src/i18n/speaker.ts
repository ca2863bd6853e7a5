import i18n from "./i18n.ts";

/** KeyOf is a name of words, without the endings of their plural. */
type KeyOf<Words> = keyof Words extends infer Key
  ? Key extends `${infer Base}_one` | `${infer Base}_other`
    ? Base
    : Key
  : never;

/** speaker takes in words that come with one part of the app, after an agent's first page, and gives what says them. */
export function speaker<Words extends object>(part: string, words: Words) {
  i18n.addResourceBundle("en", part, words);
  return (key: KeyOf<Words>, values: Record<string, unknown> = {}): string =>
    String(i18n.t(key as never, { ns: part, ...values } as never));
}
