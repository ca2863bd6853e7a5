import { describe, expect, test } from "vitest";
import { csv, hourMarks, most, place, rangeOf, shade } from "./days.ts";
import { parseSearch } from "./search.ts";

describe("the address", () => {
  test("keeps what makes sense", () => {
    expect(parseSearch({ from: "2026-11-01", to: "soon", view: "heat", measure: "call_volume", agent: "a" })).toEqual({
      from: "2026-11-01",
      view: "heat",
      measure: "call_volume",
      agent: "a",
    });
    expect(parseSearch({ view: "events", channel: "voice", status: "available", trigger: "manual", queue: 7 })).toEqual(
      {
        view: "events",
        channel: "voice",
        status: "available",
        trigger: "manual",
      },
    );
    expect(parseSearch({ from: "2026-13-45", view: "x", measure: 3, agent: "" })).toEqual({});
  });

  test("shows the last seven days, and never a range backwards", () => {
    const now = new Date(2026, 10, 21, 9);
    expect(rangeOf({}, now)).toEqual({ from: "2026-11-15", to: "2026-11-21" });
    expect(rangeOf({ from: "2026-11-20", to: "2026-11-02" }, now)).toEqual({ from: "2026-11-02", to: "2026-11-20" });
    expect(rangeOf({ to: "2026-03-31" }, now)).toEqual({ from: "2026-03-25", to: "2026-03-31" });
  });
});

test("cells are shaded by percent, or against the largest count", () => {
  expect(shade(80, 3, true)).toBe(0.8);
  expect(shade(1, 4, false)).toBe(0.25);
  expect(shade(0, 0, false)).toBe(0);
  expect(most([{ cells: [{ hour: 1, value: 3 }] }, { cells: [] }])).toBe(3);
});

describe("a day of 25 hours", () => {
  const day = { from: "2026-10-24T22:00:00Z", to: "2026-10-25T23:00:00Z" };
  test("holds its times in proportion", () => {
    expect(place(day, "2026-10-25T03:00:00Z", "2026-10-25T08:00:00Z")).toEqual({ left: 0.2, width: 0.2 });
    expect(place(day, "2026-10-20T03:00:00Z", "2026-10-30T08:00:00Z")).toEqual({ left: 0, width: 1 });
  });
  test("has a mark every three hours", () => {
    const marks = hourMarks(day);
    expect(marks).toHaveLength(9);
    expect(marks[8]).toEqual({ label: "2026-10-25T22:00:00.000Z", left: 0.96 });
  });
});

test("the file for spreadsheets has a column for each status and no formulas", () => {
  const row = {
    day: "2026-11-16",
    agent_name: '=HYPERLINK("x"), Ann',
    available_seconds: 10,
    unavailable_seconds: 5,
    total_tracked_seconds: 15,
    taken: 2,
    missed: 1,
    avg_handle_time_seconds: 4,
    statuses: [
      { status: "unavailable", custom_status: "Lunch", seconds: 5 },
      { status: "available", seconds: 10 },
    ],
  };
  const other = { ...row, agent_name: "Bob", availability_pct: 67, statuses: [] };
  expect(csv([row, other])).toBe(
    "day,agent,available_seconds,unavailable_seconds,total_tracked_seconds,availability_pct,calls_taken,calls_missed,avg_handle_time_seconds,Lunch,available\r\n" +
      '2026-11-16,"\'=HYPERLINK(""x""), Ann",10,5,15,,2,1,4,5,10\r\n' +
      "2026-11-16,Bob,10,5,15,67,2,1,4,0,0\r\n",
  );
});
