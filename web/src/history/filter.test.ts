import { describe, expect, it } from "vitest";
import { parseSearch, toFilter, toggle, toggleDirection } from "./filter.ts";

describe("an address", () => {
  it.each([
    { name: "empty", in: {}, want: {} },
    {
      name: "whole",
      in: { period: "week", direction: "outbound,inbound,up", missed: true, q: "pet", page: 3, call: "c1" },
      want: { period: "week", direction: "inbound,outbound", missed: true, q: "pet", page: 3, call: "c1" },
    },
    { name: "a tag", in: { tag: " plan: Gold " }, want: { tag: "plan: Gold" } },
    { name: "nonsense", in: { period: "year", direction: "up", missed: "no", page: -1, q: "  ", call: 7 }, want: {} },
    { name: "a number searched for", in: { q: 2025550147 }, want: { q: "2025550147" } },
  ])("$name", ({ in: raw, want }) => {
    expect(parseSearch(raw)).toEqual(want);
  });
});

describe("the server is asked for", () => {
  const now = new Date(2026, 5, 10, 15); // a Wednesday
  const day = (date: number) => new Date(2026, 5, date).toISOString();
  it.each([
    { name: "the last seven days", in: {}, want: { limit: 100, offset: 0, from: day(4) } },
    { name: "today", in: { period: "today" as const }, want: { limit: 100, offset: 0, from: day(10) } },
    { name: "this week from Monday", in: { period: "week" as const }, want: { limit: 100, offset: 0, from: day(8) } },
    { name: "all of time when searching", in: { q: "pet" }, want: { limit: 100, offset: 0, q: "pet" } },
    {
      name: "all of time for a tag",
      in: { tag: "plan: Gold" },
      want: { limit: 100, offset: 0, tag: "plan", tag_value: "Gold" },
    },
    {
      name: "two directions",
      in: { q: "pet", direction: "inbound,internal" },
      want: { limit: 100, offset: 0, q: "pet", direction: ["inbound", "internal"] },
    },
    {
      name: "the second page of missed calls",
      in: { missed: true as const, page: 2 },
      want: { limit: 100, offset: 100, from: day(4), disposition: ["no_answer", "abandoned"] },
    },
  ])("$name", ({ in: search, want }) => {
    expect(toFilter(search, now)).toEqual(want);
  });
});

it("a chip switches on, over and off, and goes back to the first page", () => {
  const on = toggle({ page: 4, call: "c" }, "period", "today");
  expect(on).toEqual({ period: "today", call: "c" });
  expect(toggle(on, "period", "week")).toEqual({ period: "week", call: "c" });
  expect(toggle(on, "period", "today")).toEqual({ call: "c" });
});

it("directions stand beside one another", () => {
  const one = toggleDirection({ page: 4, call: "c" }, "internal");
  expect(one).toEqual({ direction: "internal", call: "c" });
  const two = toggleDirection(one, "inbound");
  expect(two).toEqual({ direction: "inbound,internal", call: "c" });
  expect(toggleDirection(toggleDirection(two, "internal"), "inbound")).toEqual({ call: "c" });
});
