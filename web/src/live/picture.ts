/** The live picture of the site: one snapshot, then numbered events. Pure. */

import type {
  AgentLive,
  Bell,
  Freed,
  Gone,
  Help,
  Line,
  Lock,
  Look,
  MailboxCount,
  Me,
  Override,
  Parked,
  Person,
  Place,
  QueueLive,
  RenewVoice,
  Ring,
  Snapshot,
  TakenOver,
  Unlocked,
  Updated,
  WaitingLive,
} from "../api/types.ts";

export type {
  AgentLive,
  Help,
  Line,
  Lock,
  Me,
  Override,
  QueueLive,
  Snapshot,
  WaitingLive,
  WrapUp,
} from "../api/types.ts";

export type Status = Me["status"];
export type Next = NonNullable<Me["next"]>;
export type Light = Me["lights"]["call_routing"];

/** The presence that follows from the status on_call, which says it already. */
export const onCallPresence = "busy_on_a_call";

/** Live is the picture with the number of the last event in it. */
export interface Live extends Snapshot {
  readonly seq: number;
}

export type LiveEvent =
  | { seq: number; kind: "me"; data: Me }
  | { seq: number; kind: "queue"; data: QueueLive }
  | { seq: number; kind: "agent"; data: AgentLive }
  | { seq: number; kind: "waiting"; data: WaitingLive }
  | { seq: number; kind: "waiting.gone"; data: Gone }
  | { seq: number; kind: "help"; data: Help }
  | { seq: number; kind: "help.gone"; data: Gone }
  | { seq: number; kind: "parked"; data: Parked }
  | { seq: number; kind: "parked.gone"; data: Freed }
  | { seq: number; kind: "mailboxes"; data: MailboxCount[] }
  | { seq: number; kind: "bell"; data: Bell }
  | { seq: number; kind: "presence"; data: Look }
  | { seq: number; kind: "person"; data: Person }
  | { seq: number; kind: "place"; data: Place }
  | { seq: number; kind: "ring"; data: Ring }
  | { seq: number; kind: "taken_over"; data: TakenOver }
  | { seq: number; kind: "renew_voice"; data: RenewVoice }
  | { seq: number; kind: "call.updated"; data: Updated }
  | { seq: number; kind: "override"; data: Override }
  | { seq: number; kind: "lock"; data: Lock }
  | { seq: number; kind: "lock.gone"; data: Unlocked }
  | { seq: number; kind: "notice"; data: { level: "info" | "warning" | "error"; text: string } };

/** apply is the only place where the picture changes. It returns undefined when an event is missing: ask for a new
 * snapshot. An event of a kind this version does not know only moves the number on. */
export function apply(live: Live, event: LiveEvent): Live | undefined {
  if (event.seq <= live.seq) return live; // already in the snapshot
  if (event.seq !== live.seq + 1) return undefined;
  const next = { ...live, seq: event.seq };
  switch (event.kind) {
    case "me":
      return { ...next, me: event.data };
    case "queue":
      return { ...next, queues: upsert(live.queues, event.data, (queue) => queue.id) };
    case "agent":
      return { ...next, agents: upsert(live.agents, event.data, (agent) => agent.id) };
    case "waiting":
      return { ...next, waiting: upsert(live.waiting, event.data, (caller) => caller.call) };
    case "waiting.gone":
      return { ...next, waiting: live.waiting.filter((caller) => caller.call !== event.data.call) };
    case "help":
      return { ...next, helps: upsert(live.helps, event.data, (one) => one.call) };
    case "help.gone":
      return { ...next, helps: live.helps.filter((one) => one.call !== event.data.call) };
    case "parked":
      return { ...next, parked: parkedIn(live.parked, event.data) };
    case "parked.gone":
      return { ...next, parked: live.parked.filter((one) => one.slot !== event.data.slot) };
    case "override":
      return { ...next, overrides: overridden(live, event.data) };
    case "lock":
      return { ...next, locks: upsert(live.locks, event.data, (lock) => lock.agent) };
    case "lock.gone":
      return { ...next, locks: live.locks.filter((lock) => lock.agent !== event.data.agent) };
    case "presence":
      return { ...next, presence: event.data };
    case "person":
      return { ...next, people: upsert(live.people ?? [], event.data, (person) => person.user) };
    case "place":
      return { ...next, places: upsert(live.places ?? [], event.data, (place) => place.kind + place.target) };
    case "mailboxes":
      return { ...next, mailboxes: event.data };
    case "bell":
      return { ...next, bell: event.data };
    default:
      return next;
  }
}

/** overridden keeps the requests that wait and the approvals that hold; of one's own also the answer that was no, until the
 * next request. */
function overridden(live: Live, now: Override): Override[] {
  const mine = now.agent === live.me.agent;
  const others = live.overrides.filter((old) => old.id !== now.id && !(mine && old.agent === now.agent && over(old)));
  const stays = now.state === "requested" || now.state === "approved" || (mine && over(now));
  return stays ? [...others, now] : others;
}

const over = ({ state }: Override) => state === "denied" || state === "timeout";

/** parkedIn keeps the slots in their order. */
const parkedIn = (list: readonly Parked[], one: Parked) =>
  upsert(list, one, ({ slot }) => slot).toSorted((a, b) => a.slot.localeCompare(b.slot));

/** upsert keeps the place of what it replaces, so that tables do not jump. */
function upsert<T>(list: readonly T[], item: T, key: (item: T) => string): T[] {
  const at = list.findIndex((old) => key(old) === key(item));
  return at < 0 ? [...list, item] : list.with(at, item);
}

/** endedSeconds is how long a line that has ended stays in sight. */
const endedSeconds = 8;

/** linesAt leaves out lines that ended a while before a moment, given in milliseconds of the server's clock. */
export function linesAt(me: Me | undefined, now: number): Line[] {
  return (me?.lines ?? []).filter(
    (line) => line.state !== "ended" || now - Date.parse(line.since) < endedSeconds * 1000,
  );
}

/** ringing is the line that waits for Answer. */
export function ringing(me: Me | undefined): Line | undefined {
  return me?.lines.find((line) => line.state === "incoming");
}

/** byTelephone says whether the voice of this session comes by another telephone than the browser or the desk phone. */
export function byTelephone(me: Me | undefined): boolean {
  return me?.voice !== undefined && me.voice.mode !== "web";
}

/** atWork says whether something of the person's can ring, or could until its line was lost. */
export function atWork(me: Me): boolean {
  const path = me.voice?.path;
  return me.started || me.desk.working || (byTelephone(me) && path !== "awaited" && path !== "connecting");
}

/** talking is the line that Mute, Hold, Keypad and Hang up act on: the one with sound, else the one dialled or held. */
export function talking(me: Me | undefined): Line | undefined {
  const order: Line["state"][] = ["active", "dialling", "held"];
  for (const state of order) {
    const line = me?.lines.find((candidate) => candidate.state === state);
    if (line) return line;
  }
  return undefined;
}
