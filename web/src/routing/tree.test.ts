import { expect, test } from "vitest";
import { type Branch, counted, type Graph, liveCalls, treeOf } from "./tree.ts";

const graph: Graph = {
  number: "+3225550100",
  label: "Main",
  nodes: [
    { kind: "time_router", target: "r", name: "Hours", live: 0 },
    { kind: "menu", target: "m", name: "Main menu", live: 2 },
    { kind: "queue", target: "q", name: "Sales", live: 3 },
    { kind: "mailbox", target: "b", live: 0, trouble: "this mailbox does not exist" },
  ],
  edges: [
    { from: -1, to: 0, way: "number" },
    { from: 0, to: 1, way: "entry", label: "Open" },
    { from: 0, to: 3, way: "default" },
    { from: 1, to: 2, way: "key", label: "1" },
    { from: 1, to: 1, way: "key", label: "9" },
    { from: 1, to: 2, way: "default" },
  ],
};

const words = (all: readonly Branch[], depth = 0): string[] =>
  all.flatMap((b) => [
    `${"  ".repeat(depth)}${b.way} ${b.label}> ${b.node.name ?? b.node.trouble}${b.again ? " (above)" : ""}`,
    ...words(b.branches, depth + 1),
  ]);

test("a graph with a loop becomes a tree that ends", () => {
  expect(words(treeOf(graph))).toEqual([
    "number > Hours",
    "  entry Open> Main menu",
    "    key 1> Sales",
    "    key 9> Main menu (above)",
    "    default > Sales (above)",
    "  default > this mailbox does not exist",
  ]);
});

test("every branch has a key of its own, and calls are counted once", () => {
  const keys = (all: readonly Branch[]): string[] => all.flatMap((b) => [b.key, ...keys(b.branches)]);
  const all = keys(treeOf(graph));
  expect(new Set(all).size).toBe(all.length);
  expect(liveCalls(graph)).toBe(5);
});

test("calls are where the live picture says, and nowhere else", () => {
  expect(counted(graph, undefined)).toBe(graph);
  const places = [
    { kind: "queue", target: "q", live: 5 },
    { kind: "queue", target: "other", live: 9 },
    { kind: "menu", target: "m", live: 0 },
  ];
  const now = counted(graph, places);
  expect(now.nodes.map((node) => node.live)).toEqual([0, 0, 5, 0]);
  expect(liveCalls(now)).toBe(5);
});
