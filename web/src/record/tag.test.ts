import { describe, expect, it } from "vitest";
import type { TagKeys } from "../api/types.ts";
import { askedFor, body, complete, listed, ofPlace, said } from "./tag.ts";

const keys: TagKeys["keys"] = [
  { name: "Plan", tag_type: "pick_list", choices: ["Gold", "Silver"], order: 1, active: true },
  { name: "Urgent", tag_type: "yes_no", choices: [], order: 2, active: true },
];

describe("a key that somebody types", () => {
  it.each([
    ["plan ", "pick_list"],
    ["URGENT", "yes_no"],
    ["mood", "free"],
    ["", "free"],
  ])("%s is asked for as %s", (typed, want) => {
    expect(askedFor(listed(keys, typed))).toBe(want);
  });
});

it("asks of a tag that is changed as it was, and sends that along", () => {
  expect(askedFor(undefined, "number")).toBe("number");
  expect(askedFor(undefined, "pick_list")).toBe("text"); // its list is gone
  expect(askedFor(listed(keys, "plan"), "text")).toBe("pick_list");
  expect(body("yes_no", "false", false)).toEqual({ value: "false", type: "yes_no" });
  expect(body("pick_list", "Gold", true)).toEqual({ value: "Gold" });
  expect(body("free", " ", false)).toEqual({});
  expect(body("free", " cheerful ", false)).toEqual({ value: "cheerful" });
});

it.each([
  ["Urgent", "", "yes_no", true],
  ["mood", "", "free", true],
  ["  ", "x", "free", false],
  ["Plan", "", "pick_list", false],
  ["Plan", "Gold", "pick_list", true],
  ["Order", " ", "number", false],
] as const)("%s with %s can be sent: %s", (key, value, asked, want) => {
  expect(complete(key, value, asked)).toBe(want);
});

it("tells the tags of a recording from those of its call", () => {
  const tag = { key: "vip", type: "yes_no" as const, value: "true", at: "2026-03-02T09:14:00Z" };
  const tags = [tag, { ...tag, recording: "r1" }, { ...tag, recording: "r2" }];
  expect(ofPlace(tags)).toEqual([tag]);
  expect(ofPlace(tags, "r2")).toEqual([tags[2]]);
});

it.each([
  ["vip", { tag: "vip" }],
  [" plan : Gold ", { tag: "plan", tag_value: "Gold" }],
  ["urgent: No", { tag: "urgent", tag_value: "false" }],
  ["ticket: https://crm.example/1", { tag: "ticket", tag_value: "https://crm.example/1" }],
  ["plan:", { tag: "plan" }],
])("the filter %s asks for %s", (text, want) => {
  expect(said(text)).toEqual(want);
});
