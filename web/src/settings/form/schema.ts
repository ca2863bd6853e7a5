/** What the server's description says of a record, as fields that a form can show. Pure. */

/** Schema is the part of JSON Schema that the description uses. */
export interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly enum?: readonly unknown[];
  readonly default?: unknown;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly maxItems?: number;
  readonly pattern?: string;
  readonly format?: string;
  readonly readOnly?: boolean;
}

/** Description is the server's OpenAPI document, as far as it is read here. */
export interface Description {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> };
}

interface Operation {
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema?: Schema }>> };
}

/** The kinds of record that a reference may name. */
export const kinds = [
  "queue",
  "agent",
  "number",
  "trunk",
  "user",
  "menu",
  "time_range",
  "time_router",
  "audio",
  "mailbox",
  "class_of_service",
  "group",
  "reason",
  "custom_status",
  "outcome",
  "location",
  "address",
  "rate",
  "presence",
  "contact",
  "tag_key",
  "paging_group",
  "transfer_number",
  "campaign",
  "lead_list",
] as const;

export type Kind = (typeof kinds)[number];

const isKind = (word: string | undefined): word is Kind => kinds.includes(word as Kind);

export type Widget =
  | "text"
  | "lines"
  | "secret"
  | "number"
  | "switch"
  | "choice"
  | "reference"
  | "references"
  | "strings"
  | "prompt"
  | "destination"
  | "object"
  | "list"
  | "weekday"
  | "day"
  | "clock"
  | "colour"
  | "timezone"
  | "country"
  | "language";

/** Field is one thing to fill in. Its name is empty where it is the item of a list. */
export interface Field {
  readonly name: string;
  readonly widget: Widget;
  readonly schema: Schema;
  readonly required: boolean;
  /** May be empty though it has a default. */
  readonly nullable: boolean;
  /** Of a reference: what it names. */
  readonly kind?: Kind;
  /** Of an object: its fields. */
  readonly fields?: readonly Field[];
  /** Of a list: what its items are. */
  readonly item?: Field;
}

/** bodySchema is what a route takes as `fields`. */
export function bodySchema(doc: Description, method: string, path: string): Schema | undefined {
  const body = doc.paths[path]?.[method]?.requestBody?.content["application/json"]?.schema;
  return body && resolve(doc, body).properties?.fields;
}

/** offers says whether the server has a route. */
export const offers = (doc: Description, method: string, path: string) => doc.paths[path]?.[method] !== undefined;

/** fieldsOf lists the fields of an object, in the order of the description. */
export function fieldsOf(doc: Description, schema: Schema): Field[] {
  const object = resolve(doc, schema);
  return Object.entries(object.properties ?? {}).map(([name, one]) =>
    fieldOf(doc, name, one, object.required?.includes(name) ?? false),
  );
}

function fieldOf(doc: Description, name: string, named: Schema, required: boolean): Field {
  const schema = { ...resolve(doc, named), ...named };
  const common = { name, schema, required, nullable: is(schema, "null") };
  const type = nameOf(named);
  if (type === "Prompt") return { ...common, widget: "prompt" };
  if (type === "Destination") return { ...common, widget: "destination" };
  if (is(schema, "array")) return listOf(doc, common, schema.items ?? {});
  if (is(schema, "object")) return { ...common, widget: "object", fields: fieldsOf(doc, named) };
  if (is(schema, "boolean")) return { ...common, widget: "switch" };
  if (is(schema, "integer") || is(schema, "number"))
    return { ...common, widget: name.endsWith("_day_of_week") ? "weekday" : "number" };
  if (isKind(schema.format)) return { ...common, widget: "reference", kind: schema.format };
  return { ...common, widget: textWidget(name, schema) };
}

function listOf(doc: Description, common: Omit<Field, "widget">, items: Schema): Field {
  const format = resolve(doc, items).format;
  const kind = isKind(format) ? format : isKind(common.schema.format) ? common.schema.format : undefined;
  if (kind) return { ...common, widget: "references", kind };
  const item = fieldOf(doc, "", items, true);
  return item.widget === "text" ? { ...common, widget: "strings" } : { ...common, widget: "list", item };
}

const long = 400; // characters; what may be longer gets several lines

function textWidget(name: string, schema: Schema): Widget {
  if (schema.enum) return "choice";
  if (name === "password" || name === "webhook_secret") return "secret";
  if (schema.format === "day") return "day";
  if (schema.format === "clock") return "clock";
  if (name === "timezone") return "timezone";
  if (name === "language" || name === "default_language") return "language";
  if (schema.pattern === "^[A-Z]{2}$") return "country";
  if (schema.pattern?.startsWith("^#[0-9a-fA-F]")) return "colour";
  return (schema.maxLength ?? 0) >= long && name !== "webhook" && name !== "calendar" ? "lines" : "text";
}

function resolve(doc: Description, schema: Schema): Schema {
  const name = schema.$ref?.split("/").at(-1);
  return name === undefined ? schema : (doc.components.schemas[name] ?? {});
}

const nameOf = (schema: Schema) => schema.$ref?.split("/").at(-1);

function is(schema: Schema, type: string): boolean {
  return typeof schema.type === "string" ? schema.type === type : (schema.type?.includes(type) ?? false);
}
