/** Mute as a pure machine. The microphone falls silent at once, whether the server can be reached or not; the server is
 * told as soon as it can be, and what it has not confirmed is shown as waiting. */

export interface Muting {
  /** The call that Mute acts on, if any. */
  readonly call?: string;
  /** What the server has said. */
  readonly muted: boolean;
  /** What the person wants, until the server says the same. */
  readonly wish?: boolean;
  /** What the server was asked for, until it refuses, says so, or is lost. */
  readonly asked?: boolean;
  /** The picture is fresh: events arrive. */
  readonly open: boolean;
}

export type MutingSignal =
  | { kind: "press" }
  // A picture or an event came.
  | { kind: "line"; call?: string; muted: boolean }
  | { kind: "lost" }
  // The link has shown again that it lives.
  | { kind: "alive" }
  | { kind: "refused" }
  | { kind: "unreachable" };

/** ask is a question to the server; its answer comes back as "refused", "unreachable", or the next picture. */
export type Ask = { call: string; muted: boolean };

export const notMuted: Muting = { muted: false, open: false };

/** silent says whether the microphone must give nothing: never more than one of server and person needs to want it. */
export const silent = (now: Muting) => now.muted || now.wish === true;

/** waiting says whether the server has yet to confirm what the person wants. */
export const waiting = (now: Muting) => now.wish !== undefined;

/** mute moves on; `ask` is what to ask the server for now. */
export function mute(now: Muting, signal: MutingSignal): { muting: Muting; ask?: Ask } {
  switch (signal.kind) {
    case "press":
      return press(now);
    case "line":
      return seen(now, signal);
    case "lost":
      return { muting: without(now, { open: false }) };
    case "alive":
      return now.open ? ask(now) : { muting: now };
    case "refused":
      return { muting: standing(now) };
    case "unreachable":
      return { muting: settled(without(now)) };
  }
}

function press(now: Muting) {
  if (now.call === undefined) return { muting: now };
  return ask(settled({ ...now, wish: !(now.wish ?? now.muted) }));
}

function seen(now: Muting, { call, muted }: { call?: string; muted: boolean }) {
  if (call === undefined) return { muting: { muted: false, open: true } };
  if (call !== now.call) return { muting: { call, muted, open: true } };
  const next = { ...now, muted, open: true };
  return ask(settled(now.asked === muted ? without(next) : next));
}

/** ask puts the wish to the server, one question at a time. */
function ask(now: Muting): { muting: Muting; ask?: Ask } {
  const { call, wish, asked, open } = now;
  if (call === undefined || wish === undefined || asked !== undefined || !open) return { muting: now };
  return { muting: { ...now, asked: wish }, ask: { call, muted: wish } };
}

/** settled drops a wish that is the case, unless a question on its way may change that. */
function settled(now: Muting): Muting {
  return now.wish === now.muted && now.asked === undefined ? standing(now) : now;
}

function without({ asked: _, ...rest }: Muting, part: Partial<Muting> = {}): Muting {
  return { ...rest, ...part };
}

function standing({ wish: _, ...rest }: Muting): Muting {
  return without(rest);
}
