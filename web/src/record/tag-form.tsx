import { Button, NativeSelect, TextInput } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { words } from "../api/problem.ts";
import { setTag, type Tagged, tagKeysQuery } from "../api/tags.ts";
import type { Tag, TagKeys } from "../api/types.ts";
import { Note } from "../ui/parts.tsx";
import { type Asked, askedFor, body, complete, listed } from "./tag.ts";

/** Written is the tag that is changed; a new one has no key yet. */
export interface Written {
  readonly key: string;
  readonly value: string;
  readonly type?: Tag["type"];
}

interface Props {
  place: Tagged;
  tag: Written;
  saved(key: string): void;
  close(): void;
}

/** TagForm asks for a key and for its value as the key's type has it. */
export default function TagForm({ place, tag, saved, close }: Props) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const { data, error } = useQuery(tagKeysQuery);
  const [key, setKey] = useState(tag.key);
  const [value, setValue] = useState(tag.value);
  const known = listed(data?.keys ?? [], key);
  const asked = askedFor(known, tag.type);
  const save = useMutation({
    mutationFn: () => setTag(place, key.trim(), body(asked, value, known !== undefined)),
    onSuccess: () => {
      saved(key.trim());
      close();
    },
    onSettled: () => queries.invalidateQueries({ queryKey: ["call", place.call] }),
  });
  if (error) return <Note tone="red">{words(error)}</Note>;
  if (!data) return null;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (complete(key, value, asked)) save.mutate();
  };
  return (
    <form className="tag-form" onSubmit={submit} aria-label={t("tags.add")}>
      <Key
        keys={data}
        value={key}
        fixed={tag.key !== ""}
        change={(next) => {
          setKey(next);
          setValue("");
        }}
      />
      <Value asked={asked} choices={known?.choices ?? []} value={value} change={setValue} />
      <div className="tag-keys">
        <Button type="submit" size="compact-md" loading={save.isPending} disabled={!complete(key, value, asked)}>
          {t("tags.save")}
        </Button>
        <Button size="compact-md" variant="subtle" color="gray" onClick={close}>
          {t("tags.cancel")}
        </Button>
      </div>
      {save.error && <Note tone="red">{words(save.error)}</Note>}
    </form>
  );
}

interface KeyProps {
  keys: TagKeys;
  value: string;
  /** It is the value that is changed. */
  fixed: boolean;
  change(key: string): void;
}

/** Key is one of the list, or where others are taken anything. */
function Key({ keys, value, fixed, change }: KeyProps) {
  const { t } = useTranslation();
  const list = useId();
  const names = keys.keys.map(({ name }) => name);
  if (keys.listed_only && !fixed) {
    return (
      <NativeSelect
        label={t("tags.key")}
        value={value}
        data={[{ value: "", label: t("tags.choose") }, ...names]}
        onChange={(event) => change(event.currentTarget.value)}
        autoFocus
      />
    );
  }
  return (
    <>
      <TextInput
        label={t("tags.key")}
        value={value}
        list={list}
        maxLength={50}
        disabled={fixed}
        onChange={(event) => change(event.currentTarget.value)}
        autoFocus={!fixed}
        autoComplete="off"
      />
      <datalist id={list}>
        {names.map((name) => (
          <option key={name} value={name} />
        ))}
      </datalist>
    </>
  );
}

interface ValueProps {
  asked: Asked;
  choices: readonly string[];
  value: string;
  change(value: string): void;
}

function Value({ asked, choices, value, change }: ValueProps) {
  const { t } = useTranslation();
  const label = t(asked === "free" ? "tags.valueOptional" : "tags.value");
  const picked = {
    yes_no: [
      { value: "", label: t("tags.yes") },
      { value: "false", label: t("tags.no") },
    ],
    pick_list: [{ value: "", label: t("tags.choose") }, ...choices],
  };
  if (asked === "yes_no" || asked === "pick_list") {
    return (
      <NativeSelect
        label={label}
        value={value === "true" ? "" : value}
        data={picked[asked]}
        onChange={(event) => change(event.currentTarget.value)}
      />
    );
  }
  return (
    <TextInput
      label={label}
      value={value}
      type={asked === "link" ? "url" : "text"}
      inputMode={asked === "number" ? "decimal" : undefined}
      maxLength={500}
      onChange={(event) => change(event.currentTarget.value)}
      autoComplete="off"
    />
  );
}
