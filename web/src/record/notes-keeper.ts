import { overtaken, readNotes, writeNotes } from "../api/notes.ts";
import { isUnreachable, words } from "../api/problem.ts";
import { createStore, type Store } from "../live/store.ts";
import {
  begin,
  chosen,
  type Draft,
  dirty,
  kept,
  loaded,
  type Notes,
  passed,
  phase,
  ready,
  type Stored,
  sending,
  troubled,
  typed,
} from "./notes.ts";

/** How long nothing is typed before it is saved, and how long until what failed is tried again, in milliseconds. */
const rest = 1000;
const first = 2000;
const longest = 30_000;

/** World is what a keeper needs of the browser and the server. */
export interface World {
  read(): Promise<Stored>;
  write(version: number, text: string): Promise<Stored>;
  later(wait: number, then: () => void): () => void;
  draft(): Draft | undefined;
  /** keep remembers what is not saved for a reload of the tab; undefined forgets it. */
  keep(draft: Draft | undefined): void;
}

/** Keeper saves the notes of one call by itself, and goes on trying when nobody looks at them any more. */
export interface Keeper {
  readonly notes: Store<Notes>;
  type(text: string): void;
  /** flush saves at once what is not saved. */
  flush(): void;
  /** retry does at once what has failed. */
  retry(): void;
  choose(which: "mine" | "theirs" | "both"): void;
}

export function createKeeper(world: World): Keeper {
  const notes = createStore(begin(world.draft()));
  let stop = () => {};
  let pause = first;

  const become = (next: Notes) => {
    notes.set(next);
    world.keep(dirty(next) || next.theirs ? { text: next.text, version: next.version } : undefined);
  };
  const soon = (wait: number, then: () => void) => {
    stop();
    stop = world.later(wait, then);
  };
  const again = (then: () => void) => {
    soon(pause, then);
    pause = Math.min(pause * 2, longest);
  };

  const load = () => {
    world.read().then(
      (stored) => {
        pause = first;
        become(loaded(notes.get(), stored));
        if (ready(notes.get())) soon(rest, save);
      },
      (error: unknown) => {
        become(troubled(notes.get(), words(error), !isUnreachable(error)));
        if (isUnreachable(error)) again(load);
      },
    );
  };

  const save = () => {
    const now = notes.get();
    if (now.version === undefined || !ready(now)) return;
    stop();
    become(sending(now));
    world.write(now.version, now.text).then(
      (stored) => {
        pause = first;
        become(kept(notes.get(), stored));
        if (ready(notes.get())) soon(rest, save);
      },
      (error: unknown) => {
        const theirs = overtaken(error);
        if (theirs) return become(passed(notes.get(), theirs));
        become(troubled(notes.get(), words(error), !isUnreachable(error)));
        if (isUnreachable(error)) again(save);
      },
    );
  };

  load();
  return {
    notes,
    type(text) {
      become(typed(notes.get(), text));
      if (notes.get().version !== undefined) soon(rest, save);
    },
    flush: save,
    retry: () => (notes.get().version === undefined ? load() : save()),
    choose(which) {
      become(chosen(notes.get(), which));
      save();
    },
  };
}

const keepers = new Map<string, Keeper>();

/** keeperOf is the keeper of a call's notes in this tab. */
export function keeperOf(call: string): Keeper {
  const known = keepers.get(call);
  if (known) return known;
  const made = createKeeper(worldOf(call));
  keepers.set(call, made);
  return made;
}

/** leave saves what is typed, and forgets a call of which nothing is left to be saved. */
export function leave(call: string): void {
  const keeper = keepers.get(call);
  keeper?.flush();
  if (keeper && ["saved", "empty"].includes(phase(keeper.notes.get()))) keepers.delete(call);
}

function worldOf(call: string): World {
  const place = `parley.notes.${call}`;
  return {
    read: () => readNotes(call),
    write: (version, text) => writeNotes(call, { version, text }),
    later(wait, then) {
      const timer = setTimeout(then, wait);
      return () => clearTimeout(timer);
    },
    draft() {
      const text = sessionStorage.getItem(place);
      return text === null ? undefined : (JSON.parse(text) as Draft);
    },
    keep(draft) {
      if (draft) sessionStorage.setItem(place, JSON.stringify(draft));
      else sessionStorage.removeItem(place);
    },
  };
}
