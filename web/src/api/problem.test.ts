import { expect, it } from "vitest";
import { Problem, sentence, words } from "./problem.ts";

it.each([
  { name: "the detail", body: { title: "Conflict", detail: "A call is on." }, status: 409, want: "A call is on." },
  { name: "else the title", body: { title: "Conflict" }, status: 409, want: "Conflict" },
  { name: "else words for the status", body: undefined, status: 403, want: "Your role does not allow this." },
  {
    name: "a page of a proxy",
    body: "<html>",
    status: 502,
    want: "The server could not do this. Try again in a moment.",
  },
])("says $name", ({ body, status, want }) => {
  expect(sentence(body, status)).toBe(want);
});

it("never shows what a program says to itself", () => {
  expect(words(new TypeError("Failed to fetch"))).toMatch(/cannot be reached/);
  expect(words(new Problem(409, "This is over."))).toBe("This is over.");
  expect(words("?")).toMatch(/went wrong/);
});
