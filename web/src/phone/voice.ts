import { renewVoice, startStation, stopStation, tellPlayed, voicePaths } from "../api/commands.ts";
import { Problem, words } from "../api/problem.ts";
import { createStore, type Store } from "../live/store.ts";
import { type Action, handle, type Phone, type Signal, stopped } from "./machine.ts";
import { openMicrophone } from "./microphone.ts";
import { bufferBetween, type Played } from "./playout.ts";
import { preferences } from "./preferences.ts";
import { sendTo, unlockSound } from "./sound.ts";
import { openPeer, type Peer } from "./webrtc.ts";

/** Voice carries out what the phone's machine decides: microphone, connection, sound. */
export interface Voice {
  readonly phone: Store<Phone>;
  readonly microphone: Store<MediaStream | undefined>;
  readonly lastError: Store<string | undefined>;
  signal(signal: Signal): void;
  /** Starts ICE anew on that leg, if it is the present one: its sound does not get through (BX-57). */
  renew(leg: string): void;
  /** Tells the server how the sound of a call plays here, for its quality (SP-12). */
  tellPlayed(): Promise<void>;
  /** Says whether calls come by a beep, without Answer, from the next connection on (VC-5). */
  stay(persistent: boolean): void;
  /** Stops the microphone's sound at once, without waiting for the server. */
  silence(on: boolean): void;
  /** Sends a digit to the far side; false when there is no connection to send it on. */
  digit(digit: string): boolean;
  close(): void;
}

