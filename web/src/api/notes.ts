import { queryOptions } from "@tanstack/react-query";
import { client, expect } from "./client.ts";
import { Problem } from "./problem.ts";
import type { components } from "./schema.gen.ts";

/** The notes of a call come with their field: an agent's first page does not load them. */

export type CallNotes = components["schemas"]["CallNotes"];

export const readNotes = (id: string) => expect(client.GET("/calls/{id}/notes", { params: { path: { id } } }));

export const writeNotes = (id: string, body: { version: number; text: string }) =>
  expect(client.PUT("/calls/{id}/notes", { params: { path: { id } }, body }));

export const notesQuery = (id: string) =>
  queryOptions({ queryKey: ["call", id, "notes"], queryFn: () => readNotes(id) });

/** overtaken is what somebody else has written meanwhile, when that is what was thrown. */
export function overtaken(error: unknown): CallNotes | undefined {
  if (!(error instanceof Problem) || error.status !== 409) return undefined;
  return (error.document as { current?: CallNotes } | undefined)?.current;
}
