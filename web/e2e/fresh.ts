import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { kept } from "./database.ts";
import { port } from "./world.ts";

const root = join(import.meta.dirname, "../..");
const binary = process.env.PARLEY_BIN ?? join(root, "bin/parley");
/** The program with a clock that tests set. */
const clockBinary = process.env.PARLEY_CLOCK_BIN ?? join(root, "bin/parley-clock");

/** Fresh is a running `parley serve` that nobody has used yet, in Brussels. */
export class Fresh {
  private constructor(
    public address: string,
    /** Where it takes calls. */
    public sip: string,
    /** Proves on the first page that one may set it up. */
    readonly code: string,
    private process: ChildProcess,
    private readonly folder: string,
    private readonly database: Record<string, string>,
  ) {}

  /** start begins with an empty folder; clock is the moment that the wall clock starts at, else the machine's. */
  static async start(clock?: string): Promise<Fresh> {
    const folder = mkdtempSync(join(tmpdir(), "parley-fresh-"));
    const database = kept();
    const { child, sip, told } = await launch(
      folder,
      database,
      clock,
      /open (?<at>\S+) and enter the code (?<code>\S+)/,
    );
    return new Fresh(told.at ?? "", sip, told.code ?? "", child, folder, database);
  }

  /** goOnAt stops the program and starts it again with what it has, at another moment. */
  async goOnAt(clock: string): Promise<void> {
    await this.end();
    const { child, sip, told } = await launch(this.folder, this.database, clock, /web app\s+(?<at>\S+)/);
    this.process = child;
    this.sip = sip;
    this.address = told.at ?? "";
  }

  async stop(): Promise<void> {
    await this.end();
    rmSync(this.folder, { recursive: true, force: true });
  }

  private async end(): Promise<void> {
    const ended = new Promise((done) => this.process.once("exit", done));
    this.process.kill("SIGTERM");
    await ended;
  }
}

/** launch starts the program on ports of its own and waits for what it tells. */
async function launch(folder: string, database: Record<string, string>, clock: string | undefined, wanted: RegExp) {
  const [sip, rtc, rtp] = await Promise.all([port(), port(), port()]);
  const args = [
    "serve",
    "--data",
    folder,
    "--http",
    "127.0.0.1:0",
    "--sip",
    `127.0.0.1:${sip}`,
    "--drain",
    "1s",
    "--disk-full",
    "100",
  ];
  args.push("--rtc", `127.0.0.1:${rtc}`, "--rtp", `${rtp & ~1}-${Math.min((rtp & ~1) + 199, 65535)}`);
  if (clock) args.push("--clock", clock);
  const env = { ...process.env, ...database, TZ: "Europe/Brussels" };
  const child = spawn(clock ? clockBinary : binary, args, { stdio: ["ignore", "pipe", "pipe"], env });
  let log = "";
  child.stderr.on("data", (chunk: Buffer) => {
    log += chunk.toString();
  });
  const told = await new Promise<Record<string, string>>((done, failed) => {
    createInterface({ input: child.stdout }).on("line", (line) => {
      const groups = wanted.exec(line)?.groups;
      if (groups) done(groups);
    });
    child.once("exit", (status) => failed(new Error(`parley serve ended with ${status}:\n${log}`)));
  });
  return { child, sip: `127.0.0.1:${sip}`, told };
}
