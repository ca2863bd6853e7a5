import type { Kind } from "./schema.ts";

/** Destination is where a call goes (glossary, PN-2). */
export interface Destination {
  readonly kind?: Lead;
  readonly target?: string;
}

export const leads = [
  "queue",
  "menu",
  "time_router",
  "agent",
  "mailbox",
  "announcement",
  "external",
  "hangup",
  "ai_agent",
] as const;

export type Lead = (typeof leads)[number];

/** The kind of record that a destination names; an announcement is a file of the library. */
export const targetKind: Partial<Readonly<Record<Lead, Kind>>> = {
  queue: "queue",
  menu: "menu",
  time_router: "time_router",
  agent: "agent",
  mailbox: "mailbox",
  announcement: "audio",
};
