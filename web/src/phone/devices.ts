import { createStore } from "../live/store.ts";

/** The sound devices of this machine. Browsers name them only once the microphone was allowed. */
export interface Devices {
  readonly microphones: readonly MediaDeviceInfo[];
  readonly speakers: readonly MediaDeviceInfo[];
}

const source = createStore<Devices>({ microphones: [], speakers: [] });

/** readDevices looks again; call it after the microphone was opened. */
export async function readDevices(): Promise<void> {
  if (!navigator.mediaDevices) return;
  const all = await navigator.mediaDevices.enumerateDevices();
  const named = all.filter((device) => device.deviceId !== "");
  source.set({
    microphones: named.filter((device) => device.kind === "audioinput"),
    speakers: named.filter((device) => device.kind === "audiooutput"),
  });
}

export const devices = { get: source.get, subscribe: source.subscribe };

if (typeof navigator !== "undefined") {
  navigator.mediaDevices?.addEventListener("devicechange", () => void readDevices());
}
