import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { client, expect } from "./client.ts";
import type { ContactFields, PresenceChoice } from "./types.ts";

/** Presence, contacts and favourites come with their screens: an agent's page does not load them. */

export const presenceQuery = queryOptions({
  queryKey: ["presence"],
  queryFn: () => expect(client.GET("/presence")),
});

export const favouritesQuery = queryOptions({
  queryKey: ["favourites"],
  queryFn: () => expect(client.GET("/favourites")),
});

export function contactsQuery(q: string) {
  return queryOptions({
    queryKey: ["contacts", q],
    placeholderData: keepPreviousData,
    queryFn: () => expect(client.GET("/settings/contacts", { params: { query: { q, sort: "title", limit: 200 } } })),
  });
}

export const setPresence = (body: PresenceChoice) => client.PUT("/presence", { body });

export const setFavourite = (kind: "user" | "contact", id: string, on: boolean) => {
  const params = { path: { kind, id } };
  return on ? client.PUT("/favourites/{kind}/{id}", { params }) : client.DELETE("/favourites/{kind}/{id}", { params });
};

/** keepContact makes a contact, or changes the one with this id and version. */
export const keepContact = (fields: ContactFields, old?: { id: string; version: number }) =>
  expect(
    old
      ? client.PUT("/settings/contacts/{id}", {
          params: { path: { id: old.id } },
          body: { version: old.version, fields },
        })
      : client.POST("/settings/contacts", { body: { fields } }),
  );

export const deleteContact = (id: string) => client.DELETE("/settings/contacts/{id}", { params: { path: { id } } });
