import { TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { say } from "../../i18n/in-call.ts";
import type { Destination } from "../../live/transfer.ts";
import { useLive } from "../../phone/context.ts";
import { readable } from "../../phone/number.ts";
import { Permission, useBlocked } from "../permission.tsx";
import { stateOf, type Typed, typed } from "./choices.ts";
import { destinationsQuery } from "./commands.ts";
import { usePeople } from "./people.ts";

function useTyped(number: string): Typed {
  const people = usePeople() ?? [];
  const me = useLive((live) => live.me.agent);
  return typed(number, people, me);
}

/** useNumber is where a typed number leads; nowhere when the class of service keeps it from being called (SP-7). */
export function useNumber(number: string): Destination | undefined {
  const { to } = useTyped(number);
  const blocked = useBlocked(number);
  return blocked && to?.kind === "external" ? undefined : to;
}

/** NumberField is the numbers that an administrator keeps, by name, and another one that is typed; each is checked as the dial pad does. */
export function NumberField({ number, write }: { number: string; write(number: string): void }) {
  const { to, busy, yourself } = useTyped(number);
  const why = busy && stateOf(busy, say);
  const pool = useQuery(destinationsQuery).data?.numbers ?? [];
  return (
    <div className="picker-number">
      {pool.length > 0 && (
        <fieldset className="picker-rows">
          <legend className="sr">{say("numbers")}</legend>
          {pool.map((one) => (
            <label key={`${one.name} ${one.number}`}>
              <input type="radio" name="to" checked={one.number === number} onChange={() => write(one.number)} />
              <span className="picker-name">{one.name}</span>
              <span className="picker-detail num">{readable(one.number)}</span>
            </label>
          ))}
        </fieldset>
      )}
      <TextInput
        data-autofocus
        label={say(pool.length > 0 ? "otherNumber" : "number")}
        value={number}
        inputMode="tel"
        autoComplete="off"
        maxLength={50}
        onChange={(event) => write(event.currentTarget.value)}
      />
      {yourself && <p role="status">{say("yourself")}</p>}
      {busy && <p role="status">{say("notNow", { name: busy.name, why })}</p>}
      {to?.kind === "external" && <Permission number={number} />}
    </div>
  );
}
