/** Times and sizes as people read them. Pure. */

const two = (value: number) => String(value).padStart(2, "0");

/** clock is hh:mm:ss (SP-30). */
export function clock(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  return `${two(Math.floor(whole / 3600))}:${two(Math.floor(whole / 60) % 60)}:${two(whole % 60)}`;
}

/** short is mm:ss, and hh:mm:ss from an hour on. */
export function short(seconds: number): string {
  return seconds >= 3600 ? clock(seconds) : clock(seconds).slice(3);
}

/** timeOfDay is the hour and minute where the person is. */
export function timeOfDay(moment: string, withSeconds = false): string {
  const options: Intl.DateTimeFormatOptions = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" };
  if (withSeconds) options.second = "2-digit";
  return new Intl.DateTimeFormat(undefined, options).format(new Date(moment));
}

/** dayKey tells the local day of a moment, as yyyy-mm-dd. */
export function dayKey(moment: Date): string {
  return `${moment.getFullYear()}-${two(moment.getMonth() + 1)}-${two(moment.getDate())}`;
}

/** longDay writes a day out, without the year when it is this one. */
export function longDay(moment: Date, language: string, now = new Date()): string {
  const options: Intl.DateTimeFormatOptions = { weekday: "long", day: "numeric", month: "long" };
  if (moment.getFullYear() !== now.getFullYear()) options.year = "numeric";
  return new Intl.DateTimeFormat(language, options).format(moment);
}

/** capital begins a sentence that came as a fragment. */
export function capital(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}

/** bytes is a size with one unit. */
export function bytes(size: number): string {
  if (size < 1024) return `${size} B`;
  const kilobytes = size / 1024;
  return kilobytes < 1024 ? `${kilobytes.toFixed(0)} KB` : `${(kilobytes / 1024).toFixed(1)} MB`;
}

/** initials are at most two letters that stand for a name. */
export function initials(name: string): string {
  const parts = name.trim().split(/\s+/);
  const first = parts[0]?.[0] ?? "";
  const last = parts.length > 1 ? (parts.at(-1)?.[0] ?? "") : "";
  return (first + last).toUpperCase();
}
