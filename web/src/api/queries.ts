import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { client, expect } from "./client.ts";
import { Problem } from "./problem.ts";
import type { CallFilter, ClassAuditFilter, MessageFilter, Session } from "./types.ts";

/** The session, or null when signed out. */
export const sessionQuery = queryOptions({
  queryKey: ["session"],
  staleTime: Number.POSITIVE_INFINITY,
  queryFn: async (): Promise<Session | null> => {
    try {
      return await expect(client.GET("/session"));
    } catch (error) {
      if (error instanceof Problem && error.status === 401) return null;
      throw error;
    }
  },
  // The first thing a page asks for: one connection that fails leaves no page that has to be loaded again by hand.
  retry: (count, error) => error instanceof TypeError && count < 3,
  retryDelay: 500,
});

export const setupQuery = queryOptions({
  queryKey: ["setup"],
  queryFn: () => expect(client.GET("/setup")),
});

export const callerIdsQuery = queryOptions({
  queryKey: ["caller-ids"],
  staleTime: 300_000,
  queryFn: () => expect(client.GET("/caller-ids")),
});

export const reasonsQuery = queryOptions({
  queryKey: ["reasons"],
  staleTime: 300_000,
  queryFn: () => expect(client.GET("/reasons")),
});

export const statusesQuery = queryOptions({
  queryKey: ["statuses"],
  staleTime: 300_000,
  queryFn: () => expect(client.GET("/statuses")),
});

/** One's own settings (AG-3). */
export const ownQuery = queryOptions({
  queryKey: ["settings", "me"],
  queryFn: () => expect(client.GET("/settings/me")),
});

/** What can be chosen of a queue's calls. */
export function outcomesQuery(queue: string) {
  return queryOptions({
    queryKey: ["outcomes", queue],
    staleTime: 60_000,
    queryFn: () => expect(client.GET("/outcomes", { params: { query: { queue } } })),
  });
}

export const voiceQuery = queryOptions({
  queryKey: ["voice"],
  staleTime: 60_000,
  queryFn: () => expect(client.GET("/station/voice")),
});

export function callsQuery(filter: CallFilter) {
  return queryOptions({
    queryKey: ["calls", filter],
    placeholderData: keepPreviousData,
    queryFn: () => expect(client.GET("/calls", { params: { query: filter } })),
  });
}

/** How long the pad waits for the next key before it asks about the number, in milliseconds. */
const padPause = 250;

/** Whether the number on the pad may be called (SP-7). */
export function dialCheckQuery(to: string) {
  return queryOptions({
    queryKey: ["dial-check", to],
    placeholderData: keepPreviousData,
    staleTime: 10_000,
    queryFn: async ({ signal }) => {
      await new Promise((wake) => setTimeout(wake, padPause));
      signal.throwIfAborted();
      return expect(client.GET("/dialing/check", { params: { query: { to } }, signal }));
    },
  });
}

/** What classes of service blocked, and overrides (CS-6). */
export function classAuditQuery(filter: ClassAuditFilter) {
  return queryOptions({
    queryKey: ["class-audit", filter],
    placeholderData: keepPreviousData,
    queryFn: () => expect(client.GET("/class-of-service/audit", { params: { query: filter } })),
  });
}

export function callQuery(id: string) {
  return queryOptions({
    queryKey: ["call", id],
    queryFn: () => expect(client.GET("/calls/{id}", { params: { path: { id } } })),
  });
}

/** The customer of a call: by id when the server matched one, else by number; null when nobody has it. */
export function customerQuery(of: { customer?: string; number: string }) {
  return queryOptions({
    queryKey: ["customer", of.customer ?? of.number],
    staleTime: 30_000,
    queryFn: async () => {
      if (of.customer) return expect(client.GET("/customers/{id}", { params: { path: { id: of.customer } } }));
      const found = await expect(client.GET("/customers", { params: { query: { number: of.number } } }));
      return found.items[0] ?? null;
    },
  });
}

export const mailboxesQuery = queryOptions({
  queryKey: ["voicemail", "mailboxes"],
  queryFn: () => expect(client.GET("/voicemail/mailboxes")),
});

/** dropGreetingsQuery lists the voicemails that the person has prepared (VM-13). */
export const dropGreetingsQuery = queryOptions({
  queryKey: ["voicemail", "greetings"],
  queryFn: () => expect(client.GET("/voicemail/greetings")),
});

export const mailboxTargetsQuery = queryOptions({
  queryKey: ["voicemail", "targets"],
  staleTime: 300_000,
  queryFn: () => expect(client.GET("/voicemail/targets")),
});

/** The messages of a filter; they are read anew when what the picture counts is something else. */
export function messagesQuery(filter: MessageFilter, counts: string) {
  return queryOptions({
    queryKey: ["voicemail", "messages", filter, counts],
    placeholderData: keepPreviousData,
    queryFn: () => expect(client.GET("/voicemail/messages", { params: { query: filter } })),
  });
}

export function messageQuery(id: string, counts: string) {
  return queryOptions({
    queryKey: ["voicemail", "message", id, counts],
    placeholderData: keepPreviousData,
    retry: false,
    queryFn: () => expect(client.GET("/voicemail/messages/{id}", { params: { path: { id } } })),
  });
}
