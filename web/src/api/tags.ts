import { queryOptions } from "@tanstack/react-query";
import { client, expect } from "./client.ts";
import type { TagValue } from "./types.ts";

/** Where a tag stands: on a call, or on one of its recordings. */
export interface Tagged {
  readonly call: string;
  readonly recording?: string | undefined;
}

/** setTag puts a tag on, or gives the one of its key another value (RC-7). */
export const setTag = ({ call, recording }: Tagged, key: string, body: TagValue) =>
  recording === undefined
    ? client.PUT("/calls/{id}/tags/{key}", { params: { path: { id: call, key } }, body })
    : client.PUT("/recordings/{id}/tags/{key}", { params: { path: { id: recording, key } }, body });

export const removeTag = ({ call, recording }: Tagged, key: string) =>
  recording === undefined
    ? client.DELETE("/calls/{id}/tags/{key}", { params: { path: { id: call, key } } })
    : client.DELETE("/recordings/{id}/tags/{key}", { params: { path: { id: recording, key } } });

/** The tags of a call and of its recordings (RC-7). */
export function tagsQuery(call: string) {
  return queryOptions({
    queryKey: ["call", call, "tags"],
    queryFn: () => expect(client.GET("/calls/{id}/tags", { params: { path: { id: call } } })),
  });
}

export const tagKeysQuery = queryOptions({
  queryKey: ["tag-keys"],
  staleTime: 60_000,
  queryFn: () => expect(client.GET("/tag-keys")),
});
