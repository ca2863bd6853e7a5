import { expect, it } from "vitest";
import { bytes, capital, clock, initials, longDay, short } from "./format.ts";

it.each([
  { seconds: 0, want: ["00:00:00", "00:00"] },
  { seconds: 59.9, want: ["00:00:59", "00:59"] },
  { seconds: 134, want: ["00:02:14", "02:14"] },
  { seconds: 3599, want: ["00:59:59", "59:59"] },
  { seconds: 3600, want: ["01:00:00", "01:00:00"] },
  { seconds: 360_000, want: ["100:00:00", "100:00:00"] },
  { seconds: -3, want: ["00:00:00", "00:00"] },
])("$seconds s", ({ seconds, want }) => {
  expect([clock(seconds), short(seconds)]).toEqual(want);
});

it("writes sizes, names and days", () => {
  expect([bytes(12), bytes(2048), bytes(3_012_444)]).toEqual(["12 B", "2 KB", "2.9 MB"]);
  expect([initials("Ann Lindgren"), initials("  jean luc moreau "), initials("Bob"), initials("")]).toEqual([
    "AL",
    "JM",
    "B",
    "",
  ]);
  expect(capital("the line is busy")).toBe("The line is busy");
  const now = new Date(2026, 5, 1);
  expect(longDay(new Date(2026, 4, 31), "en", now)).toBe("Sunday, May 31");
  expect(longDay(new Date(2025, 4, 31), "en", now)).toBe("Saturday, May 31, 2025");
});
