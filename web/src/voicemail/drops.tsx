import { ActionIcon } from "@mantine/core";
import { IconPencil, IconTrash } from "@tabler/icons-react";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { deleteDropGreeting } from "../api/commands.ts";
import { dropGreetingsQuery } from "../api/queries.ts";
import { say } from "../recorder/words.ts";
import { Section } from "../ui/parts.tsx";
import { DropForm, refuse } from "./drop-form.tsx";

/** Drops are the voicemails that the person has prepared for other people's answering machines (VM-13). */
export function Drops() {
  const { data: all = [] } = useQuery(dropGreetingsQuery);
  const [edited, setEdited] = useState<string>();
  const queries = useQueryClient();
  const reload = () => {
    setEdited(undefined);
    return queries.invalidateQueries({ queryKey: dropGreetingsQuery.queryKey });
  };
  const remove = (id: string) =>
    void deleteDropGreeting(id)
      .then(reload, refuse)
      .catch(() => undefined);
  return (
    <Section title={say("drop.title")}>
      <div className="voicemail-own">
        <p className="voicemail-hint">{say("drop.text")}</p>
        {all.length > 0 && (
          <ul className="voicemail-drops">
            {all.map((one) => (
              <li key={one.id}>
                <span>{one.name}</span>
                <span>
                  <ActionIcon
                    variant="subtle"
                    color="gray"
                    aria-label={say("drop.edit", { name: one.name })}
                    aria-expanded={edited === one.id}
                    onClick={() => setEdited(edited === one.id ? undefined : one.id)}
                  >
                    <IconPencil size={16} />
                  </ActionIcon>
                  <ActionIcon
                    variant="subtle"
                    color="gray"
                    aria-label={say("drop.delete", { name: one.name })}
                    onClick={() => remove(one.id)}
                  >
                    <IconTrash size={16} />
                  </ActionIcon>
                </span>
                {edited === one.id && (
                  <DropForm of={one} key={one.version} saved={reload} leave={() => setEdited(undefined)} />
                )}
              </li>
            ))}
          </ul>
        )}
        {edited === undefined && <DropForm saved={reload} />}
      </div>
    </Section>
  );
}
