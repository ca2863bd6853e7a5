import { describe, expect, it } from "vitest";
import {
  asksHowToLeave,
  consultKeys,
  mainLine,
  outsidersOnly,
  partyKeys,
  partyState,
  stageOf,
  stayingIn,
  waysOf,
} from "./in-call.ts";
import type { CallLine, CallParty, TransferNow } from "./transfer.ts";

const at = "2026-03-02T09:14:00Z";

const line = (part: Partial<CallLine>): CallLine => ({
  call: "c1",
  line: 1,
  state: "active",
  direction: "inbound",
  number: "+12025550147",
  started_at: at,
  since: at,
  muted: false,
  recording: "off",
  can_record: false,
  ...part,
});

const party = (id: string, part: Partial<CallParty> = {}): CallParty => ({
  id,
  kind: "agent",
  name: id,
  number: "",
  state: "joined",
  line: 1,
  ...part,
});

const ann = party("ann", { you: true });
const elena = party("elena", { kind: "customer" });
const bob = party("bob");
const carol = party("carol", { kind: "external" });
const to = (state: TransferNow["state"], warm = true): TransferNow => ({
  warm,
  to: { kind: "agent", target: "bob" },
  name: "Bob",
  state,
  since: at,
});

const many = (count: number) => [ann, ...Array.from({ length: count - 1 }, (_, i) => party(`p${i}`))];
const two = (state: CallLine["state"]) => line({ line: 2, state });

describe("stage and ways", () => {
  const cases: { name: string; lines: CallLine[]; stage: string; ways: string }[] = [
    { name: "no call", lines: [], stage: "none", ways: "" },
    { name: "another call", lines: [line({ call: "c2" })], stage: "none", ways: "" },
    { name: "ringing", lines: [line({ state: "incoming" })], stage: "none", ways: "" },
    {
      name: "one of two calls, on line 2",
      lines: [line({ line: 2, two_calls: true, parties: [ann, elena] }), line({ call: "c2", state: "held" })],
      stage: "talking",
      ways: "transfer",
    },
    { name: "dialling", lines: [line({ state: "dialling" })], stage: "none", ways: "" },
    { name: "ended", lines: [line({ state: "ended" })], stage: "none", ways: "" },
    { name: "an emergency", lines: [line({ emergency: true })], stage: "none", ways: "" },
    { name: "a server that tells no parties", lines: [line({})], stage: "talking", ways: "transfer warm conference" },
    {
      name: "one other",
      lines: [line({ parties: [ann, elena] })],
      stage: "talking",
      ways: "transfer warm conference",
    },
    {
      name: "one other on hold",
      lines: [line({ state: "held", parties: [ann, elena] })],
      stage: "talking",
      ways: "transfer warm conference",
    },
    { name: "asked for", lines: [line({ transfer: to("asking") })], stage: "transferring", ways: "" },
    { name: "cold, it rings", lines: [line({ transfer: to("ringing", false) })], stage: "transferring", ways: "" },
    {
      name: "failed",
      lines: [line({ transfer: to("failed") })],
      stage: "talking",
      ways: "transfer warm conference",
    },
    {
      name: "a consultation that rings",
      lines: [line({ state: "held", parties: [ann, elena, bob] }), two("dialling")],
      stage: "consulting",
      ways: "",
    },
    { name: "only line 2 is left", lines: [two("active")], stage: "consulting", ways: "" },
    { name: "two others", lines: [line({ parties: [ann, elena, bob] })], stage: "conference", ways: "conference" },
    { name: "nine legs", lines: [line({ parties: many(9) })], stage: "conference", ways: "conference" },
    { name: "ten legs", lines: [line({ parties: many(10) })], stage: "conference", ways: "" },
  ];
  it.each(cases)("$name", ({ lines, stage, ways }) => {
    expect(stageOf(lines, "c1")).toBe(stage);
    expect(waysOf(lines, "c1").join(" ")).toBe(ways);
  });
});

it("finds line 1 of a call, whichever line is given", () => {
  const one = line({ state: "held" });
  expect(mainLine([line({ call: "c2" }), two("active"), one], two("active"))).toBe(one);
  const ended = line({ state: "ended" });
  expect(mainLine([ended], ended)).toBe(ended);
});

