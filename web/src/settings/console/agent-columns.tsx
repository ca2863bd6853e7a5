import { IconRobot, IconUser } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { StatusMark } from "../../live/status-mark.tsx";
import { useLive } from "../../phone/context.ts";
import { Badge } from "../../ui/parts.tsx";
import type { Column } from "../../ui/table.tsx";
import { choiceOf } from "../form/words.ts";
import { type Row, rowsQuery } from "../records.ts";
import { areaOf } from "./areas.ts";
import { worksForQueue } from "./staffed.ts";

type Words = ReturnType<typeof useTranslation<"console">>["t"];

/** agentColumns: how an agent is rung, what it does now, and whether it is a person and has a queue (AG-2, AG-3). */
export const agentColumns = (t: Words): Column<Row>[] => [
  { id: "rings", head: t("agent.rings"), width: 232, cell: (row) => rings(row) },
  { id: "status", head: t("agent.status"), width: 108, cell: (row) => <Now id={row.id} /> },
  { id: "marks", head: t("agent.marks"), width: 96, cell: (row) => <Marks row={row} /> },
];

/** rings names the strategy and the device that comes first. */
function rings({ fields }: Row): string {
  const { ring_strategy: strategy, preferred_device: device } = fields;
  return `${choiceOf("ring_strategy", String(strategy))} · ${choiceOf("preferred_device", String(device))}`;
}

function Now({ id }: { id: string }) {
  const { t } = useTranslation();
  const status = useLive((live) => live.agents?.find((agent) => agent.id === id)?.status);
  if (!status) return <span className="nothing">–</span>;
  return (
    <span className="row-marks">
      <StatusMark status={status} /> {t(`status.${status}`)}
    </span>
  );
}

function Marks({ row }: { row: Row }) {
  const { t } = useTranslation("console");
  const all = { limit: 200 };
  const { data: queues } = useQuery(rowsQuery(areaOf("queue"), all));
  const { data: groups } = useQuery(rowsQuery(areaOf("group"), all));
  const Icon = row.fields.ai === true ? IconRobot : IconUser;
  const kind = t(row.fields.ai === true ? "agent.ai" : "agent.human");
  return (
    <span className="row-marks">
      <span role="img" aria-label={kind} title={kind}>
        <Icon size={15} aria-hidden="true" />
      </span>
      {queues && groups && !worksForQueue(row, queues.rows, groups.rows) && (
        <Badge tone="orange">{t("list.noQueue")}</Badge>
      )}
    </span>
  );
}
