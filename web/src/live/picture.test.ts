import { describe, expect, it } from "vitest";
import {
  apply,
  type Line,
  type Live,
  type LiveEvent,
  linesAt,
  type Me,
  type Override,
  ringing,
  talking,
} from "./picture.ts";

const me: Me = {
  status: "available",
  since: "2026-01-01T10:00:00Z",
  lights: { call_routing: "green" },
  started: true,
  desk: { registered: false, working: false },
  queues: [],
  lines: [],
};

const caller = (call: string, since = "2026-01-01T10:00:00Z") => ({
  call,
  number: "+12025550147",
  queue: "q1",
  queue_name: "Sales",
  priority: 5,
  since,
});

const live: Live = {
  seq: 7,
  now: "2026-01-01T10:00:00Z",
  me,
  queues: [],
  agents: [],
  waiting: [caller("a"), caller("b")],
  overrides: [],
  locks: [],
  mailboxes: [],
  parked: [],
  helps: [],
  bell: { unread: 0 },
  presence: { id: "available", name: "Available", colour: "green" },
};

const line = (part: Partial<Line>): Line => ({
  call: "c1",
  line: 1,
  state: "active",
  direction: "inbound",
  number: "+12025550147",
  started_at: "2026-01-01T10:00:00Z",
  since: "2026-01-01T10:00:00Z",
  muted: false,
  recording: "off",
  can_record: false,
  ...part,
});

describe("apply", () => {
  const cases: { name: string; event: LiveEvent; want: Live | undefined }[] = [
    { name: "an old event changes nothing", event: { seq: 7, kind: "waiting.gone", data: { call: "a" } }, want: live },
    { name: "a gap is found", event: { seq: 9, kind: "waiting.gone", data: { call: "a" } }, want: undefined },
    {
      name: "a caller goes",
      event: { seq: 8, kind: "waiting.gone", data: { call: "a" } },
      want: { ...live, seq: 8, waiting: [caller("b")] },
    },
    {
      name: "counts of messages are new ones",
      event: { seq: 8, kind: "mailboxes", data: [{ id: "m", name: "Sales", unheard: 1, mine: true }] },
      want: { ...live, seq: 8, mailboxes: [{ id: "m", name: "Sales", unheard: 1, mine: true }] },
    },
    {
      name: "the bell shows what is unread now",
      event: { seq: 8, kind: "bell", data: { unread: 3 } },
      want: { ...live, seq: 8, bell: { unread: 3 } },
    },
    {
      name: "the own presence is another one",
      event: { seq: 8, kind: "presence", data: { id: "lunch", name: "Lunch", colour: "amber" } },
      want: { ...live, seq: 8, presence: { id: "lunch", name: "Lunch", colour: "amber" } },
    },
    {
      name: "a person changes",
      event: { seq: 8, kind: "person", data: { user: "u", name: "Ann", presence: live.presence } },
      want: { ...live, seq: 8, people: [{ user: "u", name: "Ann", presence: live.presence }] },
    },
    {
      name: "a call has come to a queue",
      event: { seq: 8, kind: "place", data: { kind: "queue", target: "q", live: 2 } },
      want: { ...live, seq: 8, places: [{ kind: "queue", target: "q", live: 2 }] },
    },
    {
      name: "a caller who changes keeps the place",
      event: { seq: 8, kind: "waiting", data: { ...caller("a"), priority: 1 } },
      want: { ...live, seq: 8, waiting: [{ ...caller("a"), priority: 1 }, caller("b")] },
    },
    {
      name: "a new caller comes last",
      event: { seq: 8, kind: "waiting", data: caller("c") },
      want: { ...live, seq: 8, waiting: [caller("a"), caller("b"), caller("c")] },
    },
    {
      name: "me is replaced whole",
      event: { seq: 8, kind: "me", data: { ...me, status: "on_call" } },
      want: { ...live, seq: 8, me: { ...me, status: "on_call" } },
    },
    {
      name: "what the picture does not keep only moves the number on",
      event: { seq: 8, kind: "call.updated", data: { id: "a" } },
      want: { ...live, seq: 8 },
    },
  ];
  it.each(cases)("$name", ({ event, want }) => {
    expect(apply(live, event)).toEqual(want);
  });

  it("keeps requests that wait and approvals that hold, and of one's own what was answered", () => {
    const asked: Override = {
      id: "o1",
      agent: "ann",
      agent_name: "Ann",
      number: "+3225550100",
      rule: "country_blocked",
      why: "no",
      state: "requested",
      until: "2026-01-01T10:01:00Z",
    };
    const states = (agent: string, ...tell: Partial<Override>[]) =>
      tell
        .reduce<Live | undefined>(
          (now, part, at) => now && apply(now, { seq: 8 + at, kind: "override", data: { ...asked, ...part } }),
          { ...live, me: { ...me, agent } },
        )
        ?.overrides.map(({ id, state }) => `${id} ${state}`);
    expect(states("sue", {})).toEqual(["o1 requested"]);
    expect(states("sue", {}, { state: "denied" })).toEqual([]);
    expect(states("ann", {}, { state: "denied" })).toEqual(["o1 denied"]);
    expect(states("ann", { state: "timeout" }, { id: "o2" })).toEqual(["o2 requested"]);
    expect(states("ann", {}, { state: "approved" }, { state: "used" })).toEqual([]);
  });

  it("names who is locked until the lock is opened", () => {
    const lock = { agent: "ann", name: "Ann", why: "a burst", at: "2026-01-01T10:00:00Z" };
    const locked = apply(live, { seq: 8, kind: "lock", data: lock });
    expect(locked?.locks).toEqual([lock]);
    expect(locked && apply(locked, { seq: 9, kind: "lock.gone", data: { agent: "ann" } })?.locks).toEqual([]);
  });

  it("leaves the picture it was given alone", () => {
    const before = structuredClone(live);
    apply(live, { seq: 8, kind: "waiting", data: caller("c") });
    expect(live).toEqual(before);
  });
});

describe("lines", () => {
  it("finds what rings and what Mute acts on", () => {
    const lines = [line({ call: "h", state: "held" }), line({ call: "a" }), line({ call: "r", state: "incoming" })];
    expect(ringing({ ...me, lines })?.call).toBe("r");
    expect(talking({ ...me, lines })?.call).toBe("a");
    expect(talking({ ...me, lines: [line({ state: "ended" })] })).toBeUndefined();
  });

  it("lets an ended line go after a while", () => {
    const ended = { ...me, lines: [line({ state: "ended", since: "2026-01-01T10:00:00Z" })] };
    const at = (seconds: number) => linesAt(ended, Date.parse("2026-01-01T10:00:00Z") + seconds * 1000).length;
    expect([at(0), at(7), at(8), at(60)]).toEqual([1, 1, 0, 0]);
  });
});
