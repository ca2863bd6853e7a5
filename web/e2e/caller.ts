import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { expect } from "@playwright/test";

const root = join(import.meta.dirname, "../..");
const program = process.env.PARLEY_CALLER ?? join(root, "bin/caller");

export interface CallerOptions {
  from?: string;
  name?: string;
  tone?: number;
  /** The frequencies whose strength is told, in hertz. */
  watch?: number[];
}

interface Said {
  event: "ringing" | "answered" | "heard" | "ended";
  hz?: number;
  strength?: number;
  level?: number;
  watched?: { hz: number; strength: number }[];
  digits?: string;
  code?: number;
  reason?: string;
}

/** Caller is a real SIP program that calls, sends a tone and tells what it hears. */
export class Caller {
  private readonly process: ChildProcessWithoutNullStreams;
  private readonly ended: Promise<unknown>;
  state = "calling";
  last: Said = { event: "heard" };
  private quiet = 0;

  constructor(
    to: string,
    { from = "+12025550141", name = "", tone = 440, watch = [440, 700, 1100] }: CallerOptions = {},
  ) {
    this.process = spawn(program, [
      "-to",
      to,
      "-from",
      from,
      "-name",
      name,
      "-tone",
      String(tone),
      "-watch",
      watch.join(","),
    ]);
    this.ended = new Promise((done) => this.process.once("exit", done));
    createInterface({ input: this.process.stdout }).on("line", (line) => {
      const said = JSON.parse(line) as Said;
      this.last = { ...this.last, ...said };
      if (said.event !== "heard") this.state = said.event;
      else this.quiet = (said.level ?? 0) < 0.003 ? this.quiet + 200 : 0;
    });
  }

  /** reaches waits until the call is in that state. */
  reaches(state: Said["event"]): Promise<void> {
    return expect.poll(() => this.state, { timeout: 15_000 }).toBe(state);
  }

  /** strengthOf is how strong a watched frequency is heard now, 0 to 1. */
  strengthOf(hertz: number): number {
    return this.last.watched?.find((one) => one.hz === hertz)?.strength ?? 0;
  }

  /** level is how loud all is that is heard now, 0 to 1. */
  level(): number {
    return this.last.level ?? 0;
  }

  /** quietFor is how long nothing has been heard, in milliseconds. */
  quietFor(): number {
    return this.quiet;
  }

  digits(): string {
    return this.last.digits ?? "";
  }

  command(text: string): void {
    this.process.stdin.write(`${text}\n`);
  }

  async stop(): Promise<void> {
    if (this.process.exitCode === null) this.process.stdin.end();
    await this.ended;
  }
}
