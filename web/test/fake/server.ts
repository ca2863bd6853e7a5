import { readFile } from "node:fs/promises";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { extname, join, normalize } from "node:path";
import { type WebSocket, WebSocketServer } from "ws";
import type { Notice, OwnSettings, Role, Session, Tag, TagValue, Whereabouts } from "../../src/api/types.ts";
import type { LiveEvent, Me } from "../../src/live/picture.ts";
import { accesses, audit, customer, detail, peaks, rows, tagKeys, tags, withoutSamples } from "./data.ts";
import { destinations } from "./in-call.ts";
import { me, people, snapshot } from "./live.ts";
import { NotesOfCalls } from "./notes.ts";
import { ownSettings } from "./own.ts";
import { graph, warnings } from "./routing.ts";
import { description, Records } from "./settings.ts";

const dist = join(import.meta.dirname, "../../dist");
const kinds: Record<string, string> = {
  ".html": "text/html",
  ".js": "text/javascript",
  ".css": "text/css",
  ".svg": "image/svg+xml",
  ".woff2": "font/woff2",
};

type Without<T> = T extends { seq: number } ? Omit<T, "seq"> : never;

const deskPhone = {
  username: "ann-101",
  password: "kf93-TQmv-82xw-LnPa-77dc",
  domain: "demo.parley.example",
  server: "127.0.0.1:5060",
};

/** Fake speaks the server's contract with believable data, for looking at screens without a server. */
export class Fake {
  signedIn = true;
  /** Whether the agent has a sign-in for a desk phone. */
  deskPhone = true;
  setupNeeded = false;
  role: Role = "agent";
  own = ownSettings();
  demo = true;
  me: Me = me();
  notices: Notice[] = [];
  /** Samples of sound quality go earlier than the record of their call. */
  samplesKept = true;
  /** What stands on the calls, whichever is asked for. */
  tags: Tag[] = [...tags];
  listedTags = false;
  /** Answers the browser's SDP offer. */
  answer: (sdp: string) => Promise<string> = () => Promise.reject(new Error("no peer"));
  /** Refusals by "METHOD path", as problem sentences. */
  readonly refusals = new Map<string, string>();
  readonly requests: { route: string; body: unknown; query: string; header: string | undefined }[] = [];
  /** Where the viewer has said to be. */
  where: Whereabouts = { ask: false, choices: [] };
  /** Customers who wait to be called back. */
  callbacks: { id: string }[] = [];
  readonly records = new Records();
  readonly notesOfCalls = new NotesOfCalls();
  /** Why one may be away. */
  reasons = ["Break", "Lunch", "Meeting", "Training", "After-call work"];
  /** Numbers whose routing can be looked at. */
  numbers = [{ id: "number-1", number: "+12025550100", label: "Main" }];
  readonly heard: { kind: string; offer?: string }[] = [];
  private seq = 1;
  private readonly http = createServer((request, response) => void this.serve(request, response));
  private readonly sockets = new WebSocketServer({ noServer: true });

  async open(): Promise<string> {
    this.mend();
    await new Promise<void>((done) => this.http.listen(0, "127.0.0.1", done));
    return `http://127.0.0.1:${(this.http.address() as AddressInfo).port}`;
  }

  /** mend takes live sockets again. */
  mend(): void {
    this.http.on("upgrade", (request, socket, head) => {
      this.sockets.handleUpgrade(request, socket, head, (peer) => this.greet(peer));
    });
  }

  close(): void {
    this.cut();
    this.http.close();
    this.http.closeAllConnections();
  }

  /** cut ends every live socket; with `refuse` no new one is taken. */
  cut(refuse = false): void {
    if (refuse) this.http.removeAllListeners("upgrade");
    for (const peer of this.sockets.clients) peer.terminate();
  }

  emit(event: Without<LiveEvent>): void {
    this.seq += 1;
    for (const peer of this.sockets.clients) peer.send(JSON.stringify({ ...event, seq: this.seq }));
  }

