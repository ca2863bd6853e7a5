import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { CallRow } from "../api/types.ts";
import { readable } from "../phone/number.ts";
import { DialNumber } from "../phone/parts.tsx";
import { dayKey, longDay, short, timeOfDay } from "../ui/format.ts";
import { type Column, Table } from "../ui/table.tsx";
import { DirectionIcon, DispositionBadge, RecordingMark } from "./marks.tsx";
import "./record.css";

interface Props {
  label: string;
  rows: readonly CallRow[];
  selected?: string | undefined;
  days?: boolean;
  /** Columns besides, before the recording. */
  more?: readonly Column<CallRow>[];
}

/** CallTable lists calls, newest first, a line per call (CH-4). */
export function CallTable({ label, rows, selected, days = true, more = [] }: Props) {
  const { t, i18n } = useTranslation();
  const columns: Column<CallRow>[] = [
    {
      id: "direction",
      head: t("column.direction"),
      headHidden: true,
      width: 50,
      cell: (row) => (
        <DirectionIcon direction={row.direction} missed={row.disposition !== "answered" && row.status === "ended"} />
      ),
    },
    { id: "time", head: t("column.time"), width: 64, cell: (row) => <RowLink row={row} /> },
    { id: "from", head: t("column.from"), cell: (row) => <Party number={row.from} name={row.from_name} /> },
    {
      id: "to",
      head: t("column.to"),
      from: 600,
      cell: (row) => <Party number={row.to} name={row.to_name ?? row.agent_name} />,
    },
    { id: "queue", head: t("column.queue"), from: 720, width: 104, cell: (row) => row.queue_name ?? "" },
    {
      id: "duration",
      head: t("column.duration"),
      end: true,
      from: 420,
      width: 76,
      cell: (row) => (row.status === "ended" ? short(row.total_duration_seconds) : t("column.live")),
    },
    { id: "disposition", head: t("column.disposition"), width: 124, cell: (row) => <DispositionBadge row={row} /> },
    ...more,
    {
      id: "recording",
      head: t("column.recording"),
      headHidden: true,
      from: 460,
      width: 56,
      cell: (row) => <RecordingMark state={row.recording} />,
    },
  ];
  const divider = (row: CallRow, before: CallRow | undefined) => {
    const day = new Date(row.created_at);
    if (!days || (before && dayKey(new Date(before.created_at)) === dayKey(day))) return undefined;
    return dayWords(day, t, i18n.language);
  };
  return (
    <Table label={label} columns={columns} rows={rows} rowKey={(row) => row.id} selected={selected} divider={divider} />
  );
}

function dayWords(day: Date, t: (key: "day.today" | "day.yesterday") => string, language: string): string {
  const now = new Date();
  if (dayKey(day) === dayKey(now)) return t("day.today");
  if (dayKey(day) === dayKey(new Date(now.getFullYear(), now.getMonth(), now.getDate() - 1))) return t("day.yesterday");
  return longDay(day, language);
}

function RowLink({ row }: { row: CallRow }) {
  const { t } = useTranslation();
  const who = row.from_name ?? readable(row.from);
  return (
    <Link
      to="/history"
      search={(old: Record<string, unknown>) => ({ ...old, call: row.id })}
      className="rowlink"
      aria-label={t("history.open", { time: timeOfDay(row.created_at), who })}
    >
      {timeOfDay(row.created_at)}
    </Link>
  );
}

function Party({ number, name }: { number: string; name: string | undefined }) {
  return (
    <DialNumber number={number}>
      {name ? (
        <>
          {name} <span className="party-number">{readable(number)}</span>
        </>
      ) : (
        readable(number)
      )}
    </DialNumber>
  );
}
