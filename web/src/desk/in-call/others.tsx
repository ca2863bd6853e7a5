import { IconArrowForwardUp, IconParking, IconPhoneCall, IconUserPlus } from "@tabler/icons-react";
import { say } from "../../i18n/in-call.ts";
import { stageOf, type Way, waysOf } from "../../live/in-call.ts";
import type { CallLine } from "../../live/transfer.ts";
import { useDesk, useLive, useLost } from "../../phone/context.ts";
import { Note } from "../../ui/parts.tsx";
import { Key } from "../call-keys.tsx";
import { parkCall } from "./commands.ts";
import { Options } from "./options.tsx";
import { Participants } from "./participants.tsx";
import "./in-call.css";

const icons = { transfer: IconArrowForwardUp, warm: IconPhoneCall, conference: IconUserPlus };

/** Others is what a call has beside its own keys: the ways to bring somebody in, how that stands, and who is in it. */
export default function Others({ line }: { line: CallLine }) {
  const lines = useLive((live) => live.me.lines) ?? [line];
  return (
    <>
      <Ways call={line.call} ways={line.parked_in ? [] : waysOf(lines, line.call)} />
      <Standing line={line} />
      <Options line={line} />
      <Participants
        call={line.call}
        lines={lines}
        key={stageOf(lines, line.call) === "conference" ? "conference" : "call"}
      />
    </>
  );
}

function Ways({ call, ways }: { call: string; ways: readonly Way[] }) {
  const { calls } = useDesk();
  const lost = useLost();
  if (ways.length === 0) return null;
  return (
    <div className="ways">
      {ways.map((way) => {
        const Icon = icons[way];
        return (
          <Key
            key={way}
            name={way}
            {...(way === "transfer" && { hint: "T" })}
            icon={<Icon size={22} />}
            word={say(way)}
            disabled={lost}
            press={() => calls.ask({ what: way, call })}
          />
        );
      })}
      {ways.includes("transfer") && (
        <Key
          name="park"
          icon={<IconParking size={22} />}
          word={say("park")}
          label={say("parkLong")}
          disabled={lost}
          press={() => void calls.run("park", () => parkCall(call))}
        />
      )}
    </div>
  );
}

/** Standing is how a transfer stands that the server has been asked for, why the last one failed, and what the one who
 * transferred wrote. */
function Standing({ line: { transfer, transferred_by, notes } }: { line: CallLine }) {
  return (
    <>
      {transfer && transfer.state !== "failed" && (
        <p className="line-reason" role="status">
          {say(transfer.warm ? "reaching" : "transferring", { name: transfer.name })}
        </p>
      )}
      {transfer?.state === "failed" && (
        <Note tone="red" title={say("failed", { name: transfer.name })}>
          {transfer.why}
        </Note>
      )}
      {(transferred_by || notes) && (
        <div className="received">
          {transferred_by && <strong>{say("by", { name: transferred_by })}</strong>}
          {notes && <p>{notes}</p>}
        </div>
      )}
    </>
  );
}
