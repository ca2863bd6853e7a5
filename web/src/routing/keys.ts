/** keysOf reads what a caller keys each time that a menu asks: "1 102# -" is 1, then 102#, then nothing. */
export const keysOf = (text: string): string[] =>
  text
    .trim()
    .split(/[\s,]+/)
    .filter((one) => one !== "")
    .map((one) => one.replaceAll("-", ""));
