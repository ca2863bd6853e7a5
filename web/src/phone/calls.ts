import {
  answerOffer,
  callCommand,
  chooseOutcome,
  connectVoice,
  disconnectVoice,
  endWrapUp,
  extendWrapUp,
  pickUp,
  placeCall,
  type RecordCommand,
  rejectOffer,
  setStatus,
  toggleQueue,
  workOnDeskPhone,
} from "../api/commands.ts";
import { isUnreachable, words } from "../api/problem.ts";
import type { StatusChoice, VoiceChoice } from "../api/types.ts";
import type { Feed } from "../live/feed.ts";
import { asksHowToLeave, linesOf, mainLine, stageOf, type Way, waysOf } from "../live/in-call.ts";
import { type Line, ringing, talking } from "../live/picture.ts";
import { createStore, type Store } from "../live/store.ts";
import { type Ask, type Muting, type MutingSignal, mute, notMuted, silent, waiting } from "./muting.ts";
import { dialable } from "./number.ts";
import { type RecordingChange, recordingChange } from "./recording.ts";
import { keyTone } from "./sound.ts";
import type { Voice } from "./voice.ts";

/** What the dial pad holds. */
export interface Pad {
  readonly number: string;
  /** The caller ID chosen by hand; empty means the preselected one. */
  readonly from: string;
  /** Why the last Dial did not become a call. */
  readonly refusal: string;
}

/** Asking is what the person is being asked about a call: whom to bring in, or how to leave (TR-6). */
export interface Asking {
  readonly what: Way | "leave";
  readonly call: string;
  /** Which kind of transfer is chosen first. */
  readonly kind?: "convert";
}

/** Calls is what a person can do with calls and status here. Each asks the server; the answer is seen in the picture. */
export interface Calls {
  /** The names of commands the server has not answered yet. */
  readonly pending: Store<ReadonlySet<string>>;
  readonly pad: Store<Pad>;
  readonly keypadOpen: Store<boolean>;
  readonly asking: Store<Asking | undefined>;
  /** Mute as the person sees it: it works without the server too. */
  readonly muting: Store<Muting>;
  writePad(part: Partial<Pad>): void;
  showKeypad(open: boolean): void;
  dial(number: string): void;
  /** Answers what rings at a colleague (BX-26). */
  pickUp(agent: string): void;
  answer(): void;
  reject(): void;
  /** Hangs up, or asks how where others would stay. */
  hangUp(call?: string): void;
  /** Opens or closes what a call is asked about; a way that there is not now stays shut. */
  ask(next: Asking | undefined): void;
  /** Opens the ways to a transfer of the call in hand. */
  transfer(): void;
  /** Runs a command under a name; whether the server took it. A refusal is complained of, or told to `refused`. */
  run(name: string, task: () => Promise<unknown>, refused?: (sentence: string) => void): Promise<boolean>;
  toggleMute(): void;
  toggleHold(): void;
  record(command: RecordCommand): void;
  digit(digit: string): void;
  setStatus(choice: StatusChoice): void;
  chooseOutcome(call: string, outcome: string): void;
  toggleQueue(queue: string, on: boolean): void;
  endWrapUp(): void;
  extendWrapUp(): void;
  connectVoice(choice: VoiceChoice): void;
  /** Ends the voice by telephone; in a call only when that is meant. */
  disconnectVoice(sure?: boolean): void;
  workOnDeskPhone(on: boolean): void;
}

interface Needs {
  tab: string;
  feed: Feed;
  voice: Voice;
  complain(sentence: string): void;
  recordingChanged(change: RecordingChange): void;
}

