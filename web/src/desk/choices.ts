import type { StatusChoice } from "../api/types.ts";
import type { Next } from "../live/picture.ts";

/** The next status as the value of a field, so that a plain select can hold it. Pure. */

export function fieldOf(next: Next | undefined): string {
  if (!next) return "";
  if (next.custom) return `custom:${next.custom.id}`;
  return next.status === "unavailable" ? `unavailable:${next.reason ?? ""}` : "available";
}

/** choiceOf is what the server is asked for; empty asks for nothing. */
export function choiceOf(value: string): StatusChoice | undefined {
  if (value === "available") return { status: "available", later: true };
  if (value.startsWith("custom:")) return { custom: value.slice("custom:".length), later: true };
  if (!value.startsWith("unavailable:")) return undefined;
  const reason = value.slice("unavailable:".length);
  return reason === "" ? { status: "unavailable", later: true } : { status: "unavailable", reason, later: true };
}

/** nextWords names the next status. */
export function nextWords(next: Next, t: (key: "status.available" | "status.unavailable") => string): string {
  if (next.custom) return next.custom.name;
  return next.reason ?? t(`status.${next.status}`);
}
