import type { Row } from "../records.ts";

interface Members {
  readonly agents?: readonly string[];
  readonly groups?: readonly string[];
}

/** worksForQueue tells whether an agent is a member of a queue, by itself or by a group of its user (AG-3, QU-2). Pure. */
export function worksForQueue(agent: Row, queues: readonly Row[], groups: readonly Row[]): boolean {
  const inGroups = groups
    .filter((group) => ((group.fields.users ?? []) as readonly unknown[]).includes(agent.fields.user))
    .map((group) => group.id);
  return queues.some((queue) => {
    const members = (queue.fields.members ?? {}) as Members;
    return members.agents?.includes(agent.id) || inGroups.some((id) => members.groups?.includes(id));
  });
}
