import { IconArrowBackUp, IconArrowMerge, IconArrowsExchange, IconCheck, IconPhoneOff } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { say } from "../../i18n/in-call.ts";
import { type ConsultKey, consultKeys, linesOf, mainLine } from "../../live/in-call.ts";
import type { CallLine } from "../../live/transfer.ts";
import { useStore } from "../../live/use-store.ts";
import { useDesk, useLost, usePending } from "../../phone/context.ts";
import { Elapsed } from "../../phone/parts.tsx";
import { HangUp, Key, KeypadKey, MuteKey, RecordKey, StopRecording } from "../call-keys.tsx";
import { Keys } from "../keys.tsx";
import { LineHead, Who } from "../line-card.tsx";
import { consultCommand } from "./commands.ts";
import { nameOf, Participants } from "./participants.tsx";
import "./in-call.css";

/** Consult is two lines of one call: who waits, who is spoken to, and what leads on from there (TR-3, TR-4, TR-8). */
export default function Consult({ call, lines }: { call: string; lines: readonly CallLine[] }) {
  const { calls } = useDesk();
  const keypad = useStore(calls.keypadOpen);
  const both = linesOf(lines, call);
  const keys = consultKeys(lines, call);
  const heard = both.find((line) => line.state === "active") ?? both.at(-1);
  if (!heard) return null;
  const main = mainLine(lines, heard);
  const through = main.transfer?.in;
  const there = both.find((line) => line.line === 2);
  return (
    <section className="consult" aria-label={say("lines")}>
      {both.map((line) => (
        <OneLine key={line.line} line={line} canSwap={keys.includes("swap")} through={through} />
      ))}
      {through && (
        <p className="line-reason" role="status">
          {say(`in_${through}`, { name: there?.name ?? "" })}
        </p>
      )}
      <div className="line-keys">
        {keys.map((key) => (
          <Way key={key} call={call} does={key} through={through} />
        ))}
      </div>
      <div className="line-keys">
        <MuteKey line={heard} />
        <KeypadKey />
        {main.can_record && <RecordKey line={main} />}
      </div>
      {(keypad || (through === "menu" && main.state === "held")) && <Keys press={calls.digit} small />}
      {main.can_record && main.recording !== "off" && <StopRecording />}
      <Participants call={call} lines={lines} />
      <HangUp line={{ ...heard, state: "active" }} />
    </section>
  );
}

/** OneLine is one of the two. A click on the one that waits switches to it. */
function OneLine({ line, canSwap, through }: { line: CallLine; canSwap: boolean; through: Through }) {
  const { t } = useTranslation();
  const name = nameOf(line);
  const swap = useConsult(line.call, "swap");
  const hangUp = useConsult(line.call, "cancel");
  const lost = useLost();
  const active = line.state === "active";
  const label = say(active ? "talkingTo" : "talkTo", { name });
  const stands =
    line.line === 2 && line.state === "dialling" && through ? say(`stands_${through}`, { name }) : undefined;
  return (
    <section
      className="line consult-line"
      data-state={line.state}
      data-line={line.line}
      aria-label={t("line.label", { line: line.line })}
    >
      <LineHead line={line} several stands={stands}>
        <Elapsed since={line.since} full />
      </LineHead>
      <div className="consult-who">
        <div className="consult-face">
          <Who line={line} />
          {canSwap && (
            <button
              type="button"
              className="consult-switch"
              title={label}
              aria-label={label}
              aria-pressed={active}
              aria-busy={swap.pending}
              disabled={lost}
              onClick={active ? undefined : swap.press}
            />
          )}
        </div>
        {line.line === 2 && (
          <button
            type="button"
            className="party-key"
            data-does="remove"
            title={say("hangUpOn", { name })}
            aria-label={say("hangUpOn", { name })}
            aria-busy={hangUp.pending}
            disabled={lost}
            onClick={hangUp.press}
          >
            <IconPhoneOff size={17} aria-hidden="true" />
          </button>
        )}
      </div>
    </section>
  );
}

const icons = { swap: IconArrowsExchange, merge: IconArrowMerge, complete: IconCheck, cancel: IconArrowBackUp };

type Through = NonNullable<CallLine["transfer"]>["in"];

function Way({ call, does, through }: { call: string; does: ConsultKey; through: Through }) {
  const { press } = useConsult(call, does);
  const Icon = icons[does];
  return (
    <Key
      name={`consult ${does}`}
      icon={<Icon size={22} />}
      word={say(does)}
      label={say(does === "complete" && through ? `long_complete_${through}` : `long_${does}`)}
      disabled={useLost()}
      press={press}
    />
  );
}

/** useConsult is one command of the consultation. While the server has not answered one, another is not given; its key
 * keeps the focus. */
function useConsult(call: string, does: ConsultKey) {
  const { calls } = useDesk();
  const name = `consult ${does}`;
  return {
    pending: usePending(name),
    press() {
      const waits = [...calls.pending.get()].some((one) => one.startsWith("consult "));
      if (!waits) void calls.run(name, () => consultCommand(call, does));
    },
  };
}
