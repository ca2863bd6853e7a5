import {
  IconChevronDown,
  IconMicrophone,
  IconMicrophoneOff,
  IconPlayerPause,
  IconPlayerPlay,
  IconUsers,
  IconUserX,
} from "@tabler/icons-react";
import { useId, useState } from "react";
import { say } from "../../i18n/in-call.ts";
import { type PartyKey, partiesOf, partyKeys, partyState, stageOf } from "../../live/in-call.ts";
import type { CallLine, CallParty } from "../../live/transfer.ts";
import { useDesk, useLost, usePending } from "../../phone/context.ts";
import { readable } from "../../phone/number.ts";
import { Avatar } from "../../ui/parts.tsx";
import { partyCommand } from "./commands.ts";

interface Props {
  call: string;
  lines: readonly CallLine[];
}

/** Participants is everybody in a call with how they stand (TR-5). In a conference it stands open. */
export function Participants({ call, lines }: Props) {
  const [open, setOpen] = useState(stageOf(lines, call) === "conference");
  const list = useId();
  const parties = partiesOf(lines, call);
  if (parties.length === 0) return null;
  return (
    <section className="parties" aria-label={say("participants")}>
      <button
        type="button"
        className="key-quiet"
        aria-expanded={open}
        aria-controls={list}
        onClick={() => setOpen(!open)}
      >
        <IconUsers size={16} aria-hidden="true" />
        {say("participants")} <span className="num">{parties.length}</span>
        <IconChevronDown className="parties-arrow" size={16} aria-hidden="true" />
      </button>
      <ul id={list} hidden={!open}>
        {parties.map((party) => (
          <Party key={party.id} party={party} call={call} keys={partyKeys(lines, call, party)} />
        ))}
      </ul>
    </section>
  );
}

interface PartyProps {
  party: CallParty;
  call: string;
  keys: readonly PartyKey[];
}

function Party({ party, call, keys }: PartyProps) {
  const name = nameOf(party);
  const state = partyState(party);
  return (
    <li data-state={state}>
      <Avatar name={party.name || "#"} size={28} />
      <span className="party-who">
        <strong>
          {name}
          {party.you && ` (${say("you")})`}
        </strong>
        <span>{[say(`kindOf_${party.kind}`), say(`state_${state}`)].join(" · ")}</span>
      </span>
      {keys.map((key) => (
        <PartyButton key={key} call={call} party={party} does={key} name={name} />
      ))}
    </li>
  );
}

/** Somebody is a person or a line, who may have no name. */
interface Somebody {
  readonly name?: string | undefined;
  readonly number?: string | undefined;
}

/** nameOf is how somebody is called. */
export function nameOf({ name, number }: Somebody): string {
  return name || readable(number ?? "");
}

const icons = {
  hold: IconPlayerPause,
  resume: IconPlayerPlay,
  mute: IconMicrophone,
  unmute: IconMicrophoneOff,
  remove: IconUserX,
};

interface ButtonProps {
  call: string;
  party: CallParty;
  does: PartyKey;
  name: string;
}

function PartyButton({ call, party, does, name }: ButtonProps) {
  const { calls } = useDesk();
  const command = `party ${party.id} ${does}`;
  const Icon = icons[does];
  const label = say(`party_${does}`, { name });
  return (
    <button
      type="button"
      className="party-key"
      data-does={does}
      title={label}
      aria-label={label}
      aria-busy={usePending(command)}
      disabled={useLost()}
      onClick={() => void calls.run(command, () => partyCommand(call, party.id, does))}
    >
      <Icon size={17} aria-hidden="true" />
    </button>
  );
}
