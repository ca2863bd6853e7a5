/** The softphone's connection as a pure machine: signals in, the next state and actions out. What carries the actions
 * out is phone.ts; calls themselves are decided by the server and seen in the live picture. */

export type MicrophoneFault = "denied" | "missing" | "busy" | "insecure" | "no-webrtc";

export type Failure =
  | { kind: "microphone"; fault: MicrophoneFault }
  | { kind: "voice" }
  | { kind: "refused"; sentence: string; elsewhere: boolean };

export type Stage =
  | "stopped" // Start is offered
  | "opening" // the microphone is asked for
  | "connecting" // the voice connection is made for the first time
  | "ready" // sound can flow
  | "repairing" // it could, and will again
  | "failed" // it could not be started; failure says why
  | "elsewhere"; // another tab has the phone

/** How sound gets to the server: straight, or through its relay where a network blocks UDP. */
export type Path = "direct" | "relay";

/** What a repair is at: a short grace first, then ICE starts anew on the connection that is there, then, when the server
 * has let that go or it stays silent, another connection is made. */
type Mend = "soon" | "asked" | "answered" | "later" | "anew";

export interface Phone {
  readonly stage: Stage;
  /** Counts the voice connections tried, so that news of an older one is told from news of this one. */
  readonly attempt: number;
  /** Tries since the voice connection was last good. */
  readonly tries: number;
  readonly takeover: boolean;
  /** The server holds the connection of this attempt, as far as is known. */
  readonly held?: boolean;
  /** Only while repairing. */
  readonly mend?: Mend;
  readonly path?: Path;
  readonly failure?: Failure;
}

export type Signal =
  | { kind: "start"; takeover: boolean }
  | { kind: "stop" }
  | { kind: "microphone-open" }
  | { kind: "microphone-refused"; fault: MicrophoneFault }
  | { kind: "microphone-lost" }
  | { kind: "refused"; attempt: number; sentence: string; elsewhere: boolean; unreachable: boolean }
  | { kind: "voice"; attempt: number; state: "connected" | "disconnected" | "failed" }
  | { kind: "path"; attempt: number; path: Path }
  // The server has answered an offer that starts ICE anew.
  | { kind: "renewed"; attempt: number }
  // It has not: it could not be reached, or the connection is gone.
  | { kind: "not-renewed"; attempt: number; gone: boolean }
  // The browser is on another network, or on one again.
  | { kind: "network" }
  // The server finds that the sound of a call does not get through (BX-57).
  | { kind: "broken" }
  | { kind: "taken-over" }
  // A fresh picture came. It says whose the station is: this tab's, another's, or nobody's.
  | { kind: "snapshot"; station: "mine" | "other" | "none" }
  | { kind: "time-up"; attempt: number };

export type Action =
  | { do: "unlock-sound" }
  | { do: "open-microphone" }
  | { do: "use-microphone" }
  | { do: "close-microphone" }
  | { do: "open-voice"; attempt: number; takeover: boolean }
  | { do: "renew-voice"; attempt: number }
  | { do: "close-voice" }
  | { do: "wait"; attempt: number; seconds: number }
  | { do: "tell-stopped" };

export interface Outcome {
  readonly phone: Phone;
  readonly actions: readonly Action[];
}

const connectSeconds = 10;
const disconnectedSeconds = 2; // BX-52

export const stopped: Phone = { stage: "stopped", attempt: 0, tries: 0, takeover: false };

const closing: readonly Action[] = [{ do: "close-voice" }, { do: "close-microphone" }];

/** handle moves the phone on; a signal that means nothing in this stage changes nothing. */
export function handle(phone: Phone, signal: Signal): Outcome {
  if ("attempt" in signal && signal.attempt !== phone.attempt) return stay(phone);
  switch (signal.kind) {
    case "start":
      return start(phone, signal.takeover);
    case "stop":
      return phone.stage === "stopped" ? stay(phone) : end(phone, "stopped");
    case "microphone-open":
      return microphoneOpen(phone);
    case "microphone-refused":
      return working(phone) ? end(phone, "failed", { kind: "microphone", fault: signal.fault }) : stay(phone);
    case "microphone-lost":
      return connected(phone) ? { phone, actions: [{ do: "open-microphone" }] } : stay(phone);
    case "refused":
      return refused(phone, signal);
    case "voice":
      return voice(phone, signal.state);
    case "path":
      return connected(phone) ? { phone: { ...phone, path: signal.path }, actions: [] } : stay(phone);
    case "renewed":
      return phone.mend === "asked" ? { phone: { ...phone, mend: "answered" }, actions: [] } : stay(phone);
    case "not-renewed":
      return notRenewed(phone, signal.gone);
    case "network":
    case "broken":
      return network(phone);
    case "taken-over":
      return working(phone) ? end(phone, "elsewhere") : stay(phone);
    case "snapshot":
      return snapshot(phone, signal.station);
    case "time-up":
      return timeUp(phone);
  }
}

const stay = (phone: Phone): Outcome => ({ phone, actions: [] });

/** working says whether the phone holds, or is getting, what another tab or a stop would take away. */
export const working = (phone: Phone) => phone.stage === "opening" || connected(phone);

const connected = ({ stage }: Phone) => stage === "connecting" || stage === "ready" || stage === "repairing";

