import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { ask } from "../api/ask.ts";
import { client, expect } from "../api/client.ts";
import { Problem } from "../api/problem.ts";
import type { components } from "../api/schema.gen.ts";
import type { Area } from "./console/areas.ts";
import type { Description } from "./form/schema.ts";
import type { Values } from "./form/values.ts";

/** The records of the console, alike for every kind. */
export interface Row {
  readonly id: string;
  readonly version: number;
  readonly created_at: string;
  readonly updated_at: string;
  readonly title: string;
  readonly fields: Values;
  readonly draft?: boolean;
}

export interface Stored extends Omit<Row, "draft"> {
  /** What is drafted and not live yet (BX-10). */
  readonly draft?: Values;
}

export interface Rows {
  readonly rows: readonly Row[];
  readonly total: number;
}

/** Use is a record that refers to another. */
export interface Use {
  readonly kind: string;
  readonly id: string;
  readonly name: string;
}

export interface Version {
  readonly version: number;
  readonly at: string;
  readonly by: string;
  readonly fields: Values;
}

export interface Imported {
  readonly created: number;
  readonly updated: number;
  readonly rows: readonly { readonly line: number; readonly problem: string }[];
}

export interface Listing {
  readonly q?: string;
  readonly offset?: number;
  readonly limit?: number;
  readonly sort?: string;
}

const under = (area: Pick<Area, "plural">, ...rest: string[]) => `/settings/${[area.plural, ...rest].join("/")}`;

/** The description of the API, from which the forms are made; it is that of the server which is asked. */
export const descriptionQuery = queryOptions({
  queryKey: ["description"],
  staleTime: Number.POSITIVE_INFINITY,
  queryFn: () => ask<Description>("GET", "/openapi.json"),
});

export function rowsQuery(area: Area, listing: Listing) {
  const given = Object.entries(listing).filter(([, value]) => value !== undefined && value !== "");
  const query = new URLSearchParams(given.map(([name, value]) => [name, String(value)]));
  return queryOptions({
    queryKey: ["records", area.plural, "list", listing],
    placeholderData: keepPreviousData,
    queryFn: () => ask<Rows>("GET", `${under(area)}?${query}`),
  });
}

export function recordQuery(area: Area, id: string) {
  return queryOptions({
    queryKey: ["records", area.plural, "one", id],
    queryFn: async (): Promise<Stored> => {
      const [record, draft] = await Promise.all([
        ask<Stored>("GET", under(area, id)),
        area.drafts ? draftOf(area, id) : undefined,
      ]);
      return draft ? { ...record, draft: draft.fields } : record;
    },
  });
}

/** draftOf is what is drafted of a record, if anything is. */
async function draftOf(area: Area, id: string): Promise<{ fields: Values } | undefined> {
  try {
    return await ask("GET", under(area, id, "draft"));
  } catch (error) {
    if (error instanceof Problem && error.status === 404) return undefined;
    throw error;
  }
}

export function usesQuery(area: Area, id: string) {
  return queryOptions({
    queryKey: ["records", area.plural, "uses", id],
    staleTime: 0,
    queryFn: () => ask<Use[]>("GET", under(area, id, "uses")),
  });
}

export function historyQuery(area: Area, id: string) {
  return queryOptions({
    queryKey: ["records", area.plural, "history", id],
    staleTime: 0,
    queryFn: () => ask<Version[]>("GET", under(area, id, "history")),
  });
}

export const create = (area: Area, fields: unknown) => ask<Stored>("POST", under(area), { fields });

/** save stores a record; confirm is what was typed to lift the protection of a number (PN-7). */
export const save = (area: Area, id: string, version: number, fields: unknown, confirm?: string) =>
  ask<Stored>("PUT", under(area, id), {
    version,
    fields,
    ...(confirm && { confirm: confirm.replaceAll(/[^+\d]/g, "") }),
  });

/** addRange adds all numbers from fields' phone_number to the last (PN-9). */
export const addRange = (last: string, fields: unknown) =>
  ask<{ created: number }>("POST", "/settings/numbers/range", { last, fields });

