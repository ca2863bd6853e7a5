/** A number whose menu leads to a queue. */
export const graph = {
  number: "+12025550100",
  label: "Main",
  nodes: [
    { kind: "menu", target: "menu-1", name: "Welcome", live: 1 },
    { kind: "queue", target: "queue-1", name: "Sales", live: 0 },
  ],
  edges: [
    { from: -1, to: 0, way: "number" },
    { from: 0, to: 1, way: "key", label: "1" },
  ],
};

/** What is stored and can hardly be meant. */
export const warnings = [
  { kind: "organisation", id: "", name: "", field: "fallback", what: "leads to a mailbox that is off" },
  { kind: "time_router", id: "router-1", name: "Open hours", field: "default", what: "hangs up on callers" },
];
