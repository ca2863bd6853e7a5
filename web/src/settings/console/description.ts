import { bodySchema, type Description, type Field, fieldsOf } from "../form/schema.ts";
import type { Area } from "./areas.ts";

/** fieldsOfArea are the fields that a record of an area may have. */
export function fieldsOfArea(doc: Description, area: Pick<Area, "plural">): Field[] {
  const schema = bodySchema(doc, "put", `/settings/${area.plural}/{id}`);
  return schema ? fieldsOf(doc, schema) : [];
}

/** fieldsOfSingle are the fields of what there is only one of. */
export function fieldsOfSingle(doc: Description, name: string): Field[] {
  const schema = bodySchema(doc, "put", `/settings/${name}`);
  return schema ? fieldsOf(doc, schema) : [];
}
