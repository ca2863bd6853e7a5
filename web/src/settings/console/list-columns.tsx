import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { longTime } from "../../ui/moment.ts";
import { Badge } from "../../ui/parts.tsx";
import type { Column } from "../../ui/table.tsx";
import type { Field } from "../form/schema.ts";
import { Shown } from "../form/shown.tsx";
import { read } from "../form/values.ts";
import { labelOf } from "../form/words.ts";
import type { Row } from "../records.ts";
import { agentColumns } from "./agent-columns.tsx";
import type { Area } from "./areas.ts";
import { numberColumns } from "./number-columns.tsx";
import { rangeColumns } from "./range-calendar.tsx";
import { type CompanySearch, listOnly } from "./search.ts";

type Words = ReturnType<typeof useTranslation<"console">>["t"];

/** How wide a field stands in a list, in pixels, by what it is entered with. */
const widths: Partial<Record<Field["widget"], number>> = { switch: 84, destination: 168, number: 88, text: 104 };
/** The width that names have at least; they take what is left. */
const least = 140;

/** Columns that are not fields. */
const more: Partial<Record<Area["kind"], (t: Words) => Column<Row>[]>> = {
  number: numberColumns,
  agent: agentColumns,
  time_range: rangeColumns,
};

/** columnsOf are the columns of a list: the name and what the kind shows, as much as there is room for. */
export function columnsOf(area: Area, fields: readonly Field[], search: CompanySearch, t: Words): Column<Row>[] {
  const fitted = room();
  const last = (more[area.kind]?.(t) ?? []).map(fitted); // stand after the fields, and stay longer
  const shown = area.columns.flatMap((name) => fields.find((field) => field.name === name) ?? []);
  return [
    {
      id: "title",
      head: t("list.title"),
      sort: (row) => row.title,
      cell: (row) => <RowTitle area={area} row={row} search={search} />,
    },
    ...shown.map((field) =>
      fitted({
        id: field.name,
        head: labelOf(area.kind, field.name),
        width: field.name === "extension" ? 84 : (widths[field.widget] ?? 124),
        cell: (row) => <Shown kind={area.kind} field={field} value={read(row.fields, field.name)} />,
      }),
    ),
    ...last,
    fitted({
      id: "updated_at",
      head: t("list.updated"),
      width: 104,
      end: true,
      sort: (row) => row.updated_at,
      cell: (row) => longTime(row.updated_at),
    }),
  ];
}

/** room lets each column come only where those asked before it leave it room. */
function room() {
  let from = least;
  return (column: Column<Row>): Column<Row> => {
    from += Number(column.width);
    return { ...column, from };
  };
}

function RowTitle({ area, row, search }: { area: Area; row: Row; search: CompanySearch }) {
  const { t } = useTranslation("console");
  return (
    <>
      <Link
        to="/settings/company/$area"
        params={{ area: area.plural }}
        search={{ ...listOnly(search), id: row.id }}
        className="rowlink"
      >
        {row.title}
      </Link>{" "}
      {row.draft && <Badge tone="orange">{t("list.draft")}</Badge>}
    </>
  );
}