/** end leaves nothing open; a new attempt number makes late news of the closed connection harmless. */
function end(phone: Phone, stage: "stopped" | "failed" | "elsewhere", failure?: Failure): Outcome {
  // The server may count on this tab: one that stops, or cannot be heard, must not be rung.
  const tell = connected(phone) && (stage === "stopped" || failure?.kind === "voice");
  const next = { stage, attempt: phone.attempt + 1, tries: 0, takeover: false };
  return {
    phone: failure ? { ...next, failure } : next,
    actions: tell ? [...closing, { do: "tell-stopped" }] : closing,
  };
}

function start(phone: Phone, takeover: boolean): Outcome {
  if (working(phone)) return stay(phone);
  const next: Phone = { stage: "opening", attempt: phone.attempt, tries: 0, takeover };
  return { phone: next, actions: [{ do: "unlock-sound" }, { do: "open-microphone" }] };
}

function microphoneOpen(phone: Phone): Outcome {
  if (phone.stage === "opening") return connect(phone, "connecting");
  return connected(phone) ? { phone, actions: [{ do: "use-microphone" }] } : stay(phone);
}

function connect(phone: Phone, stage: "connecting" | "repairing"): Outcome {
  const attempt = phone.attempt + 1;
  const fresh: Phone = { stage, attempt, tries: phone.tries + 1, takeover: phone.takeover };
  const next: Phone = stage === "repairing" ? { ...fresh, mend: "anew" } : fresh;
  return {
    phone: next,
    actions: [
      { do: "close-voice" },
      { do: "open-voice", attempt, takeover: phone.takeover },
      { do: "wait", attempt, seconds: connectSeconds },
    ],
  };
}

function refused(phone: Phone, signal: Extract<Signal, { kind: "refused" }>): Outcome {
  const { sentence, elsewhere, unreachable } = signal;
  if (phone.stage === "repairing" && unreachable) return later(phone);
  if (phone.stage === "repairing" && elsewhere) return end(phone, "elsewhere");
  if (!connected(phone)) return stay(phone);
  return end(phone, "failed", { kind: "refused", sentence, elsewhere });
}

/** later waits a little longer after every try; a link that opens cuts the wait short. */
function later(phone: Phone): Outcome {
  const seconds = Math.min(2 ** phone.tries, 15);
  return { phone: { ...phone, mend: "later" }, actions: [{ do: "wait", attempt: phone.attempt, seconds }] };
}

/** repair keeps the connection if it can: call, keys and sound go on behind it (BX-52). */
function repair(phone: Phone): Outcome {
  if (!phone.held) return connect(phone, "repairing");
  const { attempt } = phone;
  return {
    phone: { ...phone, stage: "repairing", mend: "asked", tries: phone.tries + 1 },
    actions: [
      { do: "renew-voice", attempt },
      { do: "wait", attempt, seconds: connectSeconds },
    ],
  };
}

function notRenewed(phone: Phone, gone: boolean): Outcome {
  if (phone.stage === "ready" && gone) return connect(phone, "repairing");
  if (phone.mend !== "asked") return stay(phone);
  return gone ? connect(phone, "repairing") : later(phone);
}

/** network starts ICE anew at once. While all seems well it does so without a word: sound may still flow. */
function network(phone: Phone): Outcome {
  if (phone.stage === "ready") return { phone, actions: [{ do: "renew-voice", attempt: phone.attempt }] };
  const idle = phone.mend === "soon" || phone.mend === "later" || phone.mend === "asked";
  return phone.stage === "repairing" && idle ? repair(phone) : stay(phone);
}

function voice(phone: Phone, state: "connected" | "disconnected" | "failed"): Outcome {
  if (!connected(phone)) return stay(phone);
  if (state === "connected") return ready(phone);
  if (phone.stage === "connecting") {
    return state === "failed" ? end(phone, "failed", { kind: "voice" }) : stay(phone);
  }
  if (state === "failed") return failed(phone);
  if (phone.stage !== "ready") return stay(phone);
  const wait: Action = { do: "wait", attempt: phone.attempt, seconds: disconnectedSeconds };
  return { phone: { ...phone, stage: "repairing", mend: "soon" }, actions: [wait] };
}

function ready({ attempt, path }: Phone): Outcome {
  // From here on this tab has the phone: a repair must never take it back from a tab that took over since.
  const next: Phone = { stage: "ready", attempt, tries: 0, takeover: false, held: true };
  return { phone: path ? { ...next, path } : next, actions: [] };
}

/** failed repairs at once, unless a repair waits for the server anyway. */
function failed(phone: Phone): Outcome {
  if (phone.stage === "ready" || phone.mend === "soon") return repair(phone);
  return phone.mend === "asked" || phone.mend === "later" ? stay(phone) : connect(phone, "repairing");
}

/** snapshot takes the phone up again after a reload (BX-51) and after a server that lost it; a tab that lost its phone
 * while it was away says so. */
function snapshot(phone: Phone, station: "mine" | "other" | "none"): Outcome {
  if (phone.stage === "stopped" && station === "mine") return start(phone, false);
  const held = phone.stage === "ready" || phone.stage === "repairing";
  if (held && station === "other") return end(phone, "elsewhere");
  const lost = phone.stage === "ready" || phone.mend === "soon" || phone.mend === "later";
  if (lost && station === "none") return connect(phone, "repairing");
  return phone.mend === "later" ? repair(phone) : stay(phone);
}

function timeUp(phone: Phone): Outcome {
  if (phone.stage === "connecting") return end(phone, "failed", { kind: "voice" });
  if (phone.stage !== "repairing") return stay(phone);
  return phone.mend === "answered" ? connect(phone, "repairing") : repair(phone);
}
