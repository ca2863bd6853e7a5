import { IconX } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { type FormEvent, useId } from "react";
import { useTranslation } from "react-i18next";
import { tagKeysQuery } from "../api/tags.ts";
import "../i18n/tags.ts";
import { directionsOf, type HistorySearch, toggle, toggleDirection } from "./filter.ts";

interface Props {
  search: HistorySearch;
  go(next: HistorySearch): void;
}

/** Chips narrow the list; each is on or off and they combine (CH-5). */
export function Chips({ search, go }: Props) {
  const { t } = useTranslation();
  const directions = directionsOf(search.direction);
  const chips = [
    { word: t("chip.today"), on: search.period === "today", next: () => toggle(search, "period", "today") },
    { word: t("chip.week"), on: search.period === "week", next: () => toggle(search, "period", "week") },
    ...(["inbound", "outbound", "internal"] as const).map((direction) => ({
      word: t(`chip.${direction}`),
      on: directions.includes(direction),
      next: () => toggleDirection(search, direction),
    })),
    { word: t("chip.missed"), on: search.missed === true, next: () => toggle(search, "missed", true) },
  ];
  return (
    <fieldset className="chips">
      <legend className="sr">{t("chip.label")}</legend>
      {chips.map((chip) => (
        <button key={chip.word} type="button" className="chip" aria-pressed={chip.on} onClick={() => go(chip.next())}>
          {chip.word}
        </button>
      ))}
      <TagFilter search={search} go={go} />
    </fieldset>
  );
}

/** TagFilter narrows the list to calls with a tag (RC-7). */
function TagFilter({ search, go }: Props) {
  const { t } = useTranslation();
  const list = useId();
  const { data } = useQuery(tagKeysQuery);
  const { tag, page: _, ...rest } = search;
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const typed = String(new FormData(event.currentTarget).get("tag") ?? "").trim();
    go(typed === "" ? rest : { ...rest, tag: typed });
  };
  return (
    <form className="chip chip-tag" data-on={tag !== undefined || undefined} onSubmit={submit} key={tag ?? ""}>
      <input
        name="tag"
        list={list}
        defaultValue={tag ?? ""}
        placeholder={t("tags.filter")}
        aria-label={t("tags.filterHint")}
        title={t("tags.filterHint")}
        autoComplete="off"
      />
      <datalist id={list}>
        {data?.keys.map(({ name }) => (
          <option key={name} value={name} />
        ))}
      </datalist>
      {tag !== undefined && (
        <button type="button" aria-label={t("tags.filterClear")} onClick={() => go(rest)}>
          <IconX size={13} />
        </button>
      )}
    </form>
  );
}
