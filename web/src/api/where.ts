import { queryOptions } from "@tanstack/react-query";
import { client, expect } from "./client.ts";
import type { SayWhere } from "./types.ts";

/** Where help would be sent that is called from this network (BX-14). */
export const whereQuery = queryOptions({
  queryKey: ["where"],
  staleTime: 60_000,
  retry: false, // nobody is kept from work by it
  queryFn: () => expect(client.GET("/station/location")),
});

export const sayWhere = (said: SayWhere) => expect(client.PUT("/station/location", { body: said }));
