import type { Feed } from "../live/feed.ts";
import { type Line, ringing, talking } from "../live/picture.ts";
import { readable } from "./number.ts";
import { preferences } from "./preferences.ts";
import { type Playing, ring, ringInEar } from "./sound.ts";
import type { Voice } from "./voice.ts";

interface Words {
  title(line: Line): string;
  body(line: Line): string;
}

/** announce makes an incoming call known beyond the ring card: ringtone, in a call a soft tone in the ear (SP-25), tab title, and a desktop notification while
 * the page is out of sight (SP-10). Only the tab that holds the phone rings. */
export function announce(feed: Feed, voice: Voice, tab: string, texts: Words): () => void {
  const plain = document.title;
  let current: string | undefined;
  let playing: Playing | undefined;
  let notification: Notification | undefined;

  const look = () => {
    const line = ringing(feed.live.get()?.me);
    const stage = voice.phone.get().stage;
    const here = (stage === "ready" || stage === "repairing") && (!line?.tab || line.tab === tab);
    const call = line && here ? (line.offer ?? line.call) : undefined;
    if (call === current) return;
    quiet();
    current = call;
    if (line && call !== undefined) loud(line);
  };

  const loud = (line: Line) => {
    const { speaker, ringtone } = preferences.get();
    playing = talking(feed.live.get()?.me) ? ringInEar(speaker) : ring(ringtone);
    document.title = `☎ ${line.name ?? readable(line.number)}`;
    if (document.visibilityState === "visible" || !("Notification" in window)) return;
    if (Notification.permission !== "granted") return;
    notification = new Notification(texts.title(line), {
      body: texts.body(line),
      tag: line.call,
      requireInteraction: true,
    });
    notification.onclick = () => {
      window.focus();
      notification?.close();
    };
  };

  const quiet = () => {
    playing?.stop();
    notification?.close();
    playing = undefined;
    notification = undefined;
    document.title = plain;
  };

  const unwatch = [feed.live.subscribe(look), voice.phone.subscribe(look)];
  return () => {
    for (const stop of unwatch) stop();
    quiet();
  };
}
