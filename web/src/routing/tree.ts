import type { components } from "../api/schema.gen.ts";

export type Graph = components["schemas"]["GraphOutputBody"];
type Node = Graph["nodes"][number];
type Place = components["schemas"]["Place"];
type Edge = Graph["edges"][number];

/** Branch is a way and the place to which it leads, with the ways out of it. */
export interface Branch {
  readonly key: string;
  readonly way: Edge["way"];
  readonly label: string;
  readonly node: Node;
  /** The place has been drawn already, above: its ways are not repeated. */
  readonly again: boolean;
  readonly branches: readonly Branch[];
}

/** treeOf unrolls a graph into a tree that people can read. Each place is drawn whole once, where it is reached first. */
export function treeOf(graph: Graph): Branch[] {
  const drawn = new Set<number>();
  const out = (from: number, path: string): Branch[] =>
    graph.edges.flatMap((edge, place) => {
      if (edge.from !== from) return [];
      const node = graph.nodes[edge.to];
      if (!node) return [];
      const key = `${path}.${place}`;
      const again = drawn.has(edge.to);
      drawn.add(edge.to);
      return [{ key, way: edge.way, label: edge.label ?? "", node, again, branches: again ? [] : out(edge.to, key) }];
    });
  return out(-1, "");
}

/** liveCalls counts the calls that are somewhere in a graph now. */
export const liveCalls = (graph: Graph): number => graph.nodes.reduce((sum, node) => sum + node.live, 0);

/** counted puts the calls that are at each place now into a graph; until they are known it says its own. */
export function counted(graph: Graph, places: readonly Place[] | undefined): Graph {
  if (!places) return graph;
  const at = new Map(places.map(({ kind, target, live }) => [`${kind}:${target}`, live]));
  return {
    ...graph,
    nodes: graph.nodes.map((node) => ({ ...node, live: at.get(`${node.kind}:${node.target}`) ?? 0 })),
  };
}
