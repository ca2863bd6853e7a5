import { infiniteQueryOptions, keepPreviousData } from "@tanstack/react-query";
import { client, expect } from "./client.ts";
import type { Bell } from "./types.ts";

/** Notices come with the bell: an agent's page does not load them. */
export const noticesQuery = (bell: Bell | undefined) =>
  infiniteQueryOptions({
    queryKey: ["notices", bell?.unread, bell?.new?.id], // when the bell shows something else, the list is another one
    placeholderData: keepPreviousData,
    staleTime: 0,
    gcTime: 0, // the bell may show the same again, of another list
    initialPageParam: 0,
    queryFn: ({ pageParam }) => expect(client.GET("/notices", { params: { query: { offset: pageParam } } })),
    getNextPageParam: (last, pages) => {
      const met = pages.reduce((sum, page) => sum + page.rows.length, 0);
      return met < last.total && last.rows.length > 0 ? met : undefined;
    },
  });

export const readNotice = (id: string) => client.PUT("/notices/{id}/read", { params: { path: { id } } });

export const readNotices = () => client.PUT("/notices/read", {});
