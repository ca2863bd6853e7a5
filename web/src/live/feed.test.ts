import { expect, it } from "vitest";
import { type Passing, reader } from "./feed.ts";

const snapshot = (seq: number) => ({
  seq,
  kind: "snapshot",
  data: {
    now: new Date().toISOString(),
    me: { status: "available", lines: [] },
    queues: [],
    agents: [],
    waiting: [],
    overrides: [],
    locks: [],
    mailboxes: [],
    parked: [],
    helps: [],
  },
});

function listen() {
  const sent: { kind: string; offer?: string }[] = [];
  const passed: Passing["kind"][] = [];
  const { live, read } = reader(
    (message) => sent.push(message),
    (event) => passed.push(event.kind),
  );
  return { sent, passed, live, read };
}

it("acknowledges a ring at once, even before the picture is known", () => {
  const { sent, read } = listen();
  read({ seq: 3, kind: "ring", data: { offer: "o1", call: "c1" } });
  expect(sent).toEqual([{ kind: "ack", offer: "o1" }]);
});

it("answers a probe with a sign of life", () => {
  const { sent, read } = listen();
  read(snapshot(1));
  read({ kind: "probe" });
  expect(sent).toEqual([{ kind: "alive" }]);
});

it("asks once for a new picture when an event is missing, and goes on from it", () => {
  const { sent, live, read } = listen();
  read(snapshot(1));
  read({ seq: 3, kind: "call.updated", data: { id: "c" } });
  read({ seq: 4, kind: "call.updated", data: { id: "c" } });
  expect(sent).toEqual([{ kind: "resync" }]);
  read(snapshot(9));
  read({ seq: 10, kind: "waiting.gone", data: { call: "x" } });
  expect(live.get()?.seq).toBe(10);
  read({ seq: 12, kind: "call.updated", data: { id: "c" } });
  expect(sent).toHaveLength(2);
});

it("passes on what the picture does not keep, each once", () => {
  const { passed, read } = listen();
  read(snapshot(1));
  read({ seq: 2, kind: "taken_over", data: { tab: "t" } });
  read({ seq: 2, kind: "taken_over", data: { tab: "t" } });
  read({ seq: 3, kind: "me", data: {} });
  expect(passed).toEqual(["snapshot", "taken_over"]);
});