  /** change replaces part of what the picture says about the person signed in. */
  change(part: Partial<Me>): void {
    this.me = { ...this.me, ...part };
    this.emit({ kind: "me", data: this.me });
  }

  /** ring puts notices into the bell. */
  ring(notices: Notice[]): void {
    this.notices = [...notices, ...this.notices];
    this.rung(this.notices[0]);
  }

  private rung(fresh?: Notice): void {
    const unread = this.notices.filter((notice) => !notice.read_at).length;
    this.emit({ kind: "bell", data: { unread, ...(fresh && { new: fresh }) } });
  }

  /** read marks one notice as read, or all. */
  private read(which?: string): void {
    const now = new Date().toISOString();
    this.notices = this.notices.map((one) =>
      one.read_at || (which && one.id !== which) ? one : { ...one, read_at: now },
    );
    this.rung();
  }

  private greet(peer: WebSocket): void {
    peer.on("message", (data) => {
      const message = JSON.parse(String(data)) as { kind: string; on?: boolean };
      this.heard.push(message);
      if (message.kind === "alive")
        peer.send(JSON.stringify({ kind: "alive", data: { at: new Date().toISOString() } }));
      if (message.kind === "resync") this.picture(peer);
      if (message.kind === "people") this.picture(peer, message.on);
    });
    this.picture(peer);
  }

