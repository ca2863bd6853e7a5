/** What this browser alone knows of the sound that it receives: how long it waits before it is heard, and what came too
 * late for that. Pure. */

/** Played holds counts since the connection began. */
export interface Played {
  readonly discarded: number;
  /** Seconds that all samples played so far have waited, and how many there were. */
  readonly waited: number;
  readonly samples: number;
}

/** playedOf reads a connection's statistics; undefined while nothing has been received. */
export function playedOf(reports: Iterable<Record<string, unknown>>): Played | undefined {
  for (const report of reports) {
    if (report.type !== "inbound-rtp" || report.kind !== "audio") continue;
    const count = (name: string) => (typeof report[name] === "number" ? report[name] : 0);
    return {
      discarded: count("packetsDiscarded"),
      waited: count("jitterBufferDelay"),
      samples: count("jitterBufferEmittedCount"),
    };
  }
  return undefined;
}

/** bufferBetween is the mean wait in milliseconds of what was played between two looks; 0 when nothing was. */
export function bufferBetween(before: Played | undefined, now: Played): number {
  const samples = now.samples - (before?.samples ?? 0);
  if (samples <= 0) return 0;
  return Math.max(0, Math.round((1000 * (now.waited - (before?.waited ?? 0))) / samples));
}
