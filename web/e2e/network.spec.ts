import { createHash } from "node:crypto";
import { createSocket, type RemoteInfo, type Socket } from "node:dgram";
import type { Page } from "@playwright/test";
import {
  answered,
  callerTone,
  codecOf,
  expect,
  hears,
  lineOne,
  microphoneTone,
  port,
  Site,
  start,
  test,
} from "./world.ts";

const margin = 30;

/** pageHears is by how many decibels the caller's tone stands above the page's own. */
async function pageHears(page: Page): Promise<number> {
  const [caller = -200, own = -200] = await hears(page, [callerTone, microphoneTone]);
  return caller - own;
}

/** Path is a way for UDP from browser to server that can be switched off: a NAT of two ports. */
class Path {
  private readonly outside = createSocket("udp4");
  private readonly inside = new Map<string, Socket>();
  private open = true;
  private constructor(private readonly server: number) {}

  static async to(server: number): Promise<Path> {
    const path = new Path(server);
    path.outside.on("message", (packet, from) => path.open && path.door(from).send(packet));
    await new Promise<void>((done) => path.outside.bind(0, "127.0.0.1", done));
    return path;
  }

  private door(from: RemoteInfo): Pick<Socket, "send"> {
    const name = `${from.address}:${from.port}`;
    const known = this.inside.get(name);
    const socket = known ?? createSocket("udp4");
    if (!known) {
      this.inside.set(name, socket);
      socket.on("message", (packet) => this.open && this.outside.send(packet, from.port, from.address));
    }
    return { send: (packet: Buffer) => socket.send(packet, this.server, "127.0.0.1") } as Pick<Socket, "send">;
  }

  get port(): number {
    return this.outside.address().port;
  }

  off(): void {
    this.open = false;
  }

  close(): void {
    this.open = false;
    for (const socket of [this.outside, ...this.inside.values()]) socket.close();
  }
}

/** lead has every answer lead the page's sound to a port of this machine; 0 blocks UDP. */
async function lead(page: Page, to: number): Promise<void> {
  const set = (port: number) => Object.assign(window, { leadTo: port });
  await page.addInitScript(set, to);
  await page.evaluate(set, to);
}

async function rewriteAnswers(page: Page): Promise<void> {
  await page.addInitScript(() => {
    type Set = (this: RTCPeerConnection, description: RTCSessionDescriptionInit) => Promise<void>;
    const original = RTCPeerConnection.prototype.setRemoteDescription as Set;
    RTCPeerConnection.prototype.setRemoteDescription = function (description) {
      const to = (window as unknown as { leadTo: number }).leadTo;
      const sdp = description.sdp?.replace(/(127\.0\.0\.1) \d+ typ host/g, `$1 ${to} typ host`) ?? "";
      return original.call(this, { type: description.type, sdp });
    };
  });
}

const connections = (page: Page) =>
  page.evaluate(() => (window as unknown as { keptConnections: unknown[] }).keptConnections.length);

test("the network changes under a call, and is away for thirty seconds", async ({ call, chrome }) => {
  test.setTimeout(180_000);
  const rtc = await port();
  const site = await Site.start("--rtc", `127.0.0.1:${rtc}`);
  const paths = await Promise.all([Path.to(rtc), Path.to(rtc)]);
  try {
    const context = await chrome();
    const page = await context.newPage();
    await rewriteAnswers(page);
    await lead(page, paths[0].port);
    await start(page, site, "ann");
    const caller = await answered(page, site, call);
    await expect.poll(() => pageHears(page), { timeout: 15_000 }).toBeGreaterThan(margin);
    const made = await connections(page);

    await test.step("the path dies and another one is there", async () => {
      await lead(page, paths[1].port);
      paths[0].off();
      await expect.poll(() => caller.strengthOf(microphoneTone)).toBeLessThan(0.02);
      await expect.poll(() => caller.strengthOf(microphoneTone), { timeout: 20_000 }).toBeGreaterThan(0.1);
      await expect.poll(() => pageHears(page), { timeout: 10_000 }).toBeGreaterThan(margin);
    });

    await test.step("thirty seconds without any network", async () => {
      const third = await Path.to(rtc);
      paths.push(third);
      await lead(page, third.port);
      await context.setOffline(true);
      paths[1].off();
      const since = Date.now();
      await expect.poll(() => Date.now() - since, { timeout: 40_000, intervals: [1000] }).toBeGreaterThan(30_000);
      expect(caller.state).toBe("answered");
      await context.setOffline(false);
      await expect.poll(() => caller.strengthOf(microphoneTone), { timeout: 10_000 }).toBeGreaterThan(0.1);
      await expect.poll(() => pageHears(page), { timeout: 10_000 }).toBeGreaterThan(margin);
    });

    expect(await connections(page), "the same connection all the time").toBe(made);
    expect(site.logged()).toContain("browser restarts ICE");
    await expect(lineOne(page)).toBeVisible();
    await lineOne(page)
      .getByRole("button", { name: /Hang up/ })
      .click();
    await caller.reaches("ended");
  } finally {
    for (const path of paths) path.close();
    await site.stop();
  }
});

