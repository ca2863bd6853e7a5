import { TextInput } from "@mantine/core";
import { say } from "../../i18n/in-call.ts";
import type { Destination } from "../../live/transfer.ts";
import { useLive } from "../../phone/context.ts";
import { Permission, useBlocked } from "../permission.tsx";
import { stateOf, type Typed, typed } from "./choices.ts";
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

/** NumberField takes a typed number, and checks it as the dial pad does. */
export function NumberField({ number, write }: { number: string; write(number: string): void }) {
  const { to, busy, yourself } = useTyped(number);
  const why = busy && stateOf(busy, say);
  return (
    <div className="picker-number">
      <TextInput
        data-autofocus
        label={say("number")}
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
