import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { type Action, handle, type Phone, type Signal, stopped } from "./machine.ts";

/** Stories are text: a line with "<" is a signal, the lines under it are what the machine does and becomes. `vitest -u`
 * rewrites the latter. A signal's attempt is the newest unless the story names one. */
const folder = join(import.meta.dirname, "testdata");

function parse(line: string, phone: Phone): Signal {
  const [kind = "", ...rest] = line.slice(1).trim().split(" ");
  const fields = Object.fromEntries(
    rest.map((part) => part.split(":")).map(([name, value]) => [name, literal(value ?? "")]),
  );
  return { kind, attempt: phone.attempt, ...fields } as unknown as Signal;
}

const literal = (value: string) =>
  /^(true|false|\d+)$/.test(value) ? (JSON.parse(value) as unknown) : value.replaceAll("_", " ");

function print(action: Action): string {
  const { do: what, ...rest } = action;
  const fields = Object.entries(rest).map(([name, value]) => ` ${name}:${String(value)}`);
  return `  do ${what}${fields.join("")}`;
}

function run(story: string): string {
  let phone = stopped;
  const out: string[] = [];
  for (const line of story.split("\n")) {
    if (line.startsWith("#") || line === "") out.push(line);
    if (!line.startsWith("<")) continue;
    const { phone: next, actions } = handle(phone, parse(line, phone));
    out.push(line, ...actions.map(print));
    if (next !== phone)
      out.push(`  is ${next.stage} attempt ${next.attempt}${next.failure ? ` ${JSON.stringify(next.failure)}` : ""}`);
    phone = next;
  }
  return out.join("\n");
}

describe("stories", () => {
  it.each(readdirSync(folder))("%s", async (name) => {
    const file = join(folder, name);
    await expect(run(readFileSync(file, "utf8"))).toMatchFileSnapshot(file);
  });
});

/** Whatever comes in whatever order: the machine never keeps a microphone or a connection it says it does not have. */
it("leaves nothing open after any order of signals", () => {
  let seed = 1;
  const random = (below: number) => {
    seed = (seed * 1103515245 + 12345) % 2147483648;
    return Math.floor((seed / 2147483648) * below);
  };
  const make: ((phone: Phone) => Signal)[] = [
    () => ({ kind: "start", takeover: random(2) === 0 }),
    () => ({ kind: "stop" }),
    () => ({ kind: "microphone-open" }),
    () => ({ kind: "microphone-refused", fault: "denied" }),
    () => ({ kind: "microphone-lost" }),
    (phone) => ({
      kind: "refused",
      attempt: phone.attempt - random(2),
      sentence: "no",
      elsewhere: random(2) === 0,
      unreachable: random(2) === 0,
    }),
    (phone) => ({
      kind: "voice",
      attempt: phone.attempt - random(2),
      state: (["connected", "disconnected", "failed"] as const)[random(3)] ?? "failed",
    }),
    (phone) => ({ kind: "path", attempt: phone.attempt - random(2), path: random(2) === 0 ? "relay" : "direct" }),
    (phone) => ({ kind: "renewed", attempt: phone.attempt - random(2) }),
    (phone) => ({ kind: "not-renewed", attempt: phone.attempt - random(2), gone: random(2) === 0 }),
    () => ({ kind: "network" }),
    () => ({ kind: "broken" }),
    () => ({ kind: "taken-over" }),
    () => ({ kind: "snapshot", station: (["mine", "other", "none"] as const)[random(3)] ?? "none" }),
    (phone) => ({ kind: "time-up", attempt: phone.attempt }),
  ];
  let phone = stopped;
  const open = { microphone: false, voice: 0 };
  for (let i = 0; i < 20_000; i++) {
    const signal = make[random(make.length)]?.(phone);
    if (!signal) continue;
    if (signal.kind === "microphone-open" && phone.stage === "opening") open.microphone = true;
    const { phone: next, actions } = handle(phone, signal);
    for (const action of actions) {
      if (action.do === "close-microphone") open.microphone = false;
      if (action.do === "close-voice") open.voice = 0;
      if (action.do === "renew-voice") expect(open.voice, "no connection to renew").toBe(action.attempt);
      if (action.do === "open-voice") {
        expect(open.voice, "two connections at once").toBe(0);
        open.voice = action.attempt;
      }
    }
    phone = next;
    const idle = phone.stage === "stopped" || phone.stage === "failed" || phone.stage === "elsewhere";
    if (idle) expect(open, `${phone.stage} after ${signal.kind}`).toEqual({ microphone: false, voice: 0 });
    if (phone.stage === "ready") expect(open.voice).toBe(phone.attempt);
  }
});
