import { dayKey, timeOfDay } from "./format.ts";

/** longTime is the time of day of a moment of today, and the day of another. */
export function longTime(moment: string, now = new Date()): string {
  const at = new Date(moment);
  if (dayKey(at) === dayKey(now)) return timeOfDay(moment);
  const options: Intl.DateTimeFormatOptions = { day: "numeric", month: "short" };
  if (at.getFullYear() !== now.getFullYear()) options.year = "numeric";
  return new Intl.DateTimeFormat(undefined, options).format(at);
}

/** dayAndTime is the time of day of a moment, after its day unless that is today. */
export function dayAndTime(moment: string, seconds = false, now = new Date()): string {
  const time = timeOfDay(moment, seconds);
  return dayKey(new Date(moment)) === dayKey(now) ? time : `${longTime(moment, now)} ${time}`;
}
