import { Button, Modal, Textarea } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { say } from "../../i18n/in-call.ts";
import type { Way } from "../../live/in-call.ts";
import type { Destination } from "../../live/transfer.ts";
import { useDesk, useLost, usePending } from "../../phone/context.ts";
import { Note } from "../../ui/parts.tsx";
import { hearsNotes, helpOf, type Kind, kindsOf, stillFree } from "./choices.ts";
import { bring } from "./commands.ts";
import { Convert } from "./convert.tsx";
import { NumberField, useNumber } from "./number-field.tsx";
import { usePeople, useWatchPeople } from "./people.ts";
import { Rows } from "./rows.tsx";
import "./in-call.css";

/** The longest notes for a receiver, in letters. */
const longest = 1000;

/** Picker is where it is chosen to whom a call goes, or who comes into it (TR-7, TR-9). */
export default function Picker({ way, call, first = "agent" }: { way: Way; call: string; first?: Kind }) {
  const { calls } = useDesk();
  const [kind, setKind] = useState<Kind>(first);
  const [picked, pick] = useState<Destination>();
  const [number, setNumber] = useState("");
  const [notes, setNotes] = useState("");
  const [refusal, setRefusal] = useState("");
  const lost = useLost();
  const pending = usePending("bring");
  const close = () => calls.ask(undefined);
  const typed = useNumber(number);
  useWatchPeople();
  const people = usePeople() ?? [];
  const help = helpOf(way, kind);
  const to = kind === "number" ? typed : stillFree(picked, people);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!to) return;
    setRefusal("");
    const words = hearsNotes(kind) ? notes.trim() : "";
    void calls.run("bring", () => bring(call, way, to, words), setRefusal).then((taken) => taken && close());
  };
  return (
    <Modal
      opened
      onClose={close}
      title={say(`title_${way}`)}
      closeButtonProps={{ "aria-label": say("close") }}
      centered
    >
      <div className="picker">
        <p>{say(kind === "convert" ? "about_convert" : `about_${way}`)}</p>
        <Kinds
          way={way}
          kind={kind}
          choose={(next) => {
            setKind(next);
            pick(undefined);
            setRefusal("");
          }}
        />
        {kind === "convert" && <Convert call={call} close={close} />}
      </div>
      {kind !== "convert" && (
        <form className="picker" onSubmit={submit}>
          {kind === "number" ? (
            <NumberField number={number} write={setNumber} />
          ) : (
            <Rows kind={kind} to={to} choose={pick} key={kind} />
          )}
          {help && <p className="picker-help">{say(help)}</p>}
          {hearsNotes(kind) && (
            <Textarea
              label={say("notes")}
              description={say("notesHelp")}
              value={notes}
              maxLength={longest}
              autosize
              minRows={2}
              maxRows={5}
              onChange={(event) => setNotes(event.currentTarget.value)}
            />
          )}
          {refusal && <Note tone="red">{refusal}</Note>}
          <Button type="submit" loading={pending} disabled={!to || lost}>
            {say(`do_${way}`)}
          </Button>
        </form>
      )}
    </Modal>
  );
}

function Kinds({ way, kind, choose }: { way: Way; kind: Kind; choose(kind: Kind): void }) {
  return (
    <fieldset className="kinds">
      <legend className="sr">{say("kinds")}</legend>
      {kindsOf(way).map((one) => (
        <label key={one}>
          <input type="radio" name="kind" checked={kind === one} onChange={() => choose(one)} />
          <span>{say(`kind_${one}`)}</span>
        </label>
      ))}
    </fieldset>
  );
}
