import { type ChildProcess, spawn } from "node:child_process";
import { X509Certificate } from "node:crypto";
import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { type BrowserContext, test as base, chromium, expect, type Page } from "@playwright/test";
import { Caller, type CallerOptions } from "./caller.ts";
import { kept } from "./database.ts";
import { tellPages } from "./pages.ts";
import { toneFile } from "./wav.ts";

const root = join(import.meta.dirname, "../..");
const binary = process.env.PARLEY_BIN ?? join(root, "bin/parley");

/** The tones of these tests: each party has its own, so that an ear can tell who hears whom. */
export const callerTone = 440;
export const microphoneTone = 700;

interface User {
  email: string;
  password: string;
  role: string;
  extension: string;
  sip_username: string;
  sip_password: string;
  sip_domain: string;
}

interface Ready {
  http: string;
  sip: string;
  numbers: string[];
  users: User[];
}

/** Site is a running `parley demo` of its own. */
export class Site {
  private constructor(
    readonly ready: Ready,
    private readonly process: ChildProcess,
    private readonly folder: string,
    private readonly log: () => string,
  ) {}

  /** certificate is what the site's own TLS shows, when it was started with --https. */
  certificate(): X509Certificate {
    return new X509Certificate(readFileSync(join(this.folder, "certificates/self-signed.pem")));
  }

  static async start(...more: string[]): Promise<Site> {
    const folder = mkdtempSync(join(tmpdir(), "parley-e2e-"));
    const [sip, rtc, rtp] = await Promise.all([port(), port(), port()]);
    const args = ["demo", "--json", "--data", folder, "--http", "127.0.0.1:0", "--sip", `127.0.0.1:${sip}`];
    args.push(
      "--rtc",
      `127.0.0.1:${rtc}`,
      "--rtp",
      `${rtp & ~1}-${Math.min((rtp & ~1) + 199, 65535)}`,
      "--drain",
      "1s",
      "--disk-full",
      "100",
      ...more,
    );
    const child = spawn(binary, args, { stdio: ["ignore", "pipe", "pipe"], env: { ...process.env, ...kept() } });
    let log = "";
    child.stderr.on("data", (chunk: Buffer) => {
      log += chunk.toString();
      if (process.env.PARLEY_E2E_LOG) appendFileSync(process.env.PARLEY_E2E_LOG, chunk);
    });
    const ready = await new Promise<Ready>((done, failed) => {
      createInterface({ input: child.stdout }).on(
        "line",
        (line) => line.startsWith("{") && done(JSON.parse(line) as Ready),
      );
      child.once("exit", (code) => failed(new Error(`parley demo ended with ${code}:\n${log}`)));
    });
    return new Site(ready, child, folder, () => log);
  }

  /** user finds a sign-in by the beginning of its e-mail. */
  user(name: string): User {
    const found = this.ready.users.find((user) => user.email.startsWith(name));
    if (!found) throw new Error(`the demo has no user ${name}`);
    return found;
  }

  number(index: number): string {
    return `sip:${this.ready.numbers[index]}@${this.ready.sip}`;
  }

  logged(): string {
    return this.log();
  }

  async stop(): Promise<void> {
    const ended = new Promise((done) => this.process.once("exit", done));
    this.process.kill("SIGTERM");
    await ended;
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** port is one that is free now. */
export function port(): Promise<number> {
  return new Promise((done, failed) => {
    const server = createServer();
    server.once("error", failed);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => (address && typeof address === "object" ? done(address.port) : failed(new Error("no port"))));
    });
  });
}

interface Fixtures {
  /** call places a call by a real SIP program and follows what it hears. */
  call(to: string, options?: CallerOptions): Caller;
  /** chrome opens a browser of its own with a microphone that gives a tone. */
  chrome(tone?: number, size?: { width: number; height: number }, ...flags: string[]): Promise<BrowserContext>;
}

export const test = base.extend<Fixtures, { site: Site; company: string }>({
  /** Tests of one name share a site; those that change what the company is made of have one of their own. */
  company: ["shared", { scope: "worker", option: true }],
  site: [
    // biome-ignore lint/correctness/noEmptyPattern: playwright wants the pattern
    async ({}, use) => {
      const site = await Site.start();
      await use(site);
      await site.stop();
    },
    { scope: "worker" },
  ],
  // biome-ignore lint/correctness/noEmptyPattern: playwright wants the pattern
  call: async ({}, use) => {
    const callers: Caller[] = [];
    await use((to, options) => {
      const caller = new Caller(to, options);
      callers.push(caller);
      return caller;
    });
    await Promise.all(callers.map((caller) => caller.stop()));
  },
  // biome-ignore lint/correctness/noEmptyPattern: playwright wants the pattern
  chrome: async ({}, use, info) => {
    const opened: { context: BrowserContext; folder: string }[] = [];
    await use(async (tone = microphoneTone, size = { width: 1440, height: 900 }, ...flags) => {
      const folder = mkdtempSync(join(tmpdir(), "parley-chromium-"));
      const microphone = join(folder, "microphone.wav");
      writeFileSync(microphone, toneFile(tone));
      const context = await chromium.launchPersistentContext(join(folder, "profile"), {
        executablePath: "/usr/bin/chromium",
        headless: true,
        viewport: size,
        locale: "en-US",
        permissions: ["microphone", "notifications"],
        args: [
          "--no-sandbox",
          "--use-fake-ui-for-media-stream",
          "--use-fake-device-for-media-stream",
          `--use-file-for-fake-audio-capture=${microphone}`,
          "--autoplay-policy=no-user-gesture-required",
          "--disable-background-networking",
          ...flags,
        ],
      });
      await context.addInitScript(prepare);
      opened.push({ context, folder });
      return context;
    });
    for (const { context, folder } of opened) {
      if (info.status !== info.expectedStatus) await tellPages(context, info);
      await context.close();
      rmSync(folder, { recursive: true, force: true });
    }
  },
});

