import { readFileSync } from "node:fs";
import { join } from "node:path";
import { bodySchema, type Description, fieldsOf } from "../../src/settings/form/schema.ts";
import { fresh, type Values } from "../../src/settings/form/values.ts";

/** The description that the real server gives. */
export const description = JSON.parse(
  readFileSync(join(import.meta.dirname, "../../openapi.json"), "utf8"),
) as Description;

interface Stored {
  id: string;
  version: number;
  created_at: string;
  updated_at: string;
  title: string;
  fields: Values;
}

interface Draft {
  base_version: number;
  fields: Values;
}

/** Answer is a status and a body. */
export type Answer = [status: number, body?: unknown];

const at = "2026-03-02T09:14:00Z";
const names = ["name", "title", "time_range_name", "phone_number", "email", "filename", "friendly_name", "extension"];

/** Records keeps the console's records as the server does, without its checks. */
export class Records {
  private readonly shelves = new Map<string, Map<string, Stored>>();
  private readonly drafts = new Map<string, Draft>();
  private readonly versions = new Map<string, Stored[]>();
  /** What came of the calendars of time ranges when they were read last, and what comes of it next. */
  readonly calendars = new Map<string, { got: unknown; next?: unknown }>();
  private made = 0;

  constructor() {
    for (const [plural, id, fields] of seeds) this.put(plural, { id, fields: { ...this.defaults(plural), ...fields } });
  }

  /** answer speaks the routes under /settings; nothing for those that it does not know. */
  answer(method: string, path: string, query: URLSearchParams, body: unknown): Answer | undefined {
    const [, plural = "", id, verb] = /^\/settings\/([^/]+)(?:\/([^/]+))?(?:\/([^/]+))?$/.exec(path) ?? [];
    if (plural === "organisation") return this.one("organisation", "organisation", method, body as Stored);
    if (!this.shelves.has(plural) && !description.paths[`/settings/${plural}`]) return undefined;
    if (id === undefined) return method === "POST" ? this.create(plural, body as Stored) : this.list(plural, query);
    return verb === undefined ? this.one(plural, id, method, body as Stored) : this.act(plural, id, verb, method, body);
  }

  private shelf(plural: string): Map<string, Stored> {
    const shelf = this.shelves.get(plural) ?? new Map<string, Stored>();
    this.shelves.set(plural, shelf);
    return shelf;
  }

  private defaults(plural: string): Values {
    const path = plural === "organisation" ? "/settings/organisation" : `/settings/${plural}/{id}`;
    const schema = bodySchema(description, "put", path);
    return schema ? fresh(fieldsOf(description, schema)) : {};
  }

  /** put stores a record as its next version. */
  put(plural: string, { id, fields }: Pick<Stored, "id" | "fields">): Stored {
    const old = this.shelf(plural).get(id);
    const name = names.map((one) => fields[one]).find((one) => typeof one === "string" && one !== "");
    const title = this.nameOf(plural, fields) ?? String(name ?? id);
    const made = { id, version: (old?.version ?? 0) + 1, created_at: at, updated_at: at, title, fields };
    this.shelf(plural).set(id, made);
    this.versions.set(id, [made, ...(this.versions.get(id) ?? [])]);
    return made;
  }

  fieldsOf(plural: string, id: string): Values {
    return this.shelf(plural).get(id)?.fields ?? {};
  }

  /** nameOf is what people are called. */
  private nameOf(plural: string, { user, first_name, last_name }: Values): string | undefined {
    if (plural === "agents") return this.shelf("users").get(String(user))?.title;
    return plural === "users" ? `${first_name} ${last_name}` : undefined;
  }

  private list(plural: string, query: URLSearchParams): Answer {
    const q = query.get("q")?.toLowerCase() ?? "";
    const all = [...this.shelf(plural).values()].filter((row) => JSON.stringify(row).toLowerCase().includes(q));
    all.sort((a, b) => a.title.localeCompare(b.title));
    if (query.get("sort")?.startsWith("-")) all.reverse();
    return [200, { rows: all.map((row) => ({ ...row, draft: this.drafts.has(row.id) })), total: all.length }];
  }

  private create(plural: string, { fields }: Stored): Answer {
    this.made += 1;
    return [200, this.put(plural, { id: `made-${this.made}`, fields })];
  }

  private one(plural: string, id: string, method: string, body: Stored): Answer {
    const found = this.shelf(plural).get(id);
    if (!found) return [404];
    if (method === "GET") return [200, found];
    if (method === "DELETE") return this.remove(plural, id);
    if (body.version !== found.version) return [409, { current: found }];
    return [200, this.put(plural, { id, fields: body.fields })];
  }

