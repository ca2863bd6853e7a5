/** One WebSocket that comes back by itself, proves that it is alive, and measures the round trip. */

export interface Link {
  readonly state: "connecting" | "open" | "lost";
  /** Milliseconds, local clock, of the next try; only while lost. */
  readonly retryAt?: number;
  /** Round trip in milliseconds, once measured. */
  readonly roundTrip?: number;
}

interface Options {
  url: string;
  message(data: unknown): void;
  /** The server has ended this session: coming back is no use. */
  signedOut(): void;
  link(link: Link): void;
}

export interface Socket {
  send(message: { kind: string } & Record<string, unknown>): void;
  /** Tries again now instead of at the end of the countdown. */
  retry(): void;
  close(): void;
}

const aliveEvery = 15_000; // SP-33
const answerWithin = 7_000;
const signedOutCode = 4401;

/** backoff is the wait in milliseconds before try number n, counted from 0. */
export function backoff(n: number): number {
  return Math.min(1000 * 2 ** n, 15_000);
}

/** openSocket connects at once and keeps trying until closed. */
export function openSocket(options: Options): Socket {
  let socket: WebSocket | undefined;
  let link: Link = { state: "connecting" };
  let tries = 0;
  let retryTimer = 0;
  let aliveTimer = 0;
  let silenceTimer = 0;
  let sentAt = 0;
  let closed = false;

  const say = (next: Link) => {
    link = next;
    options.link(next);
  };

  const alive = () => {
    if (socket?.readyState !== WebSocket.OPEN) return;
    sentAt = performance.now();
    socket.send(JSON.stringify({ kind: "alive" }));
    clearTimeout(silenceTimer);
    silenceTimer = window.setTimeout(lost, answerWithin);
  };

  const heard = (text: string) => {
    const message: unknown = JSON.parse(text);
    if (typeof message === "object" && message !== null && "kind" in message && message.kind === "alive") {
      clearTimeout(silenceTimer);
      say({ state: "open", roundTrip: Math.round(performance.now() - sentAt) });
      return;
    }
    options.message(message);
  };

  function lost() {
    if (closed) return;
    forget();
    const wait = backoff(tries++);
    say({ state: "lost", retryAt: Date.now() + wait });
    clearTimeout(retryTimer);
    retryTimer = window.setTimeout(connect, wait);
  }

  function forget() {
    clearTimeout(silenceTimer);
    clearInterval(aliveTimer);
    const old = socket;
    socket = undefined;
    if (old) {
      old.onopen = old.onmessage = old.onclose = null;
      old.close();
    }
  }

  function connect() {
    forget();
    if (link.state !== "lost") say({ state: "connecting" });
    const mine = new WebSocket(options.url);
    socket = mine;
    silenceTimer = window.setTimeout(lost, answerWithin);
    mine.onopen = () => {
      tries = 0;
      say({ state: "open" });
      alive();
      aliveTimer = window.setInterval(alive, aliveEvery);
    };
    mine.onmessage = (event: MessageEvent<string>) => heard(event.data);
    mine.onclose = (event) => {
      if (event.code !== signedOutCode) return lost();
      closed = true;
      forget();
      options.signedOut();
    };
  }

  const online = () => {
    if (link.state === "lost") connect();
  };
  window.addEventListener("online", online);
  connect();

  return {
    send(message) {
      if (socket?.readyState === WebSocket.OPEN) socket.send(JSON.stringify(message));
    },
    retry: online,
    close() {
      closed = true;
      window.removeEventListener("online", online);
      clearTimeout(retryTimer);
      forget();
    },
  };
}
