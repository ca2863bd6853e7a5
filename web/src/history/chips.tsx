import { useTranslation } from "react-i18next";
import { type HistorySearch, toggle } from "./filter.ts";

interface Props {
  search: HistorySearch;
  go(next: HistorySearch): void;
}

/** Chips narrow the list; each is on or off and they combine (CH-5). */
export function Chips({ search, go }: Props) {
  const { t } = useTranslation();
  const chips = [
    { word: t("chip.today"), on: search.period === "today", next: () => toggle(search, "period", "today") },
    { word: t("chip.week"), on: search.period === "week", next: () => toggle(search, "period", "week") },
    { word: t("chip.inbound"), on: search.direction === "inbound", next: () => toggle(search, "direction", "inbound") },
    {
      word: t("chip.outbound"),
      on: search.direction === "outbound",
      next: () => toggle(search, "direction", "outbound"),
    },
    {
      word: t("chip.internal"),
      on: search.direction === "internal",
      next: () => toggle(search, "direction", "internal"),
    },
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
    </fieldset>
  );
}
