import { NativeSelect } from "@mantine/core";
import { IconMoodSmile } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { setPriority } from "../api/commands.ts";
import type { QueueLive, WaitingLive } from "../live/picture.ts";
import { useLive, useSeconds } from "../phone/context.ts";
import { readable } from "../phone/number.ts";
import { DialNumber } from "../phone/parts.tsx";
import { short } from "../ui/format.ts";
import { Empty } from "../ui/parts.tsx";
import { type Column, Table } from "../ui/table.tsx";
import { act } from "./act.ts";
import { levelOf } from "./queue-table.tsx";

/** WaitingTable: the callers in the order they came (MN-2). */
export function WaitingTable({ queue }: { queue: string }) {
  const { t } = useTranslation();
  const waiting = useLive((live) => live.waiting) ?? [];
  const queues = useLive((live) => live.queues) ?? [];
  const rows = waiting
    .filter((caller) => queue === "" || caller.queue === queue)
    .toSorted((a, b) => a.priority - b.priority || Date.parse(a.since) - Date.parse(b.since));
  const columns: Column<WaitingLive>[] = [
    {
      id: "who",
      head: t("waitingColumn.who"),
      cell: (caller) => (
        <DialNumber number={caller.number}>
          <strong>{caller.name ?? readable(caller.number)}</strong>
        </DialNumber>
      ),
    },
    { id: "queue", head: t("waitingColumn.queue"), width: 76, cell: (caller) => caller.queue_name },
    {
      id: "priority",
      head: t("waitingColumn.priority"),
      width: 72,
      end: true,
      cell: (caller) => <Priority caller={caller} />,
    },
    {
      id: "wait",
      head: t("waitingColumn.wait"),
      width: 84,
      end: true,
      cell: (caller) => <Wait caller={caller} queue={queues.find(({ id }) => id === caller.queue)} />,
    },
  ];
  if (rows.length === 0) {
    return (
      <Empty icon={<IconMoodSmile size={26} stroke={1.4} />} title={t("dashboard.nobodyTitle")}>
        <p>{t("dashboard.nobodyText")}</p>
      </Empty>
    );
  }
  return (
    <div className="dashboard-scroll">
      <Table label={t("dashboard.waiting")} columns={columns} rows={rows} rowKey={(caller) => caller.call} />
    </div>
  );
}

function Wait({ caller, queue }: { caller: WaitingLive; queue: QueueLive | undefined }) {
  const wait = useSeconds(caller.since);
  return (
    <span className="wait" data-level={levelOf(wait, queue)}>
      {short(wait)}
    </span>
  );
}

const priorities = Array.from({ length: 10 }, (_, at) => String(at + 1));

/** Priority is where a supervisor moves a caller up or down (BX-2). */
function Priority({ caller }: { caller: WaitingLive }) {
  const { t } = useTranslation();
  return (
    <NativeSelect
      size="xs"
      aria-label={t("supervise.priority", { name: caller.name ?? readable(caller.number) })}
      data={priorities}
      value={String(caller.priority)}
      onChange={(event) => act(setPriority(caller.call, Number(event.currentTarget.value)))}
    />
  );
}
