import { expect, it } from "vitest";
import type { Contact, Person } from "../api/types.ts";
import { digitsOf, type Entry, groups } from "./group.ts";

const person = (user: string, name: string, extension?: string, text = ""): Person => ({
  user,
  name,
  ...(extension && { extension }),
  presence: { id: "lunch", name: "Lunch", colour: "amber", text },
});

const contact = (id: string, name: string, company: string, numbers: string[]): Contact => ({
  id,
  title: name,
  version: 1,
  created_at: "",
  updated_at: "",
  fields: { name, company, numbers },
});

const zoe = contact("c1", "Zoé Dubois", "Paper Mill", ["+32470111222", "+3225550100"]);
const known = {
  people: [person("u1", "Ann Ash", "201"), person("u2", "Bob Birch", "202", "until 16:00"), person("u3", "Dan")],
  contacts: [contact("c2", "Carl", "Steel", ["+442079460000"]), zoe],
  favourites: { users: ["u2"], contacts: [zoe] },
  me: "u1",
};

const names = (entries: readonly Entry[]) => entries.map(({ name }) => name);
const found = (search: string) => {
  const all = groups(known, search);
  return [names(all.favourites), names(all.colleagues), names(all.contacts)];
};

it("groups everybody but oneself, a favourite once", () => {
  expect(found("")).toEqual([["Bob Birch", "Zoé Dubois"], ["Dan"], ["Carl"]]);
});

it("finds names, companies and words of presence, whatever case and accent", () => {
  expect(found("zoe paper")).toEqual([["Zoé Dubois"], [], []]);
  expect(found("16:00")).toEqual([["Bob Birch"], [], []]);
  expect(found("STEEL")).toEqual([[], [], ["Carl"]]);
  expect(found("nobody")).toEqual([[], [], []]);
});

it("finds numbers as they are dialled", () => {
  expect(found("0470 11")).toEqual([["Zoé Dubois"], [], []]);
  expect(found("+32 2 555")).toEqual([["Zoé Dubois"], [], []]);
  expect(found("202")).toEqual([["Bob Birch"], [], []]);
  expect([digitsOf(" 0470 11 "), digitsOf("Zoé")]).toEqual(["47011", "Zoé"]);
});

it("shows a favourite as it is now, and one beyond the first page too", () => {
  const renamed = { ...known, contacts: [contact("c1", "Zoé Leroy", "", [])] };
  expect(names(groups(renamed, "").favourites)).toEqual(["Bob Birch", "Zoé Leroy"]);
  expect(names(groups({ ...known, contacts: [] }, "").favourites)).toEqual(["Bob Birch", "Zoé Dubois"]);
});

it("has nobody called who has no number", () => {
  expect(groups(known, "dan").colleagues[0]?.numbers).toEqual([]);
});