/** openCalls joins commands to the picture they act on. */
export function openCalls({ tab, feed, voice, complain, recordingChanged }: Needs): Calls {
  const pending = createStore<ReadonlySet<string>>(new Set());
  const pad = createStore<Pad>({ number: "", from: "", refusal: "" });
  const keypadOpen = createStore(false);
  const asking = createStore<Asking | undefined>(undefined);
  const muting = createStore<Muting>(notMuted);
  const me = () => feed.live.get()?.me;

  async function run(name: string, task: () => Promise<unknown>, refused: (sentence: string) => void = complain) {
    if (pending.get().has(name)) return false;
    mark(name, true);
    try {
      await task();
      return true;
    } catch (error) {
      refused(words(error));
      return false;
    } finally {
      mark(name, false);
    }
  }

  function mark(name: string, waits: boolean) {
    if (pending.get().has(name) === waits) return;
    const others = [...pending.get()].filter((other) => other !== name);
    pending.set(new Set(waits ? [...others, name] : others));
  }

  const onLine = (name: string, task: (line: Line) => Promise<unknown>) => {
    const line = talking(me());
    if (line) void run(name, () => task(line));
  };

  function dial(number: string) {
    const to = dialable(number);
    pad.set({ ...pad.get(), number, refusal: "" });
    if (to === "") return;
    const from = pad.get().from;
    const body = from === "" ? { to, tab } : { to, from, tab };
    const refused = (refusal: string) => pad.set({ ...pad.get(), refusal });
    void run("dial", () => placeCall(body), refused).then(() => {
      if (pad.get().refusal === "" && pad.get().number === number) pad.set({ ...pad.get(), number: "" });
    });
  }

  /** onMute silences the microphone before the server is asked: the person must not be heard a moment longer. */
  function onMute(signal: MutingSignal) {
    const { muting: next, ask } = mute(muting.get(), signal);
    muting.set(next);
    voice.silence(silent(next));
    mark("mute", waiting(next));
    if (ask) void askMute(ask);
  }

  async function askMute({ call, muted }: Ask) {
    try {
      await callCommand(call, muted ? "mute" : "unmute");
    } catch (error) {
      if (isUnreachable(error)) return onMute({ kind: "unreachable" });
      onMute({ kind: "refused" });
      complain(words(error));
    }
  }

  const lines = () => me()?.lines ?? [];

  /** possible says whether what is asked still can be. */
  const possible = ({ what, call }: Asking) =>
    what === "leave" ? linesOf(lines(), call).length > 0 : waysOf(lines(), call).includes(what);

  function ask(next: Asking | undefined) {
    asking.set(next && possible(next) ? next : undefined);
  }

  let seen: Line | undefined;
  let recordAsked = false;

  function onRecording(line: Line | undefined) {
    const change = seen && line && recordingChange(seen, line, recordAsked);
    if (change) recordingChanged(change);
    if (change || seen?.call !== line?.call) recordAsked = false;
    seen = line;
  }

  feed.live.subscribe(() => {
    const line = talking(me());
    onRecording(line && mainLine(lines(), line));
    onMute(line ? { kind: "line", call: line.call, muted: line.muted } : { kind: "line", muted: false });
    if (!line) keypadOpen.set(false);
    ask(asking.get());
  });
  feed.link.subscribe(() => {
    const { state } = feed.link.get();
    if (state === "lost") onMute({ kind: "lost" });
    if (state === "open") onMute({ kind: "alive" });
  });

  return {
    pending,
    pad,
    keypadOpen,
    asking,
    muting,
    writePad: (part) => pad.set({ ...pad.get(), refusal: "", ...part }),
    showKeypad: keypadOpen.set,
    dial,
    answer() {
      const offer = ringing(me())?.offer;
      if (offer !== undefined) void run("answer", () => answerOffer(offer, tab));
    },
    reject() {
      const offer = ringing(me())?.offer;
      if (offer !== undefined) void run("reject", () => rejectOffer(offer, tab));
    },
    hangUp(given) {
      const call = given ?? talking(me())?.call;
      if (call === undefined) return;
      if (asksHowToLeave(lines(), call)) ask({ what: "leave", call });
      else void run("hangup", () => callCommand(call, "hangup"));
    },
    ask,
    transfer() {
      const line = talking(me());
      if (line && !asking.get()) ask({ what: "transfer", call: line.call });
    },
    run,
    toggleMute: () => onMute({ kind: "press" }),
    toggleHold() {
      const line = talking(me());
      if (!line || stageOf(lines(), line.call) === "consulting") return; // one line is held as it is
      void run("hold", () => callCommand(line.call, line.state === "held" ? "resume" : "hold"));
    },
    record: (command) =>
      onLine("record", (line) => {
        recordAsked = true;
        return callCommand(line.call, command).catch((error: unknown) => {
          recordAsked = false;
          throw error;
        });
      }),
    digit(digit) {
      keyTone(digit);
      if (!voice.digit(digit)) complain("The digit was not sent: the voice connection is not ready.");
    },
    pickUp: (agent) => void run(`pick up ${agent}`, () => pickUp(agent)),
    setStatus: (choice) => void run("status", () => setStatus(choice)),
    chooseOutcome: (call, outcome) => void run("outcome", () => chooseOutcome(call, outcome)),
    toggleQueue: (queue, on) => void run(`toggle ${queue}`, () => toggleQueue(queue, on)),
    endWrapUp: () => void run("status", endWrapUp),
    extendWrapUp: () => void run("extend", extendWrapUp),
    connectVoice: (choice) => void run("voice", () => connectVoice(choice)),
    disconnectVoice: (sure = false) => void run("voice", () => disconnectVoice(sure)),
    workOnDeskPhone: (on) => void run("desk", () => workOnDeskPhone(on)),
  };
}
