import { expect, it } from "vitest";
import { listing, listOnly, parseCompany } from "./search.ts";

it("keeps what makes sense of an address", () => {
  expect(parseCompany({ q: " sales ", page: 2, sort: "-title", id: "a", since: "2026-03-01" })).toEqual({
    q: "sales",
    page: 2,
    sort: "-title",
    id: "a",
    since: "2026-03-01",
  });
  expect(parseCompany({ q: 32, page: -1, make: "yes", since: "yesterday", kind: {} })).toEqual({ q: "32" });
});

it("asks the server for a page, by title unless another order is chosen", () => {
  expect(listing({ page: 3 })).toEqual({ q: "", sort: "title", offset: 200, limit: 100 });
  expect(listOnly({ q: "a", id: "b", make: true })).toEqual({ q: "a" });
});
