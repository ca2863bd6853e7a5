import { queryOptions } from "@tanstack/react-query";
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

/** days are fetched for a file, not for a screen. */
export const days = (query: Days) => expect(client.GET("/workforce/days", { params: { query } }));
