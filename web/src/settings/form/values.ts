import type { Field } from "./schema.ts";

/** The values of a form: reading and changing them by path, such as `options[0].destination`. Pure. */
export type Values = Readonly<Record<string, unknown>>;

/** steps are the names and indexes of a path. */
export function steps(path: string): (string | number)[] {
  return [...path.matchAll(/([^.[\]]+)|\[(\d+)\]/g)].map(([, name, index]) => name ?? Number(index));
}

/** join adds a name or an index to a path. */
export function join(path: string, step: string | number): string {
  if (typeof step === "number") return `${path}[${step}]`;
  return path === "" ? step : `${path}.${step}`;
}

/** read gives what stands at a path. */
export function read(values: unknown, path: string): unknown {
  return steps(path).reduce<unknown>(
    (at, step) => (at as Record<string | number, unknown> | undefined)?.[step],
    values,
  );
}

/** write gives the values with another value at a path; undefined takes it away. */
export function write(values: Values, path: string, value: unknown): Values {
  return put(values, steps(path), value) as Values;
}

function put(at: unknown, [step, ...rest]: (string | number)[], value: unknown): unknown {
  if (step === undefined) return value;
  if (typeof step === "number") {
    const list = Array.isArray(at) ? [...at] : [];
    list[step] = put(list[step], rest, value);
    return list;
  }
  const object = { ...(at as Record<string, unknown> | undefined) };
  const next = put(object[step], rest, value);
  if (next === undefined) delete object[step];
  else object[step] = next;
  return object;
}

/** fresh is what a new record begins with: the defaults of the description. */
export function fresh(fields: readonly Field[]): Values {
  return Object.fromEntries(
    fields.map((field) => [field.name, freshOf(field)]).filter(([, value]) => value !== undefined),
  );
}

function freshOf(field: Field): unknown {
  if (field.schema.default !== undefined) return field.schema.default;
  if (field.widget === "object") return fresh(field.fields ?? []);
  if (field.widget === "list" || field.widget === "references" || field.widget === "strings") return [];
  if (field.widget === "switch") return false;
  return undefined;
}

/** freshItem is what a list gets when something is added to it. */
export function freshItem(item: Field): unknown {
  return item.widget === "object" ? fresh(item.fields ?? []) : {};
}

/** same says whether two values are equal; nothing, an empty text, an empty list and an empty object are alike. */
export function same(a: unknown, b: unknown): boolean {
  return JSON.stringify(canonical(a)) === JSON.stringify(canonical(b));
}

function canonical(value: unknown): unknown {
  if (Array.isArray(value)) return value.length === 0 ? undefined : value.map((one) => canonical(one) ?? null);
  if (typeof value === "object" && value !== null) {
    const kept = Object.entries(value)
      .map(([name, one]) => [name, canonical(one)] as const)
      .filter(([, one]) => one !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : 1));
    return kept.length === 0 ? undefined : Object.fromEntries(kept);
  }
  return value === "" || value === null ? undefined : value;
}

/** Change is a field that differs between two versions. */
export interface Change {
  readonly path: string;
  readonly field: Field;
  readonly before: unknown;
  readonly after: unknown;
}

/** changes lists what differs, object by object, list as a whole. */
export function changes(fields: readonly Field[], before: unknown, after: unknown, under = ""): Change[] {
  return fields.flatMap((field) => {
    const path = join(under, field.name);
    const [old, next] = [read(before, field.name), read(after, field.name)];
    if (same(old, next)) return [];
    if (field.widget === "object") return changes(field.fields ?? [], old, next, path);
    return [{ path, field, before: old, after: next }];
  });
}

/** whole is what is sent: tidy, and nothing said of a field that is empty by choice, so that its default does not come back. */
export function whole(fields: readonly Field[], values: Values): Values {
  const emptied = fields.filter((field) => field.nullable && values[field.name] === undefined);
  return { ...(tidy(values) as Values), ...Object.fromEntries(emptied.map((field) => [field.name, null])) };
}

/** tidy takes the space around texts away. */
function tidy(value: unknown): unknown {
  if (typeof value === "string") return value.trim();
  if (Array.isArray(value)) return value.map(tidy);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, tidy(one)]));
}