/** openVoice makes the softphone of one tab; nothing happens until it hears "start". */
export function openVoice(tab: string): Voice {
  const phone = createStore<Phone>(stopped);
  const microphone = createStore<MediaStream | undefined>(undefined);
  const lastError = createStore<string | undefined>(undefined);
  const speaker = new Audio();
  speaker.autoplay = true;
  let peer: Peer | undefined;
  let leg = "";
  let told: { leg: string; played: Played } | undefined;
  let renewal = 0; // counts them: an answer to an older offer fits no more
  const paths = keptPaths();
  let silent = false;
  let persistent = false;
  let timer = 0;

  function signal(heard: Signal) {
    const before = phone.get();
    const { phone: next, actions } = handle(before, heard);
    if (next.stage !== before.stage) clearTimeout(timer);
    phone.set(next);
    for (const action of actions) carryOut(action);
  }

  function carryOut(action: Action): void {
    switch (action.do) {
      case "unlock-sound":
        unlockSound();
        askForNotifications();
        return;
      case "open-microphone":
        void takeMicrophone();
        return;
      case "use-microphone":
        void switchMicrophone();
        return;
      case "close-microphone":
        closeMicrophone();
        return;
      case "open-voice":
        void connect(action.attempt, action.takeover);
        return;
      case "renew-voice":
        void renew(action.attempt);
        return;
      case "close-voice":
        peer?.close();
        peer = undefined;
        return;
      case "wait":
        clearTimeout(timer);
        timer = window.setTimeout(() => signal({ kind: "time-up", attempt: action.attempt }), action.seconds * 1000);
        return;
      case "tell-stopped":
        void stopStation(tab, phone.get().stage === "stopped").catch((error: unknown) => lastError.set(words(error)));
    }
  }

  async function takeMicrophone() {
    const opened = await openMicrophone(preferences.get());
    if (typeof opened === "string") {
      signal({ kind: "microphone-refused", fault: opened });
      return;
    }
    const old = microphone.get();
    const track = opened.getAudioTracks()[0];
    if (track) {
      track.enabled = !silent;
      track.onended = () => microphone.get() === opened && signal({ kind: "microphone-lost" });
    }
    microphone.set(opened);
    for (const gone of old?.getTracks() ?? []) gone.stop();
    signal({ kind: "microphone-open" });
    if (phone.get().stage === "stopped") closeMicrophone();
  }

  async function switchMicrophone() {
    const track = microphone.get()?.getAudioTracks()[0];
    if (track) await peer?.use(track).catch((error: unknown) => lastError.set(words(error)));
  }

  function closeMicrophone() {
    const old = microphone.get();
    microphone.set(undefined);
    for (const track of old?.getTracks() ?? []) track.stop();
  }

  async function connect(attempt: number, takeover: boolean) {
    const track = microphone.get()?.getAudioTracks()[0];
    if (!track) return signal({ kind: "voice", attempt, state: "failed" });
    try {
      const servers = await paths();
      if (phone.get().attempt !== attempt) return;
      const mine = openPeer(track, servers, {
        state: (state) => signal({ kind: "voice", attempt, state }),
        path: (path) => signal({ kind: "path", attempt, path }),
        sound: play,
      });
      peer = mine;
      const started = await startStation({ tab, sdp: await mine.offer(), takeover, persistent });
      if (peer !== mine) return;
      leg = started.leg;
      await mine.accept(started.sdp);
    } catch (error) {
      lastError.set(words(error));
      const { status, unreachable } = trouble(error);
      signal({ kind: "refused", attempt, sentence: words(error), elsewhere: status === 409, unreachable });
    }
  }

  async function renew(attempt: number) {
    const mine = peer;
    const mineIs = ++renewal;
    const stale = () => peer !== mine || renewal !== mineIs;
    if (!mine) return signal({ kind: "not-renewed", attempt, gone: true });
    try {
      const sdp = await mine.restart(await paths());
      if (stale()) return;
      const answer = await renewVoice({ leg, sdp });
      if (stale()) return;
      await mine.accept(answer.sdp);
      signal({ kind: "renewed", attempt });
    } catch (error) {
      if (stale()) return;
      lastError.set(words(error));
      signal({ kind: "not-renewed", attempt, gone: !trouble(error).unreachable });
    }
  }

  async function playout() {
    const played = await peer?.played();
    if (!played || !leg) return;
    const before = told?.leg === leg ? told.played : undefined;
    told = { leg, played };
    await tellPlayed({ leg, discarded: played.discarded, buffer_ms: bufferBetween(before, played) });
  }

  const moved = () => signal({ kind: "network" });
  const network = (navigator as { connection?: EventTarget }).connection;
  window.addEventListener("online", moved);
  network?.addEventListener("change", moved);

  function play(stream: MediaStream) {
    speaker.srcObject = stream;
    void sendTo(speaker, preferences.get().speaker);
    void speaker.play().catch((error: unknown) => lastError.set(words(error)));
  }

  let last = preferences.get();
  const unwatch = preferences.subscribe(() => {
    const next = preferences.get();
    if (next.speaker !== last.speaker) void sendTo(speaker, next.speaker);
    const heardAs = ["microphone", "noiseSuppression", "echoCancellation", "autoGainControl"] as const;
    const other = heardAs.some((key) => next[key] !== last[key]);
    last = next;
    if (other) signal({ kind: "microphone-lost" });
  });

  return {
    phone,
    microphone,
    lastError,
    signal,
    renew: (broken) => broken === leg && signal({ kind: "broken" }),
    tellPlayed: () => playout().catch(() => undefined), // one that is missed says nothing; the next tells all
    stay(on) {
      persistent = on;
    },
    silence(on) {
      silent = on;
      for (const track of microphone.get()?.getAudioTracks() ?? []) track.enabled = !on;
    },
    digit: (digit) => peer?.digit(digit) ?? false,
    close() {
      unwatch();
      window.removeEventListener("online", moved);
      network?.removeEventListener("change", moved);
      clearTimeout(timer);
      peer?.close();
      closeMicrophone();
      speaker.srcObject = null;
    },
  };
}

/** trouble tells a server that cannot be reached from one that refuses. */
function trouble(error: unknown) {
  const status = error instanceof Problem ? error.status : 0;
  return { status, unreachable: status === 0 || status >= 500 };
}

const pathsFor = 45 * 60_000; // the server gives them for an hour

/** keptPaths asks for the relays once and then only when their pass grows old: a repair must not take longer for it. */
function keptPaths(): () => Promise<RTCIceServer[]> {
  let kept: RTCIceServer[] = [];
  let at = Number.NEGATIVE_INFINITY;
  return async () => {
    if (performance.now() - at < pathsFor) return kept;
    kept = (await voicePaths()).ice_servers;
    at = performance.now();
    return kept;
  };
}

function askForNotifications() {
  if ("Notification" in window && Notification.permission === "default") void Notification.requestPermission();
}
