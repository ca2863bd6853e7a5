import { Button } from "@mantine/core";
import { IconCalendarOff } from "@tabler/icons-react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { words } from "../../api/problem.ts";
import { longTime } from "../../ui/moment.ts";
import { Note } from "../../ui/parts.tsx";
import type { Column } from "../../ui/table.tsx";
import { type CalendarGot, calendarQuery, type Row, readCalendar } from "../records.ts";

type Words = ReturnType<typeof useTranslation<"console">>["t"];

/** RangeCalendar: what a time range's iCalendar file gave: how many days and when, or what happened and what to do (BX-11). */
export function RangeCalendar({ id, address }: { id: string; address: string }) {
  const { t } = useTranslation("console");
  const queries = useQueryClient();
  const { data, error } = useQuery(calendarQuery(id));
  const again = useMutation({
    mutationFn: () => readCalendar(id),
    onSuccess: (got) => queries.setQueryData(calendarQuery(id).queryKey, got),
  });
  const failed = again.error ?? error;
  return (
    <section className="trunk-test" aria-label={t("calendar.title")}>
      <div role="status">
        {failed && <Note tone="red">{words(failed)}</Note>}
        {data && <Got of={data} address={address} />}
      </div>
      <Button variant="default" loading={again.isPending} onClick={() => again.mutate()}>
        {t("calendar.read")}
      </Button>
    </section>
  );
}

function Got({ of, address }: { of: CalendarGot; address: string }) {
  const { t } = useTranslation("console");
  const count = of.days.spans?.length ?? 0;
  if (of.address !== address) return <Note>{t("calendar.soon")}</Note>;
  if (of.failure) {
    return (
      <Note tone="red">
        {t("calendar.failed", { time: longTime(of.tried_at), why: of.failure })}{" "}
        {of.read_at ? t("calendar.lastGood", { count, time: longTime(of.read_at) }) : t("calendar.neverGood")}{" "}
        {t("calendar.todo")}
      </Note>
    );
  }
  const remarks = of.days.remarks ?? [];
  return (
    <Note tone={remarks.length > 0 ? "orange" : "green"}>
      {t("calendar.good", { count, time: longTime(of.read_at ?? of.tried_at) })}
      {remarks.map((remark) => (
        <div key={remark}>{remark}</div>
      ))}
    </Note>
  );
}

/** rangeColumns: whether a range's calendar could be read (BX-11). */
export const rangeColumns = (t: Words): Column<Row>[] => [
  { id: "calendar", head: t("calendar.title"), width: 116, from: 460, cell: (row) => <Mark row={row} /> },
];

function Mark({ row }: { row: Row }) {
  const address = String(row.fields.calendar ?? "");
  return address === "" ? <span className="nothing">–</span> : <Read id={row.id} address={address} />;
}

function Read({ id, address }: { id: string; address: string }) {
  const { t } = useTranslation("console");
  const { data } = useQuery(calendarQuery(id));
  if (!data) return null;
  if (data.address !== address) return t("calendar.waits");
  if (!data.failure) return t("calendar.days", { count: data.days.spans?.length ?? 0 });
  return (
    <span className="row-marks calendar-failed" title={data.failure}>
      <IconCalendarOff size={15} aria-hidden="true" />
      {t("calendar.unread")}
    </span>
  );
}
