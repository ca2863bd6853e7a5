import { createStore } from "../live/store.ts";

/** What this browser remembers about sound and keys (SP-16, SP-17, BX-61). An empty device is the system's own choice. */
export interface Preferences {
  readonly microphone: string;
  readonly speaker: string;
  readonly ringtone: string;
  readonly noiseSuppression: boolean;
  readonly echoCancellation: boolean;
  readonly autoGainControl: boolean;
  readonly keys: boolean;
}

const place = "parley.preferences";

const initial: Preferences = {
  microphone: "",
  speaker: "",
  ringtone: "",
  noiseSuppression: true,
  echoCancellation: true,
  autoGainControl: true,
  keys: true,
};

/** parse reads what was kept, field by field, so that an older or damaged value costs only itself. */
export function parse(kept: string | null): Preferences {
  let found: Record<string, unknown> = {};
  try {
    const value: unknown = JSON.parse(kept ?? "{}");
    if (typeof value === "object" && value !== null) found = value as Record<string, unknown>;
  } catch {
    return initial;
  }
  const text = (key: "microphone" | "speaker" | "ringtone") =>
    typeof found[key] === "string" ? found[key] : initial[key];
  const flag = (key: "noiseSuppression" | "echoCancellation" | "autoGainControl" | "keys") =>
    typeof found[key] === "boolean" ? found[key] : initial[key];
  return {
    microphone: text("microphone"),
    speaker: text("speaker"),
    ringtone: text("ringtone"),
    noiseSuppression: flag("noiseSuppression"),
    echoCancellation: flag("echoCancellation"),
    autoGainControl: flag("autoGainControl"),
    keys: flag("keys"),
  };
}

const source = createStore<Preferences>(initial);
if (typeof localStorage !== "undefined") source.set(parse(localStorage.getItem(place)));

export const preferences = {
  get: source.get,
  subscribe: source.subscribe,
  change(part: Partial<Preferences>) {
    const next = { ...source.get(), ...part };
    source.set(next);
    localStorage.setItem(place, JSON.stringify(next));
  },
};
