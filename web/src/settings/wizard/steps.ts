import type { Destination } from "../form/destination.ts";
import type { Values } from "../form/values.ts";
import type { Row } from "../records.ts";

/** The first steps (BX-48). What is done is seen from what is there, so one may leave and go on later. Pure. */
export const steps = ["organisation", "trunk", "number", "agent", "queue", "route", "call"] as const;

export type Step = (typeof steps)[number];

/** There is what was found, newest last; nothing while it is not known. */
export interface There {
  readonly organisation: { readonly version: number };
  readonly trunks: readonly Row[];
  readonly numbers: readonly Row[];
  readonly agents: readonly Row[];
  readonly queues: readonly Row[];
  /** Calls that came in so far. */
  readonly calls: number;
}

/** doneOf says which steps are behind us. */
export function doneOf(there: There): Readonly<Record<Step, boolean>> {
  return {
    organisation: there.organisation.version > 1 || there.trunks.length > 0,
    trunk: there.trunks.length > 0,
    number: there.numbers.length > 0,
    agent: there.agents.length > 0,
    queue: there.queues.some(hasMembers),
    route: there.numbers.some(leadsToQueue),
    call: there.calls > 0,
  };
}

/** nextOf is the first step that is not done, else the last. */
export function nextOf(done: Readonly<Record<Step, boolean>>): Step {
  return steps.find((step) => !done[step]) ?? "call";
}

/** after is the step that follows one. */
export function after(step: Step): Step {
  return steps[Math.min(steps.indexOf(step) + 1, steps.length - 1)] ?? "call";
}

export const isStep = (word: string | undefined): word is Step => steps.includes(word as Step);

function hasMembers({ fields }: Row): boolean {
  const { agents, groups } = (fields.members ?? {}) as { agents?: readonly unknown[]; groups?: readonly unknown[] };
  return Boolean(agents?.length) || Boolean(groups?.length);
}

export function leadsToQueue({ fields }: Row): boolean {
  return (fields.destination as Destination | undefined)?.kind === "queue";
}

/** startOf is what a step's form already knows. */
export function startOf(step: Step, there: There, user: string): Values {
  if (step === "number") return { trunk: there.trunks[0]?.id, destination: { kind: "hangup" } };
  if (step === "agent") return { user };
  if (step === "queue") return { members: { agents: there.agents.slice(0, 1).map((agent) => agent.id), groups: [] } };
  return {};
}
