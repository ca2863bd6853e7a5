import type { Session } from "../api/types.ts";
import { type Feed, openFeed } from "../live/feed.ts";
import { ringing, talking } from "../live/picture.ts";
import { announce } from "./announce.ts";
import { type Calls, openCalls } from "./calls.ts";
import { command, writes } from "./keys.ts";
import { readable } from "./number.ts";
import { preferences } from "./preferences.ts";
import type { RecordingChange } from "./recording.ts";
import { openVoice, type Voice } from "./voice.ts";

/** Desk is everything alive of one signed-in tab. */
export interface Desk {
  readonly tab: string;
  readonly session: Session;
  readonly feed: Feed;
  readonly voice: Voice;
  readonly calls: Calls;
  close(): void;
}

interface Needs {
  tab: string;
  session: Session;
  /** Tells the person one sentence. */
  notice(level: "info" | "warning" | "error", text: string): void;
  /** A call's record changed, or any may have. */
  changed(call?: string): void;
  incoming: string;
  recordingWords(change: RecordingChange): string;
}

/** openDesk starts the live picture and the softphone of this tab. */
export function openDesk({ tab, session, notice, changed, incoming, recordingWords }: Needs): Desk {
  const voice = openVoice(tab);
  const feed = openFeed(tab, (event) => {
    switch (event.kind) {
      case "snapshot": {
        const owner = event.data.me.station_tab;
        if (owner === tab) voice.stay(event.data.me.voice?.persistent === true);
        voice.signal({ kind: "snapshot", station: owner === tab ? "mine" : owner ? "other" : "none" });
        changed();
        return;
      }
      case "taken_over":
        voice.signal({ kind: "taken-over" }); // only the tab that lost the phone is told
        return;
      case "renew_voice":
        voice.renew(event.data.leg);
        return;
      case "call.updated":
        changed(event.data.id);
        return;
      case "notice":
        notice(event.data.level, event.data.text);
    }
  });
  const calls = openCalls({
    tab,
    feed,
    voice,
    complain: (sentence) => notice("error", sentence),
    recordingChanged: (change) => notice(change === "lost" ? "warning" : "info", recordingWords(change)),
  });
  const quiet = announce(feed, voice, tab, {
    title: (line) => `${incoming}: ${line.name ?? readable(line.number)}`,
    body: (line) => [line.name ? readable(line.number) : "", line.queue_name ?? ""].filter(Boolean).join(" · "),
  });
  const unlisten = listen(feed, calls);
  const sampling = setInterval(() => {
    const line = talking(feed.live.get()?.me);
    if (line?.state === "active" && line.tab === tab) void voice.tellPlayed();
  }, 5000); // as long as a sample of the quality (SP-12)
  return {
    tab,
    session,
    feed,
    voice,
    calls,
    close() {
      clearInterval(sampling);
      unlisten();
      quiet();
      voice.close();
      feed.close();
    },
  };
}

/** listen gives the keyboard to the phone wherever the focus is, save where a person writes. */
function listen(feed: Feed, calls: Calls): () => void {
  const pressed = (event: KeyboardEvent) => {
    const me = feed.live.get()?.me;
    const { key, ctrlKey, altKey, metaKey, repeat } = event;
    const inText = writes(document.activeElement);
    const line = talking(me);
    const wanted = command(
      { key, ctrlKey, altKey, metaKey, repeat, inText },
      {
        enabled: preferences.get().keys,
        ringing: ringing(me) !== undefined,
        inCall: line !== undefined,
        keypadOpen: calls.keypadOpen.get(),
        lost: feed.link.get().state !== "open",
      },
    );
    if (!wanted) return;
    event.preventDefault();
    perform(wanted, calls);
  };
  document.addEventListener("keydown", pressed);
  return () => document.removeEventListener("keydown", pressed);
}

function perform(wanted: NonNullable<ReturnType<typeof command>>, calls: Calls): void {
  switch (wanted.do) {
    case "answer":
      calls.answer();
      break;
    case "reject":
      calls.reject();
      break;
    case "mute":
      calls.toggleMute();
      break;
    case "hold":
      calls.toggleHold();
      break;
    case "transfer":
      calls.transfer();
      break;
    case "keypad":
      calls.showKeypad(!calls.keypadOpen.get());
      break;
    case "close-keypad":
      calls.showKeypad(false);
      break;
    case "digit":
      calls.digit(wanted.digit);
      break;
  }
}
