import { ActionIcon, NativeSelect, Tooltip } from "@mantine/core";
import { IconMoodSmile, IconPhone } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { answerWaiting, setPriority } from "../api/commands.ts";
import { act } from "../live/act.ts";
import type { QueueLive, WaitingLive } from "../live/picture.ts";
import { useLive, useSeconds } from "../phone/context.ts";
import { readable } from "../phone/number.ts";
import { DialNumber } from "../phone/parts.tsx";
import { short } from "../ui/format.ts";
import { Empty } from "../ui/parts.tsx";
import { type Column, Table } from "../ui/table.tsx";
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
    { id: "queue", head: t("waitingColumn.queue"), width: 70, cell: (caller) => <Place caller={caller} /> },
    {
      id: "priority",
      head: t("waitingColumn.priority"),
      width: 70,
      end: true,
      cell: (caller) => <Priority caller={caller} />,
    },
    {
      id: "wait",
      head: t("waitingColumn.wait"),
      width: 68,
      end: true,
      cell: (caller) => <Wait caller={caller} queue={queues.find(({ id }) => id === caller.queue)} />,
    },
    {
      id: "answer",
      head: t("waitingColumn.answer"),
      headHidden: true,
      className: "acts",
      width: 60,
      cell: (caller) => <Answer caller={caller} />,
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

/** Place is the queue, and that an agent waits there in the caller's place (TR-3). */
function Place({ caller }: { caller: WaitingLive }) {
  const { t } = useTranslation();
  return (
    <>
      {caller.queue_name}
      {caller.consult && <small> · {t("dashboard.consult")}</small>}
    </>
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

/** Answer has a caller ring for the supervisor at once, out of order (MN-2). */
function Answer({ caller }: { caller: WaitingLive }) {
  const { t } = useTranslation();
  const [asks, setAsks] = useState(false);
  const label = t("supervise.answer", { name: caller.name ?? readable(caller.number) });
  const answer = () => {
    setAsks(true);
    act(answerWaiting(caller.call).finally(() => setAsks(false)));
  };
  return (
    <Tooltip label={label}>
      <ActionIcon variant="light" color="green" size="md" loading={asks} onClick={answer} aria-label={label}>
        <IconPhone size={18} />
      </ActionIcon>
    </Tooltip>
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
