import { useId, useState } from "react";
import { askHelp, endHelp } from "../api/watch.ts";
import { say } from "../i18n/watch.ts";
import type { Line } from "../live/picture.ts";
import { useDesk, useLost, usePending } from "../phone/context.ts";
import { Elapsed } from "../phone/parts.tsx";

/** HelpKey asks the supervisors for help in a call, with a note if the agent likes, and closes what has come of it (AS-1). */
export default function HelpKey({ line }: { line: Line }) {
  const { calls } = useDesk();
  const lost = useLost();
  const busy = usePending("help");
  const [note, write] = useState<string>();
  const field = useId();
  const close = () => void calls.run("help", () => endHelp(line.call));
  if (line.help || line.helped) {
    return (
      <div role="status">
        {line.help && (
          <>
            {say("waits")} <Elapsed since={line.help.since} />
          </>
        )}
        <button type="button" className="key-quiet" disabled={lost || busy} onClick={close}>
          {say(line.help ? "takeBack" : "letGo")}
        </button>
      </div>
    );
  }
  if (note === undefined) {
    return (
      <button type="button" className="key-quiet" disabled={lost} onClick={() => write("")}>
        {say("ask")}
      </button>
    );
  }
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void calls.run("help", () => askHelp(line.call, note)).then((sent) => sent && write(undefined));
      }}
    >
      <label htmlFor={field}>{say("note")}</label>
      <input id={field} value={note} maxLength={500} onChange={(event) => write(event.currentTarget.value)} />
      <button type="submit" className="key-quiet" disabled={lost || busy}>
        {say("send")}
      </button>
    </form>
  );
}
