/** Telephone numbers as people write and read them. Pure. */

/** dialable keeps what can be dialled of a typed or pasted text: digits, *, #, and a leading plus. */
export function dialable(text: string): string {
  const kept = text.replace(/^tel:/i, "").replace(/[^0-9*#+]/g, "");
  return kept.replace(/(?!^)\+/g, "");
}

/** Country codes of two digits; one-digit codes are 1 and 7, all others have three. */
const twoDigits = new Set(
  "20 27 30 31 32 33 34 36 39 40 41 43 44 45 46 47 48 49 51 52 53 54 55 56 57 58 60 61 62 63 64 65 66 81 82 84 86 90 91 92 93 94 95 98".split(
    " ",
  ),
);

/** readable groups an international number for the eye; anything else stays as it is. */
export function readable(number: string): string {
  const digits = /^\+(\d{7,15})$/.exec(number)?.[1];
  if (digits === undefined) return number;
  if (digits.startsWith("1") && digits.length === 11) {
    return `+1 ${digits.slice(1, 4)} ${digits.slice(4, 7)} ${digits.slice(7)}`;
  }
  const code = digits.startsWith("7") ? 1 : twoDigits.has(digits.slice(0, 2)) ? 2 : 3;
  return `+${digits.slice(0, code)} ${groups(digits.slice(code)).join(" ")}`;
}

/** groups cuts from the left in threes and lets the end be two pairs rather than leave one digit alone. */
function groups(rest: string): string[] {
  if (rest.length <= 4) return rest.length === 4 ? [rest.slice(0, 2), rest.slice(2)] : [rest];
  return [rest.slice(0, 3), ...groups(rest.slice(3))];
}
