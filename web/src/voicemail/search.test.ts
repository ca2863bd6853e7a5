import { expect, it } from "vitest";
import { parseSearch, toFilter } from "./search.ts";

it("keeps what makes sense of an address", () => {
  expect(parseSearch({ box: "b", fresh: "true", message: "m", other: 1 })).toEqual({
    box: "b",
    fresh: true,
    message: "m",
  });
  expect(parseSearch({ box: 7, fresh: "yes", message: "" })).toEqual({});
});

it("asks the server for it", () => {
  expect(toFilter({})).toEqual({ limit: 200 });
  expect(toFilter({ box: "b", fresh: true, message: "m" })).toEqual({ limit: 200, mailbox: "b", listened: "false" });
});
