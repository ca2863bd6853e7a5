import { Button, Skeleton, Textarea } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { notesQuery, overtaken, type CallNotes as Written, writeNotes } from "../api/notes.ts";
import { words } from "../api/problem.ts";
import { say } from "../i18n/notes.ts";
import { NotesChoice } from "../record/notes-choice.tsx";
import { dayAndTime } from "../ui/moment.ts";
import { Note, Section } from "../ui/parts.tsx";
import "../record/notes.css";

const nameOf = (name: string | undefined) => name || say("somebody");

/** CallNotes is what agents wrote of a call, with the texts that were replaced; whoever sees it may write on (CH-9). */
export function CallNotes({ id }: { id: string }) {
  const { data: notes, error } = useQuery(notesQuery(id));
  const [edits, setEdits] = useState(false);
  return (
    <Section
      title={say("title")}
      aside={
        notes &&
        !edits && (
          <Button size="compact-xs" variant="subtle" onClick={() => setEdits(true)}>
            {say(notes.text === "" ? "write" : "edit")}
          </Button>
        )
      }
    >
      {error && <Note tone="red">{words(error)}</Note>}
      {!notes && !error && <Skeleton height={40} />}
      {notes && (edits ? <Editor id={id} notes={notes} done={() => setEdits(false)} /> : <Text notes={notes} />)}
      {notes && notes.edits.length > 0 && <Earlier edits={notes.edits} />}
    </Section>
  );
}

function Text({ notes }: { notes: Written }) {
  if (notes.version === 0) return <p className="notes-by">{say("none")}</p>;
  const by = notes.updated_at && say("by", { name: nameOf(notes.author_name), time: dayAndTime(notes.updated_at) });
  const final = notes.notes_finalized_at;
  return (
    <>
      <p className="notes-text">{notes.text || say("empty")}</p>
      <p className="notes-by">
        {by}; {final ? say("final", { time: dayAndTime(final) }) : say("open")}
      </p>
    </>
  );
}

/** Editor stores a text when asked to; every text that it replaces is kept. */
function Editor({ id, notes, done }: { id: string; notes: Written; done(): void }) {
  const client = useQueryClient();
  const [text, setText] = useState(notes.text);
  const [on, setOn] = useState(notes.version);
  const [theirs, setTheirs] = useState<Written>();
  const save = useMutation({
    mutationFn: (body: { version: number; text: string }) => writeNotes(id, body),
    onSuccess: (stored) => {
      client.setQueryData(notesQuery(id).queryKey, stored);
      done();
    },
    onError: (error) => setTheirs(overtaken(error)),
  });
  const choose = (which: "mine" | "theirs" | "both") => {
    if (!theirs) return;
    setOn(theirs.version);
    setText({ mine: text, theirs: theirs.text, both: `${theirs.text}\n\n${text}` }[which]);
    setTheirs(undefined);
    save.reset();
  };
  return (
    <div className="notes">
      <Textarea
        label={say("label")}
        autosize
        minRows={3}
        maxRows={14}
        maxLength={20_000}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      {theirs && <NotesChoice theirs={theirs} choose={choose} />}
      {save.error && !theirs && <Note tone="red">{words(save.error)}</Note>}
      <div className="notes-how">
        <Button
          size="compact-sm"
          loading={save.isPending}
          disabled={theirs !== undefined}
          onClick={() => save.mutate({ version: on, text })}
        >
          {say("save")}
        </Button>
        <Button size="compact-sm" variant="default" onClick={done}>
          {say("cancel")}
        </Button>
      </div>
    </div>
  );
}

function Earlier({ edits }: { edits: Written["edits"] }) {
  return (
    <details>
      <summary>{say("edits", { count: edits.length })}</summary>
      <ul className="notes-edits">
        {edits.map((edit) => (
          <li key={edit.at}>
            <p className="notes-text">{edit.before || say("empty")}</p>
            <p className="notes-by">
              {say("replaced", {
                time: dayAndTime(edit.at),
                editor: nameOf(edit.editor_name),
                author: nameOf(edit.author_name),
              })}
            </p>
          </li>
        ))}
      </ul>
    </details>
  );
}
