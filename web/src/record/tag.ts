import type { Tag, TagKeys, TagValue } from "../api/types.ts";

type TagKey = TagKeys["keys"][number];

/** same tells whether two keys are one: case and outer spaces do not tell them apart. */
const same = (a: string, b: string) => a.trim().toLowerCase() === b.trim().toLowerCase();

/** listed finds the key that somebody means among those of the list. Pure, as all here. */
export const listed = (keys: readonly TagKey[], typed: string): TagKey | undefined =>
  keys.find((key) => same(key.name, typed));

/** How a value is asked for. */
export type Asked = "yes_no" | "pick_list" | "number" | "link" | "text" | "free";

/** askedFor is how the value of a key is asked for: as the list says, else as the tag had it that is changed. Of a new key that is
 * not of the list it may be left out. */
export const askedFor = (key: TagKey | undefined, had?: Tag["type"]): Asked =>
  key ? (key.tag_type ?? "text") : had === "pick_list" ? "text" : (had ?? "free");

/** body is what is sent. The list knows the type of its keys; of another the server makes text of a value, and a yes of none. */
export function body(asked: Asked, value: string, known: boolean): TagValue {
  const given = value.trim();
  const type = known || asked === "free" || asked === "pick_list" ? undefined : asked;
  return { ...(given !== "" && { value: given }), ...(type && { type }) };
}

/** ofPlace keeps the tags of a recording, or those of the call itself. */
export const ofPlace = (tags: readonly Tag[], recording?: string): Tag[] =>
  tags.filter((tag) => tag.recording === recording);

/** complete tells whether a tag can be sent: a yes or no always can. */
export function complete(typed: string, value: string, asked: Asked): boolean {
  if (typed.trim() === "") return false;
  return asked === "yes_no" || asked === "free" || value.trim() !== "";
}

/** said is the key and the value that a filter of the history names: "plan", or "plan: Gold". */
export function said(text: string): { tag: string; tag_value?: string } {
  const at = text.indexOf(":");
  const tag = (at < 0 ? text : text.slice(0, at)).trim();
  const value = at < 0 ? "" : text.slice(at + 1).trim();
  return value === "" ? { tag } : { tag, tag_value: yesNo.get(value.toLowerCase()) ?? value };
}

/** A yes or no is kept as true or false. */
const yesNo = new Map([
  ["yes", "true"],
  ["no", "false"],
]);
