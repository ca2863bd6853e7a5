import type { Access, CallDetail, CallRow, Customer, Heard, Recording, Tag, TagKeys } from "../../src/api/types.ts";

/** Believable calls, as the history has them, for looking at screens. */

export const ago = (seconds: number) => new Date(Date.now() - seconds * 1000).toISOString();
export const ahead = (seconds: number) => ago(-seconds);

const people = [
  ["Elena Petrova", "+12025550147", "Northwind Bakery"],
  ["Marcus Webb", "+12025550162", "Webb & Sons Roofing"],
  ["Aiko Tanaka", "+81355501234", "Tanaka Design"],
  ["Jean-Luc Moreau", "+33155501722", "Atelier Moreau"],
  ["Priya Nair", "+12025550119", "Bluepeak Logistics"],
  ["Tom Okafor", "+442079460958", "Okafor Cycles"],
  ["Sofie Peeters", "+32470111222", "Peeters Bloemen"],
] as const;

const at = <T>(list: readonly T[], i: number): T => {
  const item = list[i % list.length];
  if (item === undefined) throw new Error("the list is empty");
  return item;
};

export function row(i: number): CallRow {
  const [name, number] = at(people, i * 3 + 1);
  const direction = at(["inbound", "inbound", "outbound", "inbound", "internal", "inbound"] as const, i);
  const disposition = at(
    [
      "answered",
      "answered",
      "answered",
      "abandoned",
      "answered",
      "no_answer",
      "answered",
      "busy",
      "answered",
      "voicemail",
    ] as const,
    i,
  );
  const talk = disposition === "answered" ? 41 + ((i * 137) % 520) : 0;
  const inbound = direction === "inbound";
  const other = direction === "internal" ? { n: "102", name: "Ben Ortiz" } : { n: number, name };
  return {
    id: `call-${i}`,
    direction,
    call_type: inbound ? "inbound" : direction === "internal" ? "internal" : "manual",
    status: "ended",
    disposition,
    ...(disposition === "busy" ? { reason: "busy" } : {}),
    from: inbound ? number : direction === "internal" ? "101" : "+12025550100",
    ...(inbound ? { from_name: name } : direction === "internal" ? { from_name: "Ann Lindgren" } : {}),
    to: inbound ? at(["+12025550100", "+12025550101"], i) : other.n,
    ...(inbound ? {} : { to_name: other.name }),
    ...(inbound
      ? {
          queue_name: at(["Sales", "Support"], i),
          ...(disposition === "answered" ? { agent_name: at(["Ann Lindgren", "Ben Ortiz"], i) } : {}),
        }
      : { agent_name: "Ann Lindgren" }),
    customer_id: "customer-1",
    created_at: ago(400 + i * 2900 + ((i * 7919) % 900)),
    answered_at: ago(380 + i * 2900),
    ended_at: ago(360 + i * 2900 - talk),
    queue_wait_seconds: inbound ? 4 + ((i * 13) % 70) : 0,
    talk_time_seconds: talk,
    total_duration_seconds: talk + 12 + ((i * 13) % 70),
    recording: disposition === "answered" && direction !== "internal" ? (i === 2 ? "deleted" : "available") : "none",
  };
}

export const rows = Array.from({ length: 64 }, (_, i) => row(i));

export const customer: Customer = {
  id: "customer-1",
  name: "Elena Petrova",
  company: "Northwind Bakery",
  emails: ["elena@northwind.example"],
  phones: [
    { number: "+12025550147", label: "mobile" },
    { number: "+12025550148", label: "shop" },
  ],
  notes: "Prefers deliveries before 7:00. Oven order 4471 is late: ask before promising a date.",
  last_calls: rows.filter((call) => call.direction !== "internal").slice(2, 7),
};

const recording: Recording = {
  id: "recording-1",
  url: "/api/recordings/recording-1/audio",
  is_primary: true,
  format: "wav",
  status: "available",
  duration_seconds: 94,
  channels: 2,
  size: 3_012_444,
  gaps: [{ start_seconds: 48, end_seconds: 61, kind: "hold" }],
};

