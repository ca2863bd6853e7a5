import { Button, NativeSelect, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, type ReactNode, useState } from "react";
import { words } from "../api/problem.ts";
import type { SayWhere, Whereabouts } from "../api/types.ts";
import { sayWhere, whereQuery } from "../api/where.ts";
import { say } from "../i18n/where.ts";
import { Note } from "../ui/parts.tsx";

const empty = { name: "", street: "", postal_code: "", city: "", region: "", country_code: "", floor: "", room: "" };
type Address = typeof empty;

const parts = Object.keys(empty) as (keyof Address)[];
const needed: readonly string[] = ["name", "street", "city", "country_code"];
const longest: Partial<Record<keyof Address, number>> = {
  country_code: 2,
  floor: 50,
  room: 50,
  region: 50,
  postal_code: 20,
};

/** WhereForm takes one of the company's locations, or an address of the person's own, for the network of this page. */
export function WhereForm({ at, children, kept }: { at: Whereabouts; children?: ReactNode; kept?(): void }) {
  const queries = useQueryClient();
  const [place, choose] = useState(at.address ? "" : at.location || at.choices[0]?.id || "");
  const [address, write] = useState<Address>({ ...empty, ...at.address });
  const save = useMutation({
    mutationFn: () => sayWhere(said(place, address)),
    onSuccess: (next) => {
      queries.setQueryData(whereQuery.queryKey, next);
      kept?.();
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate();
  };
  return (
    <form className="where-form" aria-label={say("title")} onSubmit={submit}>
      {at.choices.length > 0 && (
        <NativeSelect
          label={say("place")}
          value={place}
          data={[
            ...at.choices.map(({ id, words: label }) => ({ value: id, label })),
            { value: "", label: say("other") },
          ]}
          onChange={(event) => choose(event.currentTarget.value)}
        />
      )}
      {place === "" &&
        parts.map((part) => (
          <TextInput
            key={part}
            label={say(part)}
            value={address[part]}
            required={needed.includes(part)}
            maxLength={longest[part] ?? 100}
            onChange={(event) => write({ ...address, [part]: event.currentTarget.value })}
          />
        ))}
      {save.error && <Note tone="red">{words(save.error)}</Note>}
      <div className="where-keys">
        <Button type="submit" loading={save.isPending}>
          {say("confirm")}
        </Button>
        {children}
      </div>
    </form>
  );
}

/** said leaves out what was not filled in. */
function said(place: string, address: Address): SayWhere {
  if (place !== "") return { location: place };
  const filled = Object.fromEntries(Object.entries(address).filter(([, value]) => value.trim() !== ""));
  return { address: { ...address, ...filled, country_code: address.country_code.toUpperCase() } };
}
