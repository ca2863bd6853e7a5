import { expect, test } from "vitest";
import { choiceOf, fieldOf, nextWords } from "./choices.ts";

test("what is chosen for later comes back as it was chosen", () => {
  const tea = { id: "s1", name: "Tea", colour: "#aa0000", effect: "busy" } as const;
  expect(fieldOf(undefined)).toBe("");
  for (const next of [
    { status: "available" },
    { status: "unavailable" },
    { status: "unavailable", reason: "Lunch: late" },
    { status: "unavailable", custom: tea },
  ] as const) {
    const asked = choiceOf(fieldOf(next));
    expect(asked?.later).toBe(true);
    if ("custom" in next) expect(asked).toEqual({ custom: "s1", later: true });
    else expect(asked).toEqual({ ...next, later: true });
  }
  expect(choiceOf("")).toBeUndefined();
});

test("the next status has a name", () => {
  const t = (key: string) => key;
  expect(nextWords({ status: "unavailable", reason: "Break" }, t)).toBe("Break");
  expect(nextWords({ status: "available" }, t)).toBe("status.available");
});
