import type { Person } from "../../src/api/types.ts";
import type { AgentLive, Line, Me, QueueLive, Snapshot, WaitingLive } from "../../src/live/picture.ts";
import { ago } from "./data.ts";

/** A believable live picture for looking at screens. */

const queue = (id: string, name: string, part: Partial<QueueLive>): QueueLive => ({
  id,
  name,
  waiting: 0,
  available: 2,
  on_call: 1,
  wrap_up: 1,
  unavailable: 1,
  offline: 0,
  offered: 148,
  answered: 131,
  missed: 6,
  abandoned: 9,
  average_wait_seconds: 18,
  average_talk_seconds: 247,
  longest_wait_today_seconds: 312,
  service_level_percent: 86.4,
  callbacks_pending: 0,
  wait_warning_seconds: 60,
  wait_critical_seconds: 180,
  ...part,
});

export const queues = (): QueueLive[] => [
  queue("queue-1", "Sales", { waiting: 3, longest_wait_since: ago(84), available: 0 }),
  queue("queue-2", "Support", {
    offered: 87,
    answered: 80,
    missed: 2,
    abandoned: 0,
    service_level_percent: 94.2,
    longest_wait_today_seconds: 96,
  }),
  queue("queue-3", "Billing", {
    waiting: 1,
    longest_wait_since: ago(205),
    offered: 31,
    answered: 22,
    abandoned: 7,
    service_level_percent: 61,
  }),
];

export const agents = (): AgentLive[] => [
  {
    id: "agent-1",
    name: "Ann Lindgren",
    extension: "101",
    status: "available",
    since: ago(372),
    queues: ["queue-1"],
    health: "ok",
    device: "softphone",
  },
  {
    id: "agent-2",
    name: "Ben Ortiz",
    extension: "102",
    status: "on_call",
    since: ago(151),
    queues: ["queue-1"],
    health: "ok",
    device: "softphone",
    call: { id: "call-90", number: "+442079460958", name: "Tom Okafor", queue_name: "Support", since: ago(151) },
  },
  {
    id: "agent-3",
    name: "Chloe Ward",
    extension: "103",
    status: "unavailable",
    reason: "Lunch",
    since: ago(1260),
    queues: ["queue-1"],
    health: "asleep",
    device: "softphone",
  },
  {
    id: "agent-4",
    name: "Dmitri Sokolov",
    extension: "104",
    status: "wrap_up",
    since: ago(12),
    queues: ["queue-1"],
    health: "ok",
    device: "desk_phone",
  },
  {
    id: "agent-5",
    name: "Eva Novak",
    extension: "105",
    status: "offline",
    queues: [],
    since: ago(50_000),
    health: "offline",
  },
];

/** people is everybody with presence, for who looks at it. */
export const people = (): Person[] =>
  agents().map(({ id, name, extension, status, reason }) => ({
    user: id.replace("agent", "user"),
    agent: id,
    name,
    extension,
    status,
    presence: reason
      ? { id: "lunch", name: reason, colour: "amber" }
      : { id: "available", name: "Available", colour: "green" },
  }));

export const waiting = (): WaitingLive[] => [
  {
    call: "call-80",
    number: "+12025550162",
    name: "Marcus Webb",
    queue: "queue-1",
    queue_name: "Sales",
    priority: 5,
    since: ago(84),
  },
  { call: "call-81", number: "+33155501722", queue: "queue-1", queue_name: "Sales", priority: 5, since: ago(41) },
  {
    call: "call-82",
    number: "+12025550119",
    name: "Priya Nair",
    queue: "queue-1",
    queue_name: "Sales",
    priority: 5,
    since: ago(9),
  },
  {
    call: "call-83",
    number: "+81355501234",
    name: "Aiko Tanaka",
    queue: "queue-3",
    queue_name: "Billing",
    priority: 3,
    since: ago(205),
  },
];

export const me = (part: Partial<Me> = {}): Me => ({
  agent: "agent-1",
  status: "offline",
  since: ago(30),
  lights: { call_routing: "red" },
  started: false,
  desk: { registered: true, working: false },
  queues: ["queue-1", "queue-2"],
  lines: [],
  ...part,
});

export const line = (part: Partial<Line> = {}): Line => ({
  call: "call-live",
  line: 1,
  state: "incoming",
  direction: "inbound",
  number: "+12025550147",
  name: "Elena Petrova",
  customer: "customer-1",
  queue_name: "Sales",
  offer: "offer-1",
  ring_started_at: ago(4),
  started_at: ago(38),
  since: ago(4),
  muted: false,
  recording: "off",
  can_record: true,
  ...part,
});

export const snapshot = (mine: Me): Snapshot => ({
  now: new Date().toISOString(),
  me: mine,
  queues: queues(),
  agents: agents(),
  waiting: waiting(),
  overrides: [],
  locks: [],
  parked: [],
  helps: [],
  mailboxes: [{ id: "m1", name: "Ann", unheard: 2, mine: true }],
  bell: { unread: 0 },
  presence: { id: "available", name: "Available", colour: "green" },
});