  private picture(peer: WebSocket, withPeople = false): void {
    const data = { ...snapshot(this.me), ...(withPeople && { people: people() }) };
    peer.send(JSON.stringify({ seq: this.seq, kind: "snapshot", data }));
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? "/", "http://localhost");
    if (!url.pathname.startsWith("/api/")) return this.file(url.pathname, response);
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const text = Buffer.concat(chunks).toString();
    const json = request.headers["content-type"]?.startsWith("application/json") ?? false;
    const body: unknown = text === "" ? undefined : json ? JSON.parse(text) : text;
    const route = `${request.method} ${url.pathname.slice(4)}`;
    this.requests.push({ route, body, query: url.search.slice(1), header: request.headers["x-parley"]?.toString() });
    const refusal = this.refusals.get(route);
    if (refusal !== undefined) return problem(response, 409, refusal);
    if (route === "GET /session" && !this.signedIn) return problem(response, 401, "You are signed out. Sign in again.");
    if (/^GET \/recordings\/[^/]+\/audio$/.test(route))
      return void response.writeHead(200, { "content-type": "audio/wav" }).end(silence(94));
    if (route === "POST /audio/try")
      return void response.writeHead(200, { "content-type": "audio/wav" }).end(silence(1));
    if (route === "POST /audio") {
      const kept = this.records.put("audio", {
        id: "audio-new",
        fields: { filename: url.searchParams.get("filename") },
      });
      return void response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(kept));
    }
    if (route.endsWith(" /settings/me")) {
      if (body) this.own = { ...this.own, version: this.own.version + 1, ...(body as Pick<OwnSettings, "fields">) };
      return void response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(this.own));
    }
    const answer = this.records.answer(request.method ?? "GET", url.pathname.slice(4), url.searchParams, body);
    if (answer) {
      const [status, said] = answer;
      if (status >= 400) return problem(response, status, "Refused.", said);
      return void response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(said));
    }
    const noted = this.notesOfCalls.answer(route, body);
    if (noted) {
      const [status, said] = noted;
      if (status >= 400) return problem(response, status, "Bob has written these notes meanwhile.", { current: said });
      return void response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(said));
    }
    const result = await this.route(route, url, body);
    if (result === undefined) return void response.writeHead(204).end();
    response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(result));
  }

  private async route(route: string, url: URL, body: unknown): Promise<unknown> {
    const fixed: Record<string, () => unknown> = {
      "GET /session": () => this.session(),
      "POST /session": () => this.session(),
      "POST /own/desk-phone": () => {
        this.deskPhone = true;
        return deskPhone;
      },
      "GET /setup": () => ({ needed: this.setupNeeded }),
      "GET /caller-ids": () => [
        { number: "+12025550100", label: "Sales", is_default: true },
        { number: "+12025550101", label: "Support", is_default: false },
      ],
      "GET /presence": () => ({
        presence: "available",
        active: false,
        overrides: true,
        choices: [
          { id: "available", name: "Available", colour: "green" },
          { id: "lunch", name: "Lunch", colour: "amber" },
        ],
      }),
      "GET /notices": () => ({ rows: this.notices, total: this.notices.length }),
      "GET /reasons": () => this.reasons.map((name) => ({ name })),
      "GET /statuses": () => [{ id: "status-1", name: "Coaching", colour: "#7048e8", effect: "busy" }],
      "GET /outcomes": () => [
        { id: "outcome-1", name: "Sold" },
        { id: "outcome-2", name: "Call again" },
      ],
      "GET /openapi.json": () => description,
      "GET /tag-keys": () => ({ ...tagKeys, listed_only: this.listedTags }),
      "GET /audit": () => ({ rows: audit, total: audit.length }),
      "GET /calls": () => page(url.searchParams),
      "GET /retention/preview": () => ({
        at: new Date().toISOString(),
        items: [
          {
            class: "recordings",
            rule: `${url.searchParams.get("recordings")} days, or as the queue says`,
            count: 3,
            oldest: "2025-11-01T10:00:00Z",
            newest: "2025-11-20T10:00:00Z",
            queues: [{ queue: "queue-1", name: "Sales", count: 2 }],
          },
          { class: "audit", rule: "2555 days", count: 0 },
        ],
      }),
      "GET /routing/numbers": () => this.numbers,
      "GET /routing/warnings": () => warnings,
      "GET /routing/numbers/number-1/graph": () => graph,
      "GET /campaigns": () => [],
      "GET /call-destinations": () => destinations,
      "GET /callbacks": () => ({ callbacks: this.callbacks }),
      "GET /customers": () => ({ items: [customer] }),
      "GET /customers/customer-1": () => customer,
      "POST /calls": () => ({ id: "call-live" }),
      "GET /dialing/check": () => ({ number: url.searchParams.get("to") ?? "", allowed: true }),
      "GET /station/voice": () => ({ agent_id: "101", dial_in_numbers: ["+12025550100"] }),
      "POST /station/voice": () => ({
        agent_id: "101",
        dial_in_numbers: ["+12025550100"],
        pin: "493027",
        valid_until: new Date(Date.now() + 900_000).toISOString(),
      }),
      "GET /station/paths": () => ({ ice_servers: [] }),
      "GET /station/location": () => this.where,
      "PUT /station/location": () => {
        this.where = { ...this.where, ask: false, words: "Home, 1 Elm St, Peoria, US" };
        return this.where;
      },
    };
    const notice = /^PUT \/notices\/(?:([^/]+)\/)?read$/.exec(route);
    if (notice) return this.read(notice[1]);
    if (route === "POST /station/start") return this.start(body as { sdp: string; tab: string });
    const over = /^DELETE \/callbacks\/([^/]+)$/.exec(route)?.[1];
    if (over !== undefined) this.callbacks = this.callbacks.filter(({ id }) => id !== over);
    const call = /^GET \/calls\/([^/]+)$/.exec(route)?.[1];
    if (call !== undefined) return this.samplesKept ? detail(call) : withoutSamples(detail(call));
    if (/^GET \/calls\/[^/]+\/accesses$/.test(route)) return accesses;
    const tagged = /^GET \/calls\/([^/]+)\/tags$/.exec(route)?.[1];
    if (tagged !== undefined)
      return detail(tagged).recordings.length > 0 ? this.tags : this.tags.filter(({ recording }) => !recording);
    const tag = /^(PUT|DELETE) \/(calls|recordings)\/([^/]+)\/tags\/(.+)$/.exec(route);
    if (tag) return this.tag(tag, body as TagValue);
    if (/^GET \/recordings\/[^/]+\/peaks$/.test(route)) return peaks();
    return fixed[route]?.();
  }

  /** tag puts one on or takes it off. */
  private tag([, verb, on, which, name = ""]: RegExpExecArray, given: TagValue | undefined): Tag | undefined {
    const key = decodeURIComponent(name);
    const recording = on === "recordings" ? which : undefined;
    this.tags = this.tags.filter((one) => one.key !== key || one.recording !== recording);
    if (verb === "DELETE") return undefined;
    const type =
      tagKeys.keys.find((one) => one.name === key)?.tag_type ?? given?.type ?? (given?.value ? "text" : "yes_no");
    const made = {
      key,
      type: type === "" ? "text" : type,
      value: given?.value ?? "true",
      at: new Date().toISOString(),
    };
    const put: Tag = { ...made, user: "user-1", user_name: "Ann Lindgren", ...(recording && { recording }) };
    this.tags = [...this.tags, put];
    return put;
  }

  private async start({ sdp, tab }: { sdp: string; tab: string }): Promise<{ sdp: string; leg: string }> {
    const answer = await this.answer(sdp);
    this.change({
      started: true,
      station_tab: tab,
      status: "available",
      since: new Date().toISOString(),
      lights: { call_routing: "green" },
    });
    return { sdp: answer, leg: "leg-1" };
  }

  private session(): Session {
    return {
      user: { id: "user-1", name: "Ann Lindgren", email: "ann@parley.example" },
      role: this.role,
      organisation: { id: "organisation-1", name: "Parley Demo", country: "US", timezone: "America/New_York" },
      agent: { id: "agent-1", extension: "101", default_number: "+12025550100" },
      ...(this.deskPhone && { desk_phone: deskPhone }),
      demo: this.demo,
      switches: {
        callback_list: true,
        transfers_while_unavailable: false,
        edit_lead_numbers: false,
        manual_call_on_preview: false,
        manual_dial: true,
        send_email: true,
        recording_control: true,
        play_recordings: true,
        remote_keypress: false,
        export: false,
        external_forwarding: false,
        reached_by_intercom: true,
      },
    };
  }

  private async file(path: string, response: ServerResponse): Promise<void> {
    const name = normalize(path).replace(/^[/\\]+/, "");
    const found = await readFile(join(dist, name)).catch(() => undefined);
    const kind = found ? (kinds[extname(name)] ?? "application/octet-stream") : "text/html";
    response.writeHead(200, { "content-type": kind }).end(found ?? (await readFile(join(dist, "index.html"))));
  }
}