/** heard is how two minutes of a leg sounded, with a bad moment of so much loss. */
function heard(loss: number): Heard {
  const at = Array.from({ length: 23 }, (_, i) => 5 * (i + 1));
  const bad = (i: number) => i > 8 && i < 14;
  return {
    samples: at.length,
    mean_mos: 4.1,
    worst_mos: 3.1,
    mean_loss: 1.4,
    worst_loss: loss,
    mean_jitter: 6,
    worst_jitter: 22,
    mean_round_trip: 61,
    worst_round_trip: 88,
    codecs: [
      { at: 0, codec: "PCMU" },
      { at: 65, codec: "opus" },
    ],
    chart: {
      at,
      mos: at.map((_, i) => (bad(i) ? 3.1 + (i % 3) / 10 : 4.3 + (i % 2) / 10)),
      loss: at.map((_, i) => (bad(i) ? loss - (i % 3) : 0)),
      jitter: at.map((_, i) => (bad(i) ? 22 : 3 + (i % 4))),
      round_trip: at.map((_, i) => 55 + (i % 7)),
      each: 1,
    },
  };
}

/** withoutSamples is a call whose samples were kept long enough. */
export function withoutSamples(call: CallDetail): CallDetail {
  const less = structuredClone(call);
  for (const leg of less.legs ?? []) for (const way of [leg.from, leg.to]) delete way?.chart;
  return less;
}

/** transferred is a warm transfer that nobody took. */
const transferred = (at: string): CallDetail["transfers"][number] => ({
  at,
  type: "warm",
  by: "Ann Lindgren",
  to_kind: "agent",
  to: "Ben Ortiz",
  notes: "Asks for the invoice of May.",
  result: "failed",
  reason: "the agent did not answer",
});

/** passedOver makes a call one that was offered to nobody and gave up. */
function passedOver(call: CallDetail): CallDetail {
  const skipped = [
    { agent: "agent-2", agent_name: "Ben Ortiz", reason: "wrap_up" },
    { agent: "agent-3", agent_name: "Chloe Ward", reason: "device_asleep" },
  ];
  const stay = { queue: "queue-1", queue_name: "Sales", left_at: call.created_at, skipped, skipped_more: 2 };
  const timeline = [...call.timeline.slice(0, 5), ...call.timeline.slice(-1)]; // until the queue, and the end
  return {
    ...call,
    timeline,
    legs: call.legs.slice(0, 1),
    offers: [],
    transfers: [],
    merges: [],
    holds: [],
    passed_over: [stay],
  };
}

export function detail(id: string): CallDetail {
  const call = answered(id);
  return call.disposition === "abandoned" ? passedOver(call) : call;
}

function answered(id: string): CallDetail {
  const base = rows.find((call) => call.id === id) ?? { ...row(0), id, status: "active" as const };
  const live = base.status !== "ended";
  const start = Date.parse(base.created_at);
  const t = (seconds: number) => new Date(start + seconds * 1000).toISOString();
  const entry = (seconds: number, kind: string, params: Record<string, string> = {}) => ({
    at: t(seconds),
    kind,
    text_key: `timeline.${kind}`,
    params,
  });
  const timeline: CallDetail["timeline"] = [
    entry(0, "began"),
    entry(0, "directed", { text: "Sales" }),
    entry(0, "party-joined", { text: "+12025550147" }),
    entry(0, "entered", { text: "queued" }),
    entry(1, "queue-entered", { queue: "Sales" }),
    entry(2, "ring-began", { agent: "Ben Ortiz" }),
    entry(22, "ring-over", { agent: "Ben Ortiz", result: "missed" }),
    entry(22, "ring-began", { agent: "Ann Lindgren" }),
    entry(22, "ring-confirmed", { agent: "Ann Lindgren", text: "browser" }),
    entry(26, "ring-over", { agent: "Ann Lindgren", result: "answered" }),
    entry(26, "party-joined", { agent: "Ann Lindgren" }),
    entry(26, "recording-began"),
  ];
  if (!live) {
    timeline.push(
      entry(74, "hold-began", { agent: "Ann Lindgren" }),
      entry(87, "hold-over", { agent: "Ann Lindgren" }),
      entry(120, "recording-over"),
      entry(120, "finished", { result: "answered" }),
    );
  }
  return {
    ...base,
    timeline,
    transfers: live ? [] : [transferred(t(80))],
    merges: [],
    listens: [],
    legs: [
      {
        id: "l1",
        kind: "customer",
        name: "Elena Petrova",
        number: "+12025550147",
        device: "trunk",
        joined_at: t(0),
        ...(live
          ? {}
          : {
              left_at: t(120),
              hang_up_side: "peer" as const,
              from: heard(9),
              to: heard(2),
              path: "opus/48k → jitter buffer → 8k → PCMU/8k",
            }),
      },
      {
        id: "l2",
        kind: "agent",
        name: "Ann Lindgren",
        device: "browser",
        joined_at: t(26),
        ...(live ? {} : { left_at: t(120) }),
      },
    ],
    outcomes: [],
    tags: base.queue_name ? tags : [],
    passed_over: [],
    offers: [
      {
        offer: "o1",
        agent: "agent-2",
        agent_name: "Ben Ortiz",
        device: "softphone",
        sent_at: t(2),
        acknowledged_at: t(2),
        ended_at: t(22),
        result: "missed",
        skipped: [
          { agent: "agent-1", agent_name: "Ann Lindgren", reason: "wrap_up" },
          { agent: "agent-3", agent_name: "Chloe Ward", reason: "device_asleep" },
        ],
      },
      {
        offer: "o2",
        agent: "agent-1",
        agent_name: "Ann Lindgren",
        device: "softphone",
        sent_at: t(22),
        acknowledged_at: t(22),
        ended_at: t(26),
        result: "answered",
        skipped: [],
      },
    ],
    holds: live ? [] : [{ by: "Ann Lindgren", started_at: t(74), ended_at: t(87), seconds: 13 }],
    recordings:
      live || base.recording === "none"
        ? []
        : [base.recording === "deleted" ? { ...recording, status: "deleted" } : recording],
    customer,
  };
}

