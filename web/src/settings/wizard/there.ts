import { queryOptions } from "@tanstack/react-query";
import { client, expect } from "../../api/client.ts";
import { areaOf } from "../console/areas.ts";
import type { Kind } from "../form/schema.ts";
import { type Rows, rowsQuery, singleQuery } from "../records.ts";
import type { There } from "./steps.ts";

/** thereQuery looks at what the first steps have made so far; it is asked anew whenever a record changes. */
export const thereQuery = queryOptions({
  queryKey: ["records", "first-steps"],
  staleTime: 0,
  queryFn: async ({ client: queries }): Promise<There> => {
    const rows = async (kind: Kind) => {
      const { rows: found }: Rows = await queries.fetchQuery({
        ...rowsQuery(areaOf(kind), { limit: 200, sort: "created_at" }),
        staleTime: 0,
      });
      return found;
    };
    const [organisation, trunks, numbers, agents, queueRows, calls] = await Promise.all([
      queries.fetchQuery(singleQuery("organisation")),
      rows("trunk"),
      rows("number"),
      rows("agent"),
      rows("queue"),
      expect(client.GET("/calls", { params: { query: { direction: ["inbound"], limit: 1 } } })),
    ]);
    return { organisation, trunks, numbers, agents, queues: queueRows, calls: calls.total };
  },
});
