import { dayKey } from "../ui/format.ts";
import type { WorkSearch } from "./search.ts";

/** rangeOf is what the server is asked for: the last seven days unless somebody chose, never backwards. */
export function rangeOf(search: WorkSearch, now: Date): { from: string; to: string } {
  const to = search.to ?? dayKey(now);
  const from = search.from ?? dayKey(new Date(Date.parse(`${to}T12:00`) - 6 * 24 * 3600_000));
  return from <= to ? { from, to } : { from: to, to: from };
}

export interface Cell {
  readonly hour: number;
  readonly value: number;
}

/** shade is how strongly a cell is coloured, from 0 to 1: a percentage as it is, a count against the largest. */
export function shade(value: number, most: number, percent: boolean): number {
  const whole = percent ? 100 : most;
  return whole <= 0 ? 0 : Math.min(1, Math.max(0, value / whole));
}

/** most is the largest value of all cells. */
export function most(rows: readonly { cells: readonly Cell[] }[]): number {
  return Math.max(0, ...rows.flatMap((row) => row.cells.map((cell) => cell.value)));
}

/** place is where a time lies within a day, as parts of its length. A day is not always 24 hours long. */
export function place(day: { from: string; to: string }, from: string, to: string): { left: number; width: number } {
  const begin = Date.parse(day.from);
  const length = Date.parse(day.to) - begin;
  const part = (moment: string) => Math.min(1, Math.max(0, (Date.parse(moment) - begin) / length));
  return { left: part(from), width: Math.max(0, part(to) - part(from)) };
}

/** hourMarks are the hours that are written below a day, as parts of its length. */
export function hourMarks(day: { from: string; to: string }): { label: string; left: number }[] {
  const begin = Date.parse(day.from);
  const length = Date.parse(day.to) - begin;
  const marks = [];
  for (let at = 0; at < length; at += 3 * 3600_000) {
    marks.push({ label: new Date(begin + at).toISOString(), left: at / length });
  }
  return marks;
}

export interface DayRow {
  day: string;
  agent_name: string;
  available_seconds: number;
  unavailable_seconds: number;
  total_tracked_seconds: number;
  availability_pct?: number;
  taken: number;
  missed: number;
  avg_handle_time_seconds: number;
  statuses: readonly { status: string; custom_status?: string; seconds: number }[];
}

/** csv writes the days as a table that spreadsheets read, with a column for each status that anybody was in. A text that a spreadsheet
 * would take for a formula is kept from being one. */
export function csv(rows: readonly DayRow[]): string {
  const word = (status: { status: string; custom_status?: string }) => status.custom_status || status.status;
  const statuses = [...new Set(rows.flatMap((row) => row.statuses.map(word)))].sort();
  const head = [
    "day",
    "agent",
    "available_seconds",
    "unavailable_seconds",
    "total_tracked_seconds",
    "availability_pct",
  ];
  const lines = rows.map((row) => [
    row.day,
    row.agent_name,
    row.available_seconds,
    row.unavailable_seconds,
    row.total_tracked_seconds,
    row.availability_pct ?? "",
    row.taken,
    row.missed,
    row.avg_handle_time_seconds,
    ...statuses.map((status) => row.statuses.reduce((sum, one) => sum + (word(one) === status ? one.seconds : 0), 0)),
  ]);
  const columns = [...head, "calls_taken", "calls_missed", "avg_handle_time_seconds", ...statuses];
  return [columns, ...lines].map((line) => `${line.map(field).join(",")}\r\n`).join("");
}

function field(value: string | number): string {
  if (typeof value === "number") return String(value);
  const text = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