export function peaks(): { duration: number; channels: number[][] } {
  const turn = (i: number, mine: boolean) => {
    const speaking = Math.sin(i / 17) + Math.sin(i / 41 + 1) > 0 === mine;
    const loud = Math.abs(Math.sin(i * 1.7) * Math.sin(i * 0.37)) * 0.75 + 0.1;
    return i > 204 && i < 260 ? 0 : speaking ? loud : 0.02;
  };
  return { duration: 94, channels: [0, 1].map((side) => Array.from({ length: 400 }, (_, i) => turn(i, side === 0))) };
}

/** What queues and people put on a call and on its recording. */
export const tags: Tag[] = [
  { key: "vip", type: "yes_no", value: "true", at: ago(900) },
  { key: "Plan", type: "pick_list", value: "Gold", user: "user-1", user_name: "Ann Lindgren", at: ago(300) },
  { key: "Ticket", type: "link", value: "https://crm.example/tickets/4471", user: "user-1", at: ago(300) },
  { key: "Training", type: "yes_no", value: "true", recording: "recording-1", user: "user-2", at: ago(200) },
];

export const tagKeys: TagKeys = {
  listed_only: false,
  keys: [
    { name: "Plan", tag_type: "pick_list", choices: ["Gold", "Silver"], order: 1, active: true },
    { name: "Order", tag_type: "number", choices: [], order: 2, active: true },
    { name: "Urgent", tag_type: "yes_no", choices: [], order: 3, active: true },
  ],
};

/** Who listened to a call's recording. */
export const accesses: Access[] = [
  {
    at: ago(900),
    recording: "recording-1",
    user: "user-2",
    user_name: "Sam Okoro",
    ip: "192.0.2.7",
    how: "downloaded",
  },
  { at: ago(4000), recording: "recording-1", user: "user-9", how: "listened" },
];

export const audit = [
  {
    id: "audit-1",
    at: ago(600),
    actor: "user-1",
    actor_name: "Ann Lindgren",
    action: "queue updated",
    subject_kind: "queue",
    subject_id: "queue-1",
    before: { name: "Sales", ring_seconds: 20 },
    after: { name: "Sales", ring_seconds: 30 },
  },
  {
    id: "audit-2",
    at: ago(40_000),
    action: "recordings deleted by retention",
    subject_kind: "retention",
    subject_id: "recordings",
    after: {
      class: "recordings",
      rule: "365 days, or as the queue says",
      count: 12,
      oldest: ago(40_000_000),
      newest: ago(32_000_000),
    },
  },
];
