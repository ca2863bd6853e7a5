import { signedOut } from "../api/client.ts";
import { type Link, openSocket } from "../api/socket.ts";
import { apply, type Live, type LiveEvent, type Snapshot } from "./picture.ts";
import { createStore, type Store } from "./store.ts";

const passed = ["taken_over", "renew_voice", "call.updated", "notice"] as const;

/** Passing is what the picture does not keep, and that a new picture came. */
export type Passing = Extract<LiveEvent, { kind: (typeof passed)[number] }> | { kind: "snapshot"; data: Snapshot };

/** Probe asks a page that missed an offer for a sign of life; it stands outside the count. */
interface Probe {
  kind: "probe";
}

/** Topic is what a page asks for besides the picture that everybody gets: everybody's presence, or where calls are. */
export type Topic = "people" | "places";

/** Feed joins the socket to the picture; there is one per signed-in tab. */
export interface Feed {
  readonly live: Store<Live | undefined>;
  readonly link: Store<Link>;
  /** Milliseconds to add to the local clock to get the server's. */
  offset(): number;
  retry(): void;
  /** Asks for more than everybody gets, until it is called once for each time with `on` off; a new connection asks again by
   * itself. */
  watch(topic: Topic, on: boolean): void;
  close(): void;
}

/** reader turns the socket's messages into the picture. Kept apart from the socket so that it can be tested. */
export function reader(send: (message: { kind: string; offer?: string }) => void, passing: (event: Passing) => void) {
  const live = createStore<Live | undefined>(undefined);
  let offset = 0;
  let asked = false;

  function read(message: unknown) {
    const event = message as LiveEvent | Probe | { seq: number; kind: "snapshot"; data: Snapshot };
    if (event.kind === "snapshot") {
      offset = Date.parse(event.data.now) - Date.now();
      asked = false;
      live.set({ ...event.data, seq: event.seq });
      passing(event);
      return;
    }
    // Proof of life is given here, in the message handler: what proves life must not wait for a screen (BX-54).
    if (event.kind === "probe") {
      send({ kind: "alive" });
      return;
    }
    if (event.kind === "ring") send({ kind: "ack", offer: event.data.offer });
    const old = live.get();
    if (!old || event.seq <= old.seq) return;
    const next = apply(old, event);
    if (!next) {
      if (!asked) send({ kind: "resync" });
      asked = true;
      return;
    }
    live.set(next);
    if (passes(event)) passing(event);
  }

  return { live, read, offset: () => offset };
}

const passes = (event: LiveEvent): event is Extract<Passing, LiveEvent> => passed.some((kind) => kind === event.kind);

/** openFeed connects and keeps the picture true until closed. */
export function openFeed(tab: string, passing: (event: Passing) => void): Feed {
  const link = createStore<Link>({ state: "connecting" });
  const url = new URL("/api/live", window.location.href);
  url.protocol = url.protocol === "https:" ? "wss:" : "ws:";
  url.searchParams.set("tab", tab);
  const { live, read, offset } = reader((message) => socket.send(message), passing);
  const topics = new Map<Topic, number>(); // how many look
  const ask = (on: boolean, topic: Topic) => socket.send({ kind: topic, on });
  const linked = (next: Link) => {
    const came = next.state === "open" && link.get().state !== "open";
    link.set(next);
    if (came) for (const [topic, count] of topics) ask(count > 0, topic);
  };
  const socket = openSocket({ url: url.href, message: read, link: linked, signedOut });
  const watch = (topic: Topic, on: boolean) => {
    const before = topics.get(topic) ?? 0;
    const count = before + (on ? 1 : -1);
    topics.set(topic, count);
    if (before === 0 || count === 0) ask(on, topic);
  };
  return { live, link, offset, watch, retry: socket.retry, close: socket.close };
}