/** relayOf is by which protocol the page reaches its relay; empty without one. */
const relayOf = (page: Page) =>
  page.evaluate(async () => {
    const kept = (window as unknown as { keptConnections: RTCPeerConnection[] }).keptConnections;
    const live = kept.findLast((connection) => connection.connectionState === "connected");
    const all = new Map<string, Record<string, string>>();
    (await live?.getStats())?.forEach((report: { id: string }) => {
      all.set(report.id, { ...report });
    });
    const transport = [...all.values()].find((report) => report.type === "transport");
    const pair = all.get(transport?.selectedCandidatePairId ?? "");
    return all.get(pair?.localCandidateId ?? "")?.relayProtocol ?? "";
  });

test("where UDP is blocked, sound goes through the relay on the HTTPS port, or over TCP", async ({ call, chrome }) => {
  const [https, turn] = await Promise.all([port(), port()]);
  const site = await Site.start("--https", `127.0.0.1:${https}`, "--turn", `127.0.0.1:${turn}`);
  try {
    const key = site.certificate().publicKey.export({ type: "spki", format: "der" });
    const trust = `--ignore-certificate-errors-spki-list=${createHash("sha256").update(key).digest("base64")}`;
    site.ready.http = `https://127.0.0.1:${https}`;
    for (const [scheme, protocol] of [
      ["turns:", "tls"],
      ["transport=tcp", "tcp"],
    ] as const) {
      await test.step(protocol, async () => {
        const context = await chrome(microphoneTone, undefined, trust);
        const page = await context.newPage();
        await page.addInitScript((only) => {
          const Original = window.RTCPeerConnection;
          const keep = ({ urls }: RTCIceServer) =>
            [urls]
              .flat()
              .filter((url) => url.includes(only))
              .slice(0, 1);
          window.RTCPeerConnection = class extends Original {
            constructor(given: RTCConfiguration = {}) {
              const iceServers = given.iceServers?.map((server) => ({ ...server, urls: keep(server) })) ?? [];
              super({ ...given, iceServers, iceTransportPolicy: "relay" });
            }
          };
        }, scheme);
        await start(page, site, "ann");
        const caller = await answered(page, site, call);
        await expect.poll(() => pageHears(page), { timeout: 15_000 }).toBeGreaterThan(margin);
        expect(await relayOf(page)).toBe(protocol);
        await lineOne(page)
          .getByRole("button", { name: /Hang up/ })
          .click();
        await caller.reaches("ended");
        await context.close();
      });
    }
  } finally {
    await site.stop();
  }
});

test("Opus carries both ways, with digits at its clock", async ({ call, chrome }) => {
  const site = await Site.start("--browser-codec", "opus");
  try {
    const page = await (await chrome()).newPage();
    await start(page, site, "ann");
    const caller = await answered(page, site, call);
    await expect.poll(() => pageHears(page), { timeout: 15_000 }).toBeGreaterThan(margin);
    expect(await codecOf(page)).toBe("audio/opus");
    await page.keyboard.press("k");
    await page.keyboard.type("159");
    await expect.poll(() => caller.digits(), { timeout: 10_000 }).toBe("159");
    await page.keyboard.press("Escape");
    await lineOne(page)
      .getByRole("button", { name: /Hang up/ })
      .click();
    await caller.reaches("ended");
  } finally {
    await site.stop();
  }
});
