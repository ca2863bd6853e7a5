import { describe, expect, it } from "vitest";
import { areas } from "../src/settings/console/areas.ts";
import { fieldsOfArea, fieldsOfSingle } from "../src/settings/console/description.ts";
import { arranged } from "../src/settings/form/arranged.ts";
import { check } from "../src/settings/form/check.ts";
import { rowOf } from "../src/settings/form/hours.ts";
import { layouts, type Recorded } from "../src/settings/form/layout.ts";
import { moved, without } from "../src/settings/form/order.ts";
import { type Description, type Field, fieldsOf } from "../src/settings/form/schema.ts";
import { changes, fresh, freshItem, read, same, steps, whole, write } from "../src/settings/form/values.ts";
import { choiceOf, faultWords, helpOf, labelOf } from "../src/settings/form/words.ts";
import { description } from "./fake/settings.ts";

const described = areas.filter((area) => description.paths[`/settings/${area.plural}`]);
const kinds: [Recorded, Field[]][] = [
  ...described.map((area): [Recorded, Field[]] => [area.kind, fieldsOfArea(description, area)]),
  ["organisation", fieldsOfSingle(description, "organisation")],
];
const fieldsOfQueue = fieldsOfArea(description, { plural: "queues" });
const field = (name: string) => fieldsOfQueue.find((one) => one.name === name) as Field;

/** all gives every field, those within others too. */
const all = (fields: readonly Field[]): Field[] =>
  fields.flatMap((one) => [one, ...all(one.fields ?? []), ...all(one.item?.fields ?? [])]);

describe.each(kinds)("the form of a %s", (kind, fields) => {
  it("knows every field of the description, once", () => {
    const placed = layouts[kind].sections.flatMap((section) => section.fields);
    expect(placed.toSorted()).toEqual(fields.map((one) => one.name).toSorted());
  });

  it("has words for every field and every choice", () => {
    for (const one of all(fields)) {
      expect(labelOf(kind, one.name), one.name).not.toBe(one.name);
      if (one.widget === "choice") {
        for (const word of one.schema.enum ?? []) expect(choiceOf(one.name, String(word))).not.toBe(word);
      }
    }
  });

  it("begins with what the server takes as it is, but for what must be filled in", () => {
    expect(check(fields, fresh(fields)).filter((fault) => fault.kind !== "missing")).toEqual([]);
  });
});

it("reads the description into widgets", () => {
  expect(field("strategy").widget).toBe("choice");
  expect(field("ring_seconds").widget).toBe("number");
  expect(field("hold_audio")).toMatchObject({ widget: "reference", kind: "audio" });
  expect(field("outcomes")).toMatchObject({ widget: "references", kind: "outcome" });
  expect(field("overflow").widget).toBe("destination");
  expect(field("entry_greeting").widget).toBe("prompt");
  expect(field("waiting_messages")).toMatchObject({ widget: "list", item: { widget: "prompt" } });
  expect(field("tags_on_entry").widget).toBe("strings");
  expect(field("members").fields?.map((one) => one.kind)).toEqual(["agent", "group"]);
  expect(arranged(field("callback"))[0]?.name).toBe("callback_enabled");
});

it("offers a file of the library wherever callers hear a prompt or music (AU-3)", () => {
  const widgets = (plural: string, ...names: string[]) =>
    names.map((name) => {
      const found = fieldsOfArea(description, { plural }).find((one) => one.name === name);
      return found?.widget === "reference" ? found.kind : (found?.item?.widget ?? found?.widget);
    });
  const queue = [
    "entry_greeting",
    "waiting_messages",
    "no_agent_message",
    "recording_notice",
    "agent_whisper",
    "hold_audio",
  ];
  expect(widgets("queues", ...queue)).toEqual(["prompt", "prompt", "prompt", "prompt", "prompt", "audio"]);
  expect(widgets("menus", "prompt")).toEqual(["prompt"]);
  expect(widgets("mailboxes", "prompt", "followup")).toEqual(["prompt", "prompt"]);
  expect(widgets("agents", "unavailable_greeting")).toEqual(["prompt"]);
});