function page(query: URLSearchParams) {
  const directions = query.get("direction")?.split(",") ?? [];
  const from = query.get("from") ?? "";
  const found = rows.filter(
    (row) => (directions.length === 0 || directions.includes(row.direction)) && row.created_at >= from,
  );
  const kept = query.get("disposition") ? found.filter((row) => row.disposition !== "answered") : found;
  const q = query.get("q")?.toLowerCase() ?? "";
  const items = kept.filter((row) => JSON.stringify(row).toLowerCase().includes(q));
  return { items, total: items.length };
}

/** silence is a WAV file of two channels at 8 kHz, 8 bit. */
function silence(seconds: number): Buffer {
  const size = seconds * 16_000;
  const head = Buffer.alloc(44);
  head.write("RIFF");
  head.writeUInt32LE(36 + size, 4);
  head.write("WAVEfmt ", 8);
  head.writeUInt32LE(16, 16);
  head.writeUInt16LE(1, 20);
  head.writeUInt16LE(2, 22);
  head.writeUInt32LE(8000, 24);
  head.writeUInt32LE(16_000, 28);
  head.writeUInt16LE(2, 32);
  head.writeUInt16LE(8, 34);
  head.write("data", 36);
  head.writeUInt32LE(size, 40);
  return Buffer.concat([head, Buffer.alloc(size, 128)]);
}

function problem(response: ServerResponse, status: number, detailText: string, more: unknown = {}): void {
  const body = { type: "about:blank", title: "Refused", status, detail: detailText, ...(more as object) };
  response.writeHead(status, { "content-type": "application/problem+json" }).end(JSON.stringify(body));
}
