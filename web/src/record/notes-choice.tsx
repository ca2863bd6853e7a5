import { Button } from "@mantine/core";
import { say } from "../i18n/notes.ts";
import type { Stored } from "./notes.ts";

interface Props {
  theirs: Stored;
  choose(which: "mine" | "theirs" | "both"): void;
}

/** NotesChoice shows what somebody else has written meanwhile, and lets whose text stands be chosen (CH-9). */
export function NotesChoice({ theirs, choose }: Props) {
  const name = theirs.author_name ?? say("somebody");
  return (
    <div className="notes-choice" role="alert">
      <p>{say("overtaken", { name })}</p>
      <section aria-label={say("theirs", { name })}>
        <p className="notes-text">{theirs.text || say("empty")}</p>
      </section>
      <div className="notes-keys">
        <Button size="compact-sm" onClick={() => choose("both")}>
          {say("both")}
        </Button>
        <Button size="compact-sm" variant="default" onClick={() => choose("mine")}>
          {say("mine")}
        </Button>
        <Button size="compact-sm" variant="default" onClick={() => choose("theirs")}>
          {say("take")}
        </Button>
      </div>
    </div>
  );
}
