import type { CallNotes } from "../../src/api/notes.ts";
import { ago } from "./data.ts";

/** NotesOfCalls keeps what is written of calls, as the server does. */
export class NotesOfCalls {
  /** Whether the server is away: what is written meanwhile is not taken. */
  away = false;
  private readonly all = new Map<string, CallNotes>();

  of(call: string): CallNotes {
    return this.all.get(call) ?? { text: "", version: 0, edits: [] };
  }

  /** write has somebody else write. */
  write(call: string, text: string, more: Partial<CallNotes> = {}): void {
    const old = this.of(call);
    this.all.set(call, {
      ...old,
      text,
      version: old.version + 1,
      author_name: "Ben Ortiz",
      updated_at: ago(60),
      ...more,
    });
  }

  answer(route: string, body: unknown): [number, CallNotes] | undefined {
    const [, method, call] = /^(GET|PUT) \/calls\/([^/]+)\/notes$/.exec(route) ?? [];
    if (call === undefined) return undefined;
    const old = this.of(call);
    if (method === "GET") return [200, old];
    if (this.away) return [503, old];
    const { version, text } = body as { version: number; text: string };
    if (version !== old.version) return [409, old];
    this.write(call, text, { author_name: "Ann Lindgren" });
    return [200, this.of(call)];
  }
}
