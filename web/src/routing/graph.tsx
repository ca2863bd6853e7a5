import { useQuery } from "@tanstack/react-query";
import { useEffect } from "react";
import { words } from "../api/problem.ts";
import { useDesk, useLive } from "../phone/context.ts";
import { Badge, Note } from "../ui/parts.tsx";
import { graphQuery } from "./queries.ts";
import { type Branch, counted, liveCalls, treeOf } from "./tree.ts";
import { say } from "./words.ts";

/** RoutingGraph draws where a number's calls go, with the calls that are there now. */
export function RoutingGraph({ id }: { id: string }) {
  const { feed } = useDesk();
  useEffect(() => {
    feed.watch("places", true);
    return () => feed.watch("places", false);
  }, [feed]);
  const places = useLive((live) => live.places);
  const { data: graph, error } = useQuery(
    graphQuery(
      id,
      useLive((live) => live.now),
    ),
  );
  if (error) return <Note tone="red">{words(error)}</Note>;
  if (!graph) return null;
  const data = counted(graph, places);
  return (
    <section aria-label={say("graph", { number: data.label })}>
      <h2 className="routing-number">
        {data.label}
        <Calls count={liveCalls(data)} />
      </h2>
      <Branches all={treeOf(data)} />
    </section>
  );
}

function Branches({ all }: { all: readonly Branch[] }) {
  if (all.length === 0) return null;
  return (
    <ul className="routing-tree">
      {all.map((branch) => (
        <li key={branch.key}>
          <div className="routing-place">
            <span className="routing-way">{say(`way.${branch.way}`, { label: branch.label })}</span>
            <span className="routing-kind">{say(`kind.${branch.node.kind}`)}</span>
            {branch.node.name && <strong>{branch.node.name}</strong>}
            {branch.again ? <span className="routing-again">{say("again")}</span> : <Calls count={branch.node.live} />}
            {branch.node.trouble && <Badge tone="red">{branch.node.trouble}</Badge>}
          </div>
          <Branches all={branch.branches} />
        </li>
      ))}
    </ul>
  );
}

function Calls({ count }: { count: number }) {
  return count > 0 ? <Badge tone="accent">{say("live", { count })}</Badge> : null;
}
