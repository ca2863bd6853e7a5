import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { port } from "./world.ts";

const binary = process.env.PARLEY_BIN ?? join(import.meta.dirname, "../../bin/parley");

/** Fresh is a running `parley serve` that nobody has used yet. */
export class Fresh {
  private constructor(
    readonly address: string,
    /** Proves on the first page that one may set it up. */
    readonly code: string,
    private readonly process: ChildProcess,
    private readonly folder: string,
  ) {}

  static async start(): Promise<Fresh> {
    const folder = mkdtempSync(join(tmpdir(), "parley-fresh-"));
    const [sip, rtc, rtp] = await Promise.all([port(), port(), port()]);
    const args = ["serve", "--data", folder, "--http", "127.0.0.1:0", "--sip", `127.0.0.1:${sip}`, "--drain", "1s"];
    args.push("--rtc", `127.0.0.1:${rtc}`, "--rtp", `${rtp & ~1}-${Math.min((rtp & ~1) + 199, 65535)}`);
    const child = spawn(binary, args, { stdio: ["ignore", "pipe", "pipe"] });
    let log = "";
    child.stderr.on("data", (chunk: Buffer) => {
      log += chunk.toString();
    });
    const [address, code] = await new Promise<[string, string]>((done, failed) => {
      createInterface({ input: child.stdout }).on("line", (line) => {
        const told = /open (\S+) and enter the code (\S+)/.exec(line);
        if (told?.[1] && told[2]) done([told[1], told[2]]);
      });
      child.once("exit", (status) => failed(new Error(`parley serve ended with ${status}:\n${log}`)));
    });
    return new Fresh(address, code, child, folder);
  }

  async stop(): Promise<void> {
    const ended = new Promise((done) => this.process.once("exit", done));
    this.process.kill("SIGTERM");
    await ended;
    rmSync(this.folder, { recursive: true, force: true });
  }
}
