import { Button, Textarea } from "@mantine/core";
import { useEffect, useState } from "react";
import { say } from "../i18n/notes.ts";
import { useStore } from "../live/use-store.ts";
import { type Notes, phase } from "./notes.ts";
import { NotesChoice } from "./notes-choice.tsx";
import { keeperOf, leave } from "./notes-keeper.ts";
import "./notes.css";

/** NotesField is where an agent writes during a call and in its wrap-up; it saves by itself (CH-9). Give it the call as key. */
export default function NotesField({ call }: { call: string }) {
  const [keeper] = useState(() => keeperOf(call));
  const notes = useStore(keeper.notes);
  useEffect(() => () => leave(call), [call]);
  return (
    <div className="notes">
      <Textarea
        label={say("label")}
        placeholder={say("placeholder")}
        autosize
        minRows={2}
        maxRows={10}
        maxLength={20_000}
        value={notes.text}
        onChange={(event) => keeper.type(event.currentTarget.value)}
        onBlur={keeper.flush}
      />
      {notes.theirs ? (
        <NotesChoice theirs={notes.theirs} choose={keeper.choose} />
      ) : (
        <How notes={notes} again={keeper.retry} />
      )}
    </div>
  );
}

/** How says whether what was typed is saved. */
function How({ notes, again }: { notes: Notes; again(): void }) {
  const now = phase(notes);
  if (now === "failed" || now === "refused") {
    return (
      <div className="notes-how" data-trouble role="alert">
        <span>{say(now, { why: notes.trouble?.why })}</span>
        <Button size="compact-xs" variant="default" onClick={again}>
          {say("again")}
        </Button>
      </div>
    );
  }
  return <p className="notes-how">{now === "empty" || now === "overtaken" ? "" : say(now)}</p>;
}