/** prepare runs in each page before its own script: it keeps the page's connections for the ear, and switches off what
 * would take a steady tone for noise. */
function prepare(): void {
  const kept: RTCPeerConnection[] = [];
  const Original = window.RTCPeerConnection;
  window.RTCPeerConnection = class extends Original {
    constructor(configuration?: RTCConfiguration) {
      super(configuration);
      kept.push(this);
    }
  };
  Object.assign(window, { keptConnections: kept });
}

/** signIn fills the form as a person does. */
export async function signIn(page: Page, site: Site, name: string): Promise<void> {
  const user = site.user(name);
  await page.goto(site.ready.http);
  await page.getByLabel("E-mail").fill(user.email);
  await page.getByRole("textbox", { name: "Password" }).fill(user.password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.getByRole("navigation").first().waitFor();
}

/** quietProcessing switches noise suppression and its like off, for tones. */
export async function quietProcessing(page: Page, address: string): Promise<void> {
  await page.goto(`${address}/settings/audio`);
  for (const name of [/noise suppression/i, /echo cancellation/i, /auto.* gain/i]) {
    const toggle = page.getByRole("switch", { name });
    if (await toggle.isChecked()) await toggle.click({ force: true });
  }
  await page.goto(address);
}

/** hears is the strength in decibels of some frequencies in what the page is sent. */
export function hears(page: Page, frequencies: number[]): Promise<number[]> {
  return page.evaluate(async (wanted) => {
    const kept =
      (window as unknown as { keptConnections: RTCPeerConnection[]; ear?: AnalyserNode; earOf?: string }) ?? {};
    const live = kept.keptConnections.findLast((connection) => connection.connectionState === "connected");
    const track = live?.getReceivers()[0]?.track;
    if (!track) return wanted.map(() => -200);
    if (!kept.ear || kept.earOf !== track.id) {
      const context = new AudioContext();
      await context.resume();
      const sound = new Audio(); // Chromium pulls remote sound into an AudioContext only if an element has it too
      sound.srcObject = new MediaStream([track]);
      sound.muted = true;
      await sound.play();
      kept.ear = context.createAnalyser();
      kept.ear.fftSize = 8192;
      kept.ear.smoothingTimeConstant = 0;
      kept.earOf = track.id;
      context.createMediaStreamSource(new MediaStream([track])).connect(kept.ear);
    }
    const ear = kept.ear;
    const bins = new Float32Array(ear.frequencyBinCount);
    ear.getFloatFrequencyData(bins);
    return wanted.map((frequency) => {
      const at = Math.round((frequency * ear.fftSize) / ear.context.sampleRate);
      return Math.max(-200, ...bins.slice(at - 2, at + 3));
    });
  }, frequencies);
}

/** codecOf is what the page sends its sound in. */
export const codecOf = (page: Page) =>
  page.evaluate(() => {
    const kept = (window as unknown as { keptConnections: RTCPeerConnection[] }).keptConnections;
    const live = kept.findLast((connection) => connection.connectionState === "connected");
    return live?.getSenders()[0]?.getParameters().codecs[0]?.mimeType;
  });

/** start signs an agent in and presses Start; the demo's agents are then available. */
export async function start(page: Page, site: Site, name: string): Promise<void> {
  await signIn(page, site, name);
  await quietProcessing(page, site.ready.http);
  await page.getByRole("button", { name: /^(Start|Use here)$/ }).click();
  await expect(page.getByRole("form", { name: "Dial pad" })).toBeVisible({ timeout: 15_000 });
  await becomeAvailable(page);
}

/** becomeAvailable chooses Available where the page does not become it by itself; a wrap-up may end meanwhile. */
export async function becomeAvailable(page: Page): Promise<void> {
  const available = page.getByRole("button", { name: /^Status.*Available/ });
  const byItself = await available.waitFor({ timeout: 3000 }).then(
    () => true,
    () => false,
  );
  if (byItself) return;
  await page.getByRole("button", { name: /^Status/ }).click();
  await page
    .getByRole("menuitem", { name: "Available" })
    .click({ timeout: 5000 })
    .catch(() => page.keyboard.press("Escape"));
  await expect(available).toBeVisible();
  await expect(page.getByRole("menu")).toBeHidden();
}

/** answered is a caller whom the page answers, and who hears it. */
export async function answered(page: Page, site: Site, call: Fixtures["call"]): Promise<Caller> {
  const caller = call(site.number(0));
  await caller.reaches("answered");
  await expect(page.getByRole("alertdialog")).toBeVisible();
  await page.keyboard.press("a");
  await expect.poll(() => caller.strengthOf(microphoneTone), { timeout: 15_000 }).toBeGreaterThan(0.1);
  return caller;
}

/** screen saves a picture for the README and the guide. */
export const screen = (page: Page, name: string) =>
  page.screenshot({ path: join(import.meta.dirname, "../test-results/screens", `${name}.png`) });

export const lineOne = (page: Page) => page.getByRole("region", { name: "Line 1" });

export { expect };
