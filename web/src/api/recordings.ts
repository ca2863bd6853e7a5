import { queryOptions } from "@tanstack/react-query";
import { client, expect } from "./client.ts";

/** Who listened to a call's recordings, for supervisors and administrators (RC-6). */
export function accessesQuery(call: string) {
  return queryOptions({
    queryKey: ["call", call, "accesses"],
    queryFn: () => expect(client.GET("/calls/{id}/accesses", { params: { path: { id: call } } })),
  });
}

export function peaksQuery(recording: string) {
  return queryOptions({
    queryKey: ["peaks", recording],
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: () => expect(client.GET("/recordings/{id}/peaks", { params: { path: { id: recording } } })),
  });
}
