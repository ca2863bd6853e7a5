import type { Kind } from "../form/schema.ts";

/** Where the records of a kind are kept, and what the console offers for them. */
export interface Area {
  readonly kind: Kind;
  /** Its name in addresses, of the console and of the API. */
  readonly plural: string;
  /** Columns beside the title. */
  readonly columns: readonly string[];
  /** Is drafted, compared, published and rolled back (BX-10). */
  readonly drafts?: true;
  /** May stand there twice under two names. */
  readonly copies?: true;
  /** Comes by CSV too. */
  readonly imports?: true;
  /** Is not made by a form: its sound comes first. */
  readonly uploaded?: true;
}

export const areas: readonly Area[] = [
  { kind: "user", plural: "users", columns: ["first_name", "last_name", "role", "active"], imports: true },
  {
    kind: "agent",
    plural: "agents",
    columns: ["extension", "voicemail"],
    imports: true,
  },
  { kind: "group", plural: "groups", columns: ["users"], copies: true },
  {
    kind: "number",
    plural: "numbers",
    columns: ["friendly_name", "destination", "address"],
    imports: true,
  },
  { kind: "menu", plural: "menus", columns: ["options", "default_destination"], copies: true, drafts: true },
  { kind: "time_router", plural: "time-routers", columns: ["entries", "default"], copies: true, drafts: true },
  { kind: "time_range", plural: "time-ranges", columns: ["timezone", "rows", "description"], copies: true },
  {
    kind: "queue",
    plural: "queues",
    columns: ["strategy", "priority", "max_hold_seconds", "voicemail"],
    copies: true,
    drafts: true,
  },
  { kind: "outcome", plural: "outcomes", columns: ["order", "active"] },
  { kind: "tag_key", plural: "tag-keys", columns: ["tag_type", "choices", "order", "active"] },
  { kind: "paging_group", plural: "paging-groups", columns: ["page_number", "users", "speakers", "active"] },
  { kind: "transfer_number", plural: "transfer-numbers", columns: ["number", "order", "active"], imports: true },
  { kind: "campaign", plural: "campaigns", columns: ["description", "teams"] },
  { kind: "lead_list", plural: "lead-lists", columns: ["campaign"] },
  { kind: "reason", plural: "reasons", columns: ["order", "active"] },
  { kind: "custom_status", plural: "statuses", columns: ["parent_status", "channel", "sort_order", "active"] },
  { kind: "audio", plural: "audio", columns: ["description", "duration", "default_hold_music"], uploaded: true },
  { kind: "mailbox", plural: "mailboxes", columns: ["voicemail_mailbox_type", "voicemail_mailbox_id", "user"] },
  { kind: "trunk", plural: "trunks", columns: ["kind", "proxy", "outbound", "active"] },
  {
    kind: "class_of_service",
    plural: "classes",
    columns: ["default_flag", "outbound_enabled", "allowed_countries", "time_range"],
    copies: true,
  },
  {
    kind: "rate",
    plural: "rates",
    columns: ["prefixes", "price_per_minute", "connection_fee", "trunk"],
    imports: true,
  },
  { kind: "location", plural: "locations", columns: ["street", "city", "country_code"] },
  { kind: "address", plural: "addresses", columns: ["customer_name", "city", "validated", "verified"] },
  {
    kind: "presence",
    plural: "presences",
    columns: ["effect", "do_not_disturb", "forwarding", "order"],
  },
  { kind: "contact", plural: "contacts", columns: ["company", "numbers", "email"], imports: true },
];

const byKind = new Map(areas.map((area) => [area.kind, area]));
const byPlural = new Map(areas.map((area) => [area.plural, area]));

/** areaOf finds where a kind is kept. */
export function areaOf(kind: Kind): Area {
  const area = byKind.get(kind);
  if (!area) throw new Error(`no area for ${kind}`);
  return area;
}

/** areaNamed finds an area by its name in addresses. */
export const areaNamed = (plural: string): Area | undefined => byPlural.get(plural);

/** The groups of the list on the left. */
export const groups = [
  { word: "people", areas: ["users", "agents", "groups", "paging-groups"] },
  { word: "routing", areas: ["numbers", "menus", "transfer-numbers"] },
  { word: "availability", areas: ["time-routers", "time-ranges"] },
  { word: "queues", areas: ["queues", "outcomes", "tag-keys", "reasons", "statuses"] },
  { word: "outbound", areas: ["campaigns", "lead-lists"] },
  { word: "contacts", areas: ["presences", "contacts"] },
  { word: "sound", areas: ["audio", "mailboxes"] },
  { word: "telephony", areas: ["trunks", "classes", "rates", "locations", "addresses"] },
] as const;
