import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { client, expect } from "../api/client.ts";

interface Days {
  from: string;
  to: string;
}

export type Measure = "availability" | "call_volume" | "chat_volume";

export const summaryQuery = (query: Days) =>
  queryOptions({
    queryKey: ["workforce", "summary", query],
    queryFn: () => expect(client.GET("/workforce/summary", { params: { query } })),
  });

export const heatQuery = (query: Days & { measure: Measure }) =>
  queryOptions({
    queryKey: ["workforce", "heat", query],
    queryFn: () => expect(client.GET("/workforce/heat", { params: { query } })),
  });

export const timelineQuery = (id: string, day: string) =>
  queryOptions({
    queryKey: ["workforce", "timeline", id, day],
    enabled: id !== "",
    queryFn: () => expect(client.GET("/workforce/agents/{id}/timeline", { params: { path: { id }, query: { day } } })),
  });

export const levelQuery = (id: string, query: Days) =>
  queryOptions({
    queryKey: ["workforce", "level", id, query],
    enabled: id !== "",
    queryFn: () => expect(client.GET("/queues/{id}/service-level", { params: { path: { id }, query } })),
  });

/** What changes of status are searched by (MN-9). */
export interface EventFilter {
  readonly agent?: string;
  readonly channel?: "voice" | "chat";
  readonly status?: "available" | "unavailable" | "on_call" | "wrap_up" | "offline";
  readonly trigger?: "manual" | "system" | "auto_disconnect";
  readonly from: string;
  readonly to: string;
}

/** How many changes of status a page has. */
export const eventPage = 100;

export const eventsQuery = (filter: EventFilter, page: number) =>
  queryOptions({
    queryKey: ["workforce", "events", filter, page],
    placeholderData: keepPreviousData,
    queryFn: () =>
      expect(
        client.GET("/workforce/status-events", {
          params: { query: { ...filter, limit: eventPage, offset: page * eventPage } },
        }),
      ),
  });

/** eventsFile gives the address of a file of them. */
export const eventsFile = (filter: EventFilter) =>
  `/api/workforce/status-events.csv?${new URLSearchParams(Object.entries(filter))}`;

/** days are fetched for a file, not for a screen. */
export const days = (query: Days) => expect(client.GET("/workforce/days", { params: { query } }));