describe("keys of a consultation", () => {
  it("is just the way back when the others are gone", () => {
    expect(consultKeys([two("active")], "c1")).toEqual(["cancel"]);
  });

  it("while it rings one may go where one other waits, and nobody can be merged", () => {
    const ringing = (parties: CallParty[]) => [line({ state: "held", parties }), two("dialling")];
    const dialled = party("carol", { kind: "external", state: "dialling", line: 2 });
    expect(consultKeys(ringing([ann, elena]), "c1")).toEqual(["swap", "complete", "cancel"]);
    expect(consultKeys(ringing([ann, elena, dialled]), "c1")).toEqual(["swap", "complete", "cancel"]);
    expect(consultKeys(ringing([ann, elena, bob, dialled]), "c1")).toEqual(["swap", "cancel"]);
  });

  it("can be swapped, merged and completed once somebody is there, whoever is spoken to", () => {
    const every = ["swap", "merge", "complete", "cancel"];
    expect(consultKeys([line({ state: "held" }), two("active")], "c1")).toEqual(every);
    expect(consultKeys([two("held"), line({})], "c1")).toEqual(every);
  });
});

describe("leaving", () => {
  const names = (lines: CallLine[]) => stayingIn(lines, "c1").map(({ name }) => name);
  const rung = [
    line({ state: "held", parties: [ann, elena], transfer: to("ringing") }),
    line({ line: 2, state: "dialling", name: "Bob", number: "102" }),
  ];

  it("is asked about with two others, also while one is only being called", () => {
    expect(asksHowToLeave([line({})], "c1")).toBe(false);
    expect(asksHowToLeave([line({ parties: [ann, elena] })], "c1")).toBe(false);
    expect(asksHowToLeave([line({ parties: [ann, elena, bob] })], "c1")).toBe(true);
    expect(asksHowToLeave([line({ state: "ended", parties: [ann, elena, bob] })], "c1")).toBe(false);
    expect(asksHowToLeave(rung, "c1")).toBe(true);
  });

  it("names each who stays once", () => {
    expect(names(rung)).toEqual(["elena", "Bob"]);
    const there = party("bob", { line: 2 });
    expect(names([line({ state: "held", parties: [ann, elena, there] }), two("active")])).toEqual(["elena", "bob"]);
  });

  it("may leave outside parties alone", () => {
    expect(outsidersOnly([line({ parties: [ann, elena, bob] })], "c1")).toBe(false);
    expect(outsidersOnly([line({ parties: [ann, elena, carol] })], "c1")).toBe(true);
    expect(outsidersOnly(rung, "c1")).toBe(false);
  });
});

describe("parties", () => {
  const three = [line({ parties: [ann, elena, bob] })];

  it("have keys by how they stand", () => {
    const keys = (of: CallParty) => partyKeys(three, "c1", of).join(" ");
    expect(keys(ann)).toBe("");
    expect(keys(elena)).toBe("hold mute remove");
    expect(keys({ ...elena, held: true })).toBe("resume mute remove");
    expect(keys({ ...elena, muted: true })).toBe("hold unmute remove");
    expect(keys({ ...bob, state: "dialling" })).toBe("");
  });

  it("have none beside the keys of a plain call, nor while there are two lines", () => {
    expect(partyKeys([line({ parties: [ann, elena] })], "c1", elena)).toEqual([]);
    const consulting = [line({ state: "held", parties: [ann, elena, bob] }), two("active")];
    expect(partyKeys(consulting, "c1", elena)).toEqual([]);
  });

  it("are told in one word", () => {
    expect(partyState({ ...bob, state: "dialling", held: true })).toBe("dialling");
    expect(partyState({ ...bob, held: true, muted: true })).toBe("held");
    expect(partyState({ ...bob, muted: true })).toBe("muted");
    expect(partyState({ ...bob, muted: true, talking: true })).toBe("muted");
    expect(partyState({ ...bob, talking: true })).toBe("talking");
    expect(partyState(bob)).toBe("joined");
  });
});