it("keeps what waits for later versions in the form, with the reason", () => {
  const reasons = Object.entries(layouts).flatMap(([kind, { waits = {} }]) =>
    Object.entries(waits).map(([path, wait]) => `${kind}.${path}: ${wait}`),
  );
  expect(reasons).toEqual(
    expect.arrayContaining([
      "queue.ai_priority: ai", // QU-6
      "queue.ai_timeout_seconds: ai",
      "queue.ticket_enabled: tickets", // QU-21
      "queue.ticket_department: tickets",
      "queue.automatic_coach_agent: ai",
      "queue.ai_summary_enabled: ai", // QU-24
      "queue.ai_summary_instructions: ai",
      "menu.options[].speech: speech", // IV-2
      "agent.ai: ai", // AG-2
      "number.sms: messages",
      "number.mms: messages",
      "address.validated: carrier", // PN-8
      "address.verified: carrier",
      "mailbox.include_transcript: ai",
      "user.switches.transfers_while_unavailable: transfers", // PM-7
      "user.switches.edit_lead_numbers: campaigns",
      "user.switches.manual_call_on_preview: campaigns",
      "user.switches.send_email: messages",
      "user.switches.remote_keypress: tones",
    ]),
  );
});

it("says the range, the unit and the default", () => {
  expect(helpOf("queue", field("ring_seconds"))).toBe("5 to 120 seconds, usually 20.");
  expect(helpOf("queue", field("max_hold_seconds"))).toBe("0: no limit. 0 to 86400 seconds, usually 600.");
});

it("finds what is out of range, by path", () => {
  const wrong = { ...fresh(fieldsOfQueue), name: " ", ring_seconds: 400, tags_on_entry: Array(11).fill("a") };
  expect(check(fieldsOfQueue, write(wrong, "callback.callback_max_offers", 0))).toEqual([
    { path: "callback.callback_max_offers", kind: "range", min: 1, max: 10 },
    { path: "name", kind: "missing" },
    { path: "ring_seconds", kind: "range", min: 5, max: 120 },
    { path: "tags_on_entry", kind: "many", max: 10 },
  ]);
  expect(faultWords({ path: "ring_seconds", kind: "range", min: 5, max: 120 })).toBe("Must be 5 to 120.");
});

it("looks into the entries of lists", () => {
  const menu = fieldsOfArea(description, { plural: "menus" });
  const options = [{ digits: "1", destination: { kind: "hangup" } }, { digits: "a" }];
  expect(check(menu, { ...fresh(menu), name: "Welcome", prompt: { text: "Hello" }, options })).toEqual([
    { path: "options[1].destination", kind: "missing" },
    { path: "options[1].digits", kind: "pattern" },
  ]);
});

it("reads and writes by path", () => {
  expect(steps("options[0].destination.kind")).toEqual(["options", 0, "destination", "kind"]);
  const values = { options: [{ digits: "1" }] };
  expect(write(values, "options[0].destination", { kind: "hangup" })).toEqual({
    options: [{ digits: "1", destination: { kind: "hangup" } }],
  });
  expect(write(values, "options", undefined)).toEqual({});
  expect(values).toEqual({ options: [{ digits: "1" }] });
  expect(read(values, "options[1].digits")).toBeUndefined();
});

it("tells what changed, and takes nothing for empty", () => {
  const before = { name: "Sales", callback: { callback_enabled: false }, outcomes: [] };
  const after = { name: "Sales", callback: { callback_enabled: true }, mailbox: "" };
  expect(changes(fieldsOfQueue, before, after).map(({ path }) => path)).toEqual(["callback.callback_enabled"]);
  expect(same({ a: "", b: [1] }, { b: [1], c: {} })).toBe(true);
  expect(same({ a: 0 }, {})).toBe(false);
});

it("says that a field with a default is empty by choice", () => {
  expect(field("leave_when_unstaffed_seconds").nullable).toBe(true);
  const sent = whole(fieldsOfQueue, { name: " Sales " });
  expect(sent).toEqual({ name: "Sales", leave_when_unstaffed_seconds: null });
});

it("fills hours as TM-9 says, and keeps lists in order", () => {
  expect(rowOf("workDay", "weekdays")).toEqual({
    start_day_of_week: 1,
    end_day_of_week: 5,
    start_time: "08:50",
    end_time: "18:00",
  });
  expect(rowOf("allDay", "weekend")).toMatchObject({ start_day_of_week: 6, end_time: "24:00" });
  expect(moved(["a", "b", "c"], 2, -1)).toEqual(["a", "c", "b"]);
  expect(without(["a", "b"], 0)).toEqual(["b"]);
});

it("shows a field of a kind that it does not know", () => {
  const doc: Description = { paths: {}, components: { schemas: { Part: { type: "object", properties: { a: {} } } } } };
  const fields = fieldsOf(doc, { properties: { new_thing: { type: "string" }, part: { $ref: "#/Part" } } });
  expect(fields.map((one) => one.widget)).toEqual(["text", "object"]);
  expect(labelOf("queue", "new_thing")).toBe("new_thing");
  expect(freshItem(fields[1] as Field)).toEqual({});
});
