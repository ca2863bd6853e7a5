import { expect, it } from "vitest";
import { dialable, readable } from "./number.ts";

it.each([
  { in: "(202) 555-0147", want: "2025550147" },
  { in: "+32 470/11.12.22", want: "+32470111222" },
  { in: "tel:+1-202-555-0147", want: "+12025550147" },
  { in: "1+2", want: "12" },
  { in: "*45#", want: "*45#" },
  { in: "ann", want: "" },
])("dials $in as $want", ({ in: text, want }) => {
  expect(dialable(text)).toBe(want);
});

it.each([
  { in: "+12025550147", want: "+1 202 555 0147" },
  { in: "+32470111222", want: "+32 470 111 222" },
  { in: "+442079460958", want: "+44 207 946 09 58" },
  { in: "+352621123456", want: "+352 621 123 456" },
  { in: "101", want: "101" },
  { in: "anonymous", want: "anonymous" },
])("shows $in as $want", ({ in: number, want }) => {
  expect(readable(number)).toBe(want);
  expect(dialable(want) === dialable(number)).toBe(true);
});
