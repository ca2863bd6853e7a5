import { expect, it } from "vitest";
import type { Row } from "../records.ts";
import { after, doneOf, nextOf, startOf, type There } from "./steps.ts";

const row = (id: string, fields: Row["fields"] = {}): Row => ({
  id,
  version: 1,
  created_at: "",
  updated_at: "",
  title: id,
  fields,
});

const nothing: There = { organisation: { version: 1 }, trunks: [], numbers: [], agents: [], queues: [], calls: 0 };

it("goes on where it was left", () => {
  expect(nextOf(doneOf(nothing))).toBe("organisation");
  const begun = { ...nothing, trunks: [row("trunk")], numbers: [row("number", { destination: { kind: "hangup" } })] };
  expect(nextOf(doneOf(begun))).toBe("agent");
  const staffed = { ...begun, agents: [row("agent")], queues: [row("queue", { members: { agents: [], groups: [] } })] };
  expect(nextOf(doneOf(staffed))).toBe("queue");
  const ready = { ...staffed, queues: [row("queue", { members: { agents: ["agent"] } })] };
  expect(nextOf(doneOf(ready))).toBe("route");
  const led = { ...ready, numbers: [row("number", { destination: { kind: "queue", target: "queue" } })] };
  expect(nextOf(doneOf(led))).toBe("call");
  expect(doneOf({ ...led, calls: 1 }).call).toBe(true);
});

it("knows the next step, and what the form of a step already has", () => {
  expect(after("trunk")).toBe("number");
  expect(after("call")).toBe("call");
  const begun = { ...nothing, trunks: [row("trunk")], agents: [row("agent")] };
  expect(startOf("number", begun, "ann")).toMatchObject({ trunk: "trunk" });
  expect(startOf("agent", begun, "ann")).toEqual({ user: "ann" });
  expect(startOf("queue", begun, "ann")).toEqual({ members: { agents: ["agent"], groups: [] } });
});
