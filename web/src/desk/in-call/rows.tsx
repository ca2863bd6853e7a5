import { TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { contactsQuery } from "../../api/contacts.ts";
import { words } from "../../api/problem.ts";
import { say } from "../../i18n/in-call.ts";
import type { Destination } from "../../live/transfer.ts";
import { useLive } from "../../phone/context.ts";
import { Note } from "../../ui/parts.tsx";
import { agentChoices, type Choice, contactChoices, found, type Kind, namedChoices } from "./choices.ts";
import { destinationsQuery } from "./commands.ts";
import { usePeople } from "./people.ts";

type Listed = Exclude<Kind, "number" | "convert">;

interface Props {
  kind: Listed;
  to: Destination | undefined;
  choose(to: Destination): void;
}

/** Rows is everything of one kind; what cannot be picked now is shown with why. */
export function Rows({ kind, to, choose }: Props) {
  const [search, setSearch] = useState("");
  const { choices, error } = useChoices(kind);
  const shown = choices && found(choices, search);
  return (
    <div className="picker-list">
      <TextInput
        aria-label={say("search")}
        placeholder={say("search")}
        value={search}
        autoComplete="off"
        onChange={(event) => setSearch(event.currentTarget.value)}
      />
      {error ? (
        <Note tone="red">{words(error)}</Note>
      ) : (
        <fieldset className="picker-rows">
          <legend className="sr">{say(`kind_${kind}`)}</legend>
          {shown?.map((choice) => (
            <Row key={choice.key} choice={choice} to={to} choose={choose} />
          ))}
          {shown?.length === 0 && <p>{say(search === "" ? "none" : "noneFound")}</p>}
          {!shown && <p>{say("loading")}</p>}
        </fieldset>
      )}
    </div>
  );
}

function Row({ choice: { name, detail, to: leads }, to, choose }: { choice: Choice } & Pick<Props, "to" | "choose">) {
  return (
    <label data-off={!leads || undefined}>
      <input
        type="radio"
        name="to"
        disabled={!leads}
        checked={leads !== undefined && leads.kind === to?.kind && leads.target === to.target}
        onChange={() => leads && choose(leads)}
      />
      <span className="picker-name">{name}</span>
      {detail && <span className="picker-detail num">{detail}</span>}
    </label>
  );
}

const placesOf = { queue: "queues", menu: "menus", mailbox: "mailboxes" } as const;

/** useChoices reads what there is of a kind; undefined while it is asked for. */
function useChoices(kind: Listed): { choices?: readonly Choice[]; error?: Error | null } {
  const people = usePeople();
  const me = useLive((live) => live.me.agent);
  const contacts = useQuery({ ...contactsQuery(""), enabled: kind === "contact" });
  const places = useQuery({ ...destinationsQuery, enabled: kind in placesOf });
  if (kind === "agent") return people ? { choices: agentChoices(people, me, say) } : {};
  if (kind === "contact") {
    return contacts.data ? { choices: contactChoices(contacts.data.rows, say("noNumber")) } : { error: contacts.error };
  }
  return places.data ? { choices: namedChoices(kind, places.data[placesOf[kind]]) } : { error: places.error };
}
