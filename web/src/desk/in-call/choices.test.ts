import { expect, it } from "vitest";
import type { Contact, Person } from "../../api/types.ts";
import {
  agentChoices,
  contactChoices,
  found,
  hearsNotes,
  helpOf,
  kindsOf,
  namedChoices,
  stillFree,
  typed,
} from "./choices.ts";

const at = "2026-03-02T09:14:00Z";
const here = { id: "available", name: "Available", colour: "green" } as const;
const agent = (
  name: string,
  extension: string,
  status: NonNullable<Person["status"]>,
  presence: Person["presence"] = here,
): Person => ({
  user: `user of ${name}`,
  agent: name,
  name,
  extension,
  status,
  presence,
});

const people: Person[] = [
  agent("Ann", "101", "on_call"),
  agent("Zoe", "105", "available"),
  agent("Ben", "102", "on_call", { id: "busy_on_a_call", name: "On a call", colour: "red" }),
  agent("Chloe", "103", "unavailable", { id: "lunch", name: "Lunch", colour: "amber" }),
  agent("Dan", "104", "available", { id: "dnd", name: "Do not disturb", colour: "red", do_not_disturb: true }),
  agent("Ada", "106", "available"),
  { ...agent("Eve", "107", "unavailable"), transfers_while_unavailable: true },
  { ...agent("Fay", "108", "wrap_up"), transfers_while_unavailable: true },
  { user: "office", name: "Olga", presence: here },
];

const contact = (id: string, fields: Contact["fields"]): Contact => ({
  id,
  fields,
  title: fields.name,
  version: 1,
  created_at: at,
  updated_at: at,
});

it("offers by way what can be spoken with", () => {
  expect(kindsOf("transfer")).toEqual(["agent", "queue", "menu", "mailbox", "contact", "number", "convert"]);
  expect(kindsOf("warm")).toEqual(["agent", "queue", "menu", "contact", "number"]);
  expect(kindsOf("conference")).toEqual(["agent", "queue", "menu", "contact", "number"]);
});

it("says what comes of a queue or a menu that somebody is spoken with first in", () => {
  expect(kindsOf("warm").map((kind) => helpOf("warm", kind))).toEqual([
    undefined,
    "waitThere",
    "keyThere",
    undefined,
    undefined,
  ]);
  expect(kindsOf("transfer").some((kind) => helpOf("transfer", kind))).toBe(false);
});

it("lists everybody else, who is free first, and says of the others why not", () => {
  const rows = agentChoices(people, "Ann", (status) => `is ${status}`);
  expect(rows.map(({ name, detail, to }) => `${name} | ${detail} | ${to ? `${to.kind} ${to.target}` : "-"}`)).toEqual([
    "Ada | 106 · is available | agent Ada",
    "Eve | 107 · is unavailable | agent Eve",
    "Zoe | 105 · is available | agent Zoe",
    "Ben | 102 · is on_call | -",
    "Chloe | 103 · is unavailable, Lunch | -",
    "Dan | 104 · is available, Do not disturb | -",
    "Fay | 108 · is wrap_up | -",
  ]);
});

it("forgets an agent who was picked and is no longer free", () => {
  const zoe = { kind: "agent", target: "Zoe" } as const;
  const queue = { kind: "queue", target: "Zoe" } as const;
  expect(stillFree(zoe, people)).toBe(zoe);
  expect(stillFree(zoe, [agent("Zoe", "105", "on_call")])).toBeUndefined();
  expect(stillFree(zoe, [])).toBeUndefined();
  expect(stillFree(queue, [])).toBe(queue);
});

it("names queues, menus and mailboxes", () => {
  expect(namedChoices("menu", [{ id: "m1", name: "Welcome" }])).toEqual([
    { key: "m1", name: "Welcome", detail: "", to: { kind: "menu", target: "m1" } },
  ]);
});

it("shows a contact once for each number, and without one unpickable", () => {
  const rows = contactChoices(
    [
      contact("c1", { name: "Tom", company: "Acme", numbers: ["+32470111222", "+32 2 555 01 00"] }),
      contact("c2", { name: "Uma" }),
    ],
    "no number",
  );
  expect(rows.map(({ name, detail, to }) => [name, detail, to?.target])).toEqual([
    ["Tom", "Acme · +32 470 111 222", "+32470111222"],
    ["Tom", "Acme · +32 2 555 01 00", "+3225550100"],
    ["Uma", "no number", undefined],
  ]);
  expect(new Set(rows.map(({ key }) => key)).size).toBe(3);
});

it("finds by every word, in name and detail", () => {
  const rows = agentChoices(people, "Ann", String);
  expect(found(rows, " ").length).toBe(7);
  expect(found(rows, "lunch chl").map(({ name }) => name)).toEqual(["Chloe"]);
  expect(found(rows, "nobody")).toEqual([]);
});

it("reads a typed number as on the dial pad, and an extension as its agent", () => {
  expect(typed(" - ", people, "Ann")).toEqual({});
  expect(typed("+1 (202) 555-0180", people, "Ann")).toEqual({ to: { kind: "external", target: "+12025550180" } });
  expect(typed("106", people, "Ann")).toEqual({ to: { kind: "agent", target: "Ada" } });
  expect(typed("102", people, "Ann").busy?.name).toBe("Ben");
  expect(typed("101", people, "Ann")).toEqual({ yourself: true });
});

it("takes notes only for who gets a ring card", () => {
  const kinds = kindsOf("transfer").filter(hearsNotes);
  expect(kinds).toEqual(["agent", "queue", "menu"]);
});