  private remove(plural: string, id: string): Answer {
    const users = this.uses(id);
    if (users.length > 0) return [409, { users }];
    this.shelf(plural).delete(id);
    return [204];
  }

  private uses(id: string) {
    const kinds: Record<string, string> = {
      numbers: "number",
      agents: "agent",
      queues: "queue",
      menus: "menu",
      "time-routers": "time_router",
    };
    return Object.entries(kinds).flatMap(([plural, kind]) =>
      [...this.shelf(plural).values()]
        .filter((row) => row.id !== id && JSON.stringify(row.fields).includes(`"${id}"`))
        .map((row) => ({ kind, id: row.id, name: row.title })),
    );
  }

  private act(plural: string, id: string, verb: string, method: string, body: unknown): Answer {
    const { fields, version } = (body ?? {}) as Stored;
    const found = this.shelf(plural).get(id);
    const draft = this.drafts.get(id);
    if (!found) return [404];
    switch (`${method} ${verb}`) {
      case "GET uses":
        return [200, this.uses(id)];
      case "GET history":
        return [200, this.versions.get(id)?.map((row) => ({ ...row, at: row.updated_at, by: "user-1" }))];
      case "GET draft":
        return draft ? [200, draft] : [404];
      case "PUT draft":
        this.drafts.set(id, { base_version: version, fields });
        return [200, this.drafts.get(id)];
      case "DELETE draft":
        this.drafts.delete(id);
        return [204];
      case "POST publish":
        this.drafts.delete(id);
        return [200, this.put(plural, { id, fields: draft?.fields ?? found.fields })];
      case "GET calendar":
        return [200, this.calendars.get(id)?.got];
      case "POST calendar":
        this.calendars.set(id, { got: this.calendars.get(id)?.next });
        return [200, this.calendars.get(id)?.got];
      case "POST test":
        return [200, tested];
      case "POST copy":
        return this.create(plural, { ...found, fields: { ...found.fields, name: `${found.title} (copy)` } });
      default:
        return [404];
    }
  }
}

const tested = {
  ok: false,
  words: "sip.carrier.example (192.0.2.7:5060) over udp refuses OPTIONS: 403 Forbidden after 41 ms.",
  advice: "Look at user name and password, and ask the carrier whether it lets your public address in.",
  method: "OPTIONS",
  transport: "udp",
  milliseconds: 41,
  offered: "G722,PCMU",
};

const seeds: readonly [string, string, Values][] = [
  ["organisation", "organisation", { name: "Parley Demo", country: "US", timezone: "America/New_York" }],
  ["users", "user-1", { email: "ann@parley.example", first_name: "Ann", last_name: "Lindgren", role: "admin" }],
  ["users", "user-2", { email: "ben@parley.example", first_name: "Ben", last_name: "Ortiz", role: "agent" }],
  ["agents", "agent-1", { user: "user-1", extension: "101" }],
  ["agents", "agent-2", { user: "user-2", extension: "102" }],
  ["trunks", "trunk-1", { name: "Carrier", kind: "address", proxy: "sip.carrier.example", networks: ["192.0.2.0/24"] }],
  [
    "addresses",
    "address-1",
    {
      friendly_name: "Head office",
      customer_name: "Acme NV",
      street: "Rue de la Loi 16",
      city: "Brussels",
      country_code: "BE",
      validated: true,
    },
  ],
  ["time-ranges", "range-1", { time_range_name: "Office hours", rows: [{ start_day_of_week: 1, end_day_of_week: 5 }] }],
  ["mailboxes", "mailbox-1", { name: "Sales messages", voicemail_mailbox_id: "900" }],
  ["queues", "queue-1", { name: "Sales", members: { agents: ["agent-1", "agent-2"], groups: [] } }],
  ["queues", "queue-2", { name: "Support", members: { agents: ["agent-2"], groups: [] }, strategy: "round_robin" }],
  [
    "menus",
    "menu-1",
    {
      name: "Welcome",
      prompt: { text: "For sales press 1, for support press 2.", voice: "woman" },
      options: [
        { digits: "1", destination: { kind: "queue", target: "queue-1" } },
        { digits: "2", destination: { kind: "queue", target: "queue-2" } },
      ],
      default_destination: { kind: "hangup" },
    },
  ],
  [
    "numbers",
    "number-1",
    {
      phone_number: "+12025550100",
      friendly_name: "Main",
      trunk: "trunk-1",
      destination: { kind: "menu", target: "menu-1" },
      deletion_protected: true,
    },
  ],
];
