import { expect, test } from "vitest";
import { keysOf } from "./keys.ts";

test("keys stand apart for each time that a menu asks", () => {
  expect(keysOf(" 1 102#, - *")).toEqual(["1", "102#", "", "*"]);
  expect(keysOf("  ")).toEqual([]);
});
