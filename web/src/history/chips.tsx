import { useTranslation } from "react-i18next";
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
    </fieldset>
  );
}
