import type { Notice } from "../../src/api/types.ts";
import { ago } from "./data.ts";

/** notices are one of each kind that a supervisor who takes calls can have, newest first. */
export const notices: Notice[] = [
  {
    id: "n1",
    kind: "missed_call",
    created_at: ago(240),
    data: { number: "+12025550148", name: "Nora Winter", queue: "Sales" },
    link_kind: "call",
    link_id: "call-1",
  },
  {
    id: "n2",
    kind: "level_fell",
    created_at: ago(900),
    data: { queue: "Support", percent: 62, goal: 80, calls: 21 },
    link_kind: "queue",
    link_id: "support",
  },
  {
    id: "n3",
    kind: "message",
    created_at: ago(2400),
    data: { number: "+12025550170", mailbox: "Sales", seconds: 48 },
    link_kind: "mailbox",
    link_id: "m1",
  },
  {
    id: "n4",
    kind: "locked",
    created_at: ago(86_400),
    read_at: ago(80_000),
    data: { agent: "Bob Birch", why: "16 calls went to numbers that begin with +1202 within 10 minutes" },
    link_kind: "blocked",
    link_id: "bob",
  },
  {
    id: "n5",
    kind: "drop_failed",
    created_at: ago(90_000),
    read_at: ago(80_000),
    data: { number: "+12025550199", greeting: "Our offer", why: "nothing was heard" },
    link_kind: "call",
    link_id: "call-2",
  },
  {
    id: "n6",
    kind: "repaired",
    created_at: ago(172_800),
    read_at: ago(80_000),
    data: { what: "agent", agent: "Ann Ash" },
    link_kind: "call",
    link_id: "call-3",
  },
];
