import { expect, it } from "vitest";
import type { Link } from "../api/socket.ts";
import type { Me } from "../live/picture.ts";
import { checks, lights } from "./checks.ts";
import { type Phone, stopped } from "./machine.ts";

const me: Me = {
  status: "available",
  since: "2026-01-01T10:00:00Z",
  lights: { call_routing: "green" },
  started: true,
  desk: { registered: false, working: false },
  queues: [],
  lines: [],
};
const phone = (stage: Phone["stage"]): Phone => ({ ...stopped, stage });
const open: Link = { state: "open", roundTrip: 12 };

const colours = (at: Phone, link: Link, my: Me | undefined = me) =>
  lights({ phone: at, link, me: my })
    .map((one) => one.light)
    .join(" ");

it.each([
  { name: "all is well", got: colours(phone("ready"), open), want: "green green green green" },
  {
    name: "before Start",
    got: colours(stopped, open, { ...me, lights: { call_routing: "red" } }),
    want: "green green red red",
  },
  {
    name: "the desk phone carries the sound",
    got: colours(stopped, open, { ...me, desk: { registered: true, working: true } }),
    want: "green green green green",
  },
  {
    name: "a telephone carries the sound",
    got: colours(stopped, open, { ...me, voice: { mode: "call_me", persistent: true, path: "up" } }),
    want: "green green green green",
  },
  {
    name: "that telephone is awaited",
    got: colours(stopped, open, { ...me, voice: { mode: "call_in", persistent: true, path: "awaited" } }),
    want: "green green amber green",
  },
  {
    name: "that telephone is lost",
    got: colours(stopped, open, { ...me, voice: { mode: "call_in", persistent: true, path: "lost" } }),
    want: "green green red green",
  },
  {
    name: "the server is gone",
    got: colours(phone("ready"), { state: "lost", retryAt: 1 }),
    want: "amber red green amber",
  },
  { name: "the voice is being repaired", got: colours(phone("repairing"), open), want: "green green amber green" },
])("lights: $name", ({ got, want }) => {
  expect(got).toBe(want);
});

it("checks stand still before Start and name what failed after it", () => {
  expect(checks({ phone: stopped, link: open, me }).map((check) => check.state)).toEqual([
    "waiting",
    "waiting",
    "waiting",
    "waiting",
  ]);
  const refused: Phone = { ...phone("failed"), failure: { kind: "microphone", fault: "denied" } };
  expect(checks({ phone: refused, link: open, me }).map((check) => check.state)).toEqual([
    "bad",
    "good",
    "waiting",
    "good",
  ]);
  const blocked: Phone = { ...phone("failed"), failure: { kind: "voice" } };
  expect(checks({ phone: blocked, link: { ...open, roundTrip: 900 }, me }).map((check) => check.state)).toEqual([
    "good",
    "good",
    "bad",
    "bad",
    "bad",
  ]);
  const relayed: Phone = { ...phone("ready"), path: "relay" };
  expect(checks({ phone: relayed, link: open, me }).map((check) => `${check.name} ${check.state}`)).toEqual([
    "microphone good",
    "socket good",
    "voice bad",
    "relay good",
    "roundTrip good",
  ]);
});
