import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { client, expect } from "../api/client.ts";

export const numbersQuery = queryOptions({
  queryKey: ["routing", "numbers"],
  queryFn: () => expect(client.GET("/routing/numbers")),
});

/** graphQuery is where a number leads by the configuration that a live picture, known by its time, is of. */
export const graphQuery = (id: string, picture: string | undefined) =>
  queryOptions({
    queryKey: ["routing", "graph", id, picture],
    placeholderData: keepPreviousData,
    queryFn: () => expect(client.GET("/routing/numbers/{id}/graph", { params: { path: { id } } })),
  });

export const warningsQuery = queryOptions({
  queryKey: ["routing", "warnings"],
  queryFn: () => expect(client.GET("/routing/warnings")),
});

export const clocksQuery = queryOptions({
  queryKey: ["routing", "clocks"],
  queryFn: async () => {
    const query = { limit: 200, sort: "title" } as const;
    const [ranges, routers] = await Promise.all([
      expect(client.GET("/settings/time-ranges", { params: { query } })),
      expect(client.GET("/settings/time-routers", { params: { query } })),
    ]);
    return [
      ...(routers.rows ?? []).map(({ id, title }) => ({ id, title, kind: "router" as const })),
      ...(ranges.rows ?? []).map(({ id, title }) => ({ id, title, kind: "range" as const })),
    ];
  },
});
