import { expect, it } from "vitest";
import { dayAndTime } from "./moment.ts";

it("says the day of a moment unless it is today, and the time once", () => {
  const now = new Date(2026, 10, 22, 18, 0);
  const today = new Date(2026, 10, 22, 10, 51, 7).toISOString();
  const before = new Date(2026, 10, 21, 10, 51, 7).toISOString();
  expect(dayAndTime(today, false, now).match(/51/g)).toHaveLength(1);
  expect(dayAndTime(today, true, now)).toContain("51:07");
  expect(dayAndTime(today, true, now)).not.toContain("22");
  expect(dayAndTime(before, false, now)).toContain("21");
  expect(dayAndTime(before, false, now).match(/51/g)).toHaveLength(1);
});