export const remove = (area: Area, id: string) => ask<void>("DELETE", under(area, id));

export const copy = (area: Area, id: string) => ask<Stored>("POST", under(area, id, "copy"));

export const saveDraft = (area: Area, id: string, version: number, fields: unknown) =>
  ask<{ fields: Values }>("PUT", under(area, id, "draft"), { version, fields });

export const dropDraft = (area: Area, id: string) => ask<void>("DELETE", under(area, id, "draft"));

export const publish = (area: Area, id: string) => ask<Stored>("POST", under(area, id, "publish"));

/** rollBack brings an older version back, as the one after version. */
export const rollBack = (area: Area, id: string, version: number, to: number) =>
  ask<Stored>("POST", under(area, id, "rollback"), { version, to });

export const importCSV = (area: Area, text: string, dry: boolean) =>
  ask<Imported>("POST", `${under(area, "import")}${dry ? "?dry_run=true" : ""}`, text, "text/csv");

export const testTrunk = (id: string) =>
  expect(client.POST("/settings/trunks/{id}/test", { params: { path: { id } } }));

export type TrunkTested = components["schemas"]["TrunkTested"];

/** calendarQuery is what the calendar of a time range gave when it was last read. */
export const calendarQuery = (id: string) =>
  queryOptions({
    queryKey: ["records", "calendar", id],
    queryFn: () => expect(client.GET("/settings/time-ranges/{id}/calendar", { params: { path: { id } } })),
  });

export const readCalendar = (id: string) =>
  expect(client.POST("/settings/time-ranges/{id}/calendar", { params: { path: { id } } }));

export type CalendarGot = components["schemas"]["Calendar"];

/** retentionQuery is what the next night would delete with so many days; nothing is deleted. */
export const retentionQuery = (days: Readonly<Record<string, number>>) =>
  queryOptions({
    queryKey: ["retention", days],
    queryFn: () => expect(client.GET("/retention/preview", { params: { query: days } })),
  });

export type RetentionDue = components["schemas"]["Due"];

/** The records of which there is one. */
export type Single = "organisation";

export type SingleRecord = Pick<Stored, "version" | "fields">;

export function singleQuery(which: Single) {
  return queryOptions({
    queryKey: ["records", which],
    queryFn: () => ask<SingleRecord>("GET", `/settings/${which}`),
  });
}

export const saveSingle = (which: Single, version: number, fields: unknown) =>
  ask<SingleRecord>("PUT", `/settings/${which}`, { version, fields });

/** Change is an entry of the audit log. */
export interface Audited {
  readonly id: string;
  readonly at: string;
  readonly actor?: string;
  readonly actor_name?: string;
  readonly action: string;
  readonly subject_kind?: string;
  readonly subject_id?: string;
  readonly before?: Values;
  readonly after?: Values;
}

export interface AuditFilter {
  readonly kind?: string;
  readonly actor?: string;
  readonly since?: string;
  readonly q?: string;
  readonly offset?: number;
  readonly limit?: number;
}

export function auditQuery(filter: AuditFilter) {
  const given = Object.entries(filter).filter(([, value]) => value !== undefined && value !== "");
  const query = new URLSearchParams(given.map(([name, value]) => [name, String(value)]));
  return queryOptions({
    queryKey: ["audit", filter],
    placeholderData: keepPreviousData,
    queryFn: () => ask<{ rows: Audited[]; total: number }>("GET", `/audit?${query}`),
  });
}

/** The refusals that say more than a sentence. */
export interface Refusal {
  readonly errors?: readonly { readonly location?: string; readonly message?: string }[];
  readonly current?: Stored;
  readonly users?: readonly Use[];
}

const refusalOf = (error: unknown) => (error instanceof Problem ? (error.document as Refusal | undefined) : undefined);

/** staleOf is the record as it is now, when an edit was made on an older version. */
export const staleOf = (error: unknown) => refusalOf(error)?.current;

/** usersOf lists what uses a record that can therefore not be deleted. */
export const usersOf = (error: unknown) => refusalOf(error)?.users;
