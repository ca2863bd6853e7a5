import type { CallFilter, Direction } from "../api/types.ts";
import { said } from "../record/tag.ts";

/** The filter of the history as it stands in the address (CH-5). Pure. */
export interface HistorySearch {
  readonly period?: "today" | "week";
  /** Any of these, comma separated. */
  readonly direction?: string;
  readonly missed?: true;
  readonly q?: string;
  /** The key of a tag, or key and value: "plan: Gold". */
  readonly tag?: string;
  readonly page?: number;
  /** The call that is open beside the list. */
  readonly call?: string;
}

export const pageSize = 100;

/** Missed is what nobody answered: rang out, or the caller left first. */
const missed = ["no_answer", "abandoned"];

const directions: readonly Direction[] = ["inbound", "outbound", "internal"];

/** directionsOf reads the directions of an address, each once and in one order. */
export function directionsOf(text: unknown): Direction[] {
  const asked = typeof text === "string" ? text.split(",") : [];
  return directions.filter((known) => asked.includes(known));
}

/** parseSearch keeps what makes sense of an address that anyone may have typed. */
export function parseSearch(raw: Record<string, unknown>): HistorySearch {
  const direction = directionsOf(raw.direction).join(",");
  const period = raw.period === "today" || raw.period === "week" ? raw.period : undefined;
  const q = typeof raw.q === "string" || typeof raw.q === "number" ? String(raw.q).trim() : "";
  const tag = typeof raw.tag === "string" || typeof raw.tag === "number" ? String(raw.tag).trim() : "";
  const page = typeof raw.page === "number" && Number.isInteger(raw.page) && raw.page > 1 ? raw.page : undefined;
  const call = typeof raw.call === "string" && raw.call !== "" ? raw.call : undefined;
  return {
    ...(period && { period }),
    ...(direction !== "" && { direction }),
    ...((raw.missed === true || raw.missed === "true") && { missed: true as const }),
    ...(q !== "" && { q }),
    ...(tag !== "" && { tag }),
    ...(page && { page }),
    ...(call && { call }),
  };
}

/** toFilter is what the server is asked for. Without a period the list opens on the last seven days (CH-12); a search,
 * also for a tag, looks at all of time. A week begins on Monday. */
export function toFilter(search: HistorySearch, now: Date): CallFilter {
  const from = begin(search, now);
  return {
    limit: pageSize,
    offset: ((search.page ?? 1) - 1) * pageSize,
    ...(from && { from: from.toISOString() }),
    ...(search.direction && { direction: directionsOf(search.direction) }),
    ...(search.missed && { disposition: missed }),
    ...(search.q && { q: search.q }),
    ...(search.tag && said(search.tag)),
  };
}

function begin(search: HistorySearch, now: Date): Date | undefined {
  const day = (back: number) => new Date(now.getFullYear(), now.getMonth(), now.getDate() - back);
  if (search.period === "today") return day(0);
  if (search.period === "week") return day((now.getDay() + 6) % 7);
  return search.q || search.tag ? undefined : day(6);
}

/** toggle switches one chip and goes back to the first page. */
export function toggle<K extends "period" | "missed">(
  search: HistorySearch,
  key: K,
  value: NonNullable<HistorySearch[K]>,
): HistorySearch {
  const { [key]: old, page: _, ...rest } = search;
  return old === value ? rest : { ...rest, [key]: value };
}

/** toggleDirection switches one direction on or off beside the others, and goes back to the first page. */
export function toggleDirection(search: HistorySearch, one: Direction): HistorySearch {
  const { direction, page: _, ...rest } = search;
  const old = directionsOf(direction);
  const next = directions.filter((known) => (known === one) !== old.includes(known));
  return next.length > 0 ? { ...rest, direction: next.join(",") } : rest;
}
