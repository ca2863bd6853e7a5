import type { Field } from "./schema.ts";
import { join } from "./values.ts";

/** What is wrong with what was typed, by the ranges of the description. Pure; the words are the form's. */
export interface Fault {
  readonly path: string;
  readonly kind: "missing" | "range" | "below" | "above" | "long" | "short" | "pattern" | "many";
  readonly min?: number;
  readonly max?: number;
}

/** check looks at every field; the server's own rules come on top of it. */
export function check(fields: readonly Field[], values: unknown, under = ""): Fault[] {
  return fields.flatMap((field) => {
    const value = (values as Record<string, unknown> | undefined)?.[field.name];
    return checkField(field, value, join(under, field.name));
  });
}

function checkField(field: Field, value: unknown, path: string): Fault[] {
  switch (field.widget) {
    case "object":
      return check(field.fields ?? [], value, path);
    case "list":
      return checkList(field, Array.isArray(value) ? value : [], path);
    case "references":
    case "strings":
      return many(field, Array.isArray(value) ? value.length : 0, path);
    case "number":
      return checkNumber(field, value, path);
    case "destination":
      return field.required && !(value as { kind?: string } | undefined)?.kind ? [{ path, kind: "missing" }] : [];
    case "prompt":
      return field.required && !says(value) ? [{ path, kind: "missing" }] : [];
    case "switch":
    case "weekday":
      return [];
    default:
      return checkText(field, typeof value === "string" ? value.trim() : "", path);
  }
}

function says(prompt: unknown): boolean {
  const { audio, text } = (prompt ?? {}) as { audio?: string; text?: string };
  return Boolean(audio) || Boolean(text?.trim());
}

function checkList(field: Field, items: unknown[], path: string): Fault[] {
  const item = field.item;
  if (!item) return [];
  return [...many(field, items.length, path), ...items.flatMap((one, i) => checkField(item, one, join(path, i)))];
}

function many(field: Field, count: number, path: string): Fault[] {
  const max = field.schema.maxItems;
  return max !== undefined && count > max ? [{ path, kind: "many", max }] : [];
}

function checkNumber(field: Field, value: unknown, path: string): Fault[] {
  if (value === undefined || value === null) return field.required ? [{ path, kind: "missing" }] : [];
  const { minimum: min, maximum: max } = field.schema;
  if (typeof value !== "number" || !Number.isFinite(value)) return [{ path, kind: "pattern" }];
  const under = min !== undefined && value < min;
  const over = max !== undefined && value > max;
  if (!under && !over) return [];
  if (min !== undefined && max !== undefined) return [{ path, kind: "range", min, max }];
  return under ? [{ path, kind: "below", min }] : [{ path, kind: "above", ...(max !== undefined && { max }) }];
}

function checkText(field: Field, text: string, path: string): Fault[] {
  const { minLength: min = 0, maxLength: max, pattern } = field.schema;
  const length = [...text].length;
  if (text === "") return field.required && !field.schema.enum?.includes("") ? [{ path, kind: "missing" }] : [];
  if (length < min) return [{ path, kind: "short", min }];
  if (max !== undefined && length > max) return [{ path, kind: "long", max }];
  return mustMatch(pattern, text) ? [{ path, kind: "pattern" }] : [];
}

function mustMatch(pattern: string | undefined, text: string): boolean {
  return pattern !== undefined && !new RegExp(pattern, "u").test(text);
}
