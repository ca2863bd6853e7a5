import { ActionIcon, Menu } from "@mantine/core";
import { IconRotate, IconUsersGroup } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { resetQueue } from "../api/commands.ts";
import { act } from "../live/act.ts";
import type { QueueLive, Status } from "../live/picture.ts";
import { StatusMark } from "../live/status-mark.tsx";
import { useSeconds } from "../phone/context.ts";
import { short } from "../ui/format.ts";
import { Empty } from "../ui/parts.tsx";
import { type Column, Table } from "../ui/table.tsx";

const count = (value: number) => <span className={value === 0 ? "zero" : ""}>{value}</span>;

const order: readonly Status[] = ["available", "on_call", "wrap_up", "unavailable", "offline"];

/** QueueTable: who waits now, who could answer, and the day so far, a row per queue. */
export function QueueTable({ queues }: { queues: readonly QueueLive[] }) {
  const { t } = useTranslation();
  const figure = (id: "offered" | "answered" | "missed", width: number): Column<QueueLive> => ({
    id,
    head: t(`queueColumn.${id}`),
    end: true,
    width,
    cell: (queue) => count(queue[id]),
    sort: (queue) => queue[id],
  });
  const people = (id: Status): Column<QueueLive> => ({
    id,
    head: t(`status.${id}`),
    mark: <StatusMark status={id} size={15} />,
    end: true,
    width: 34,
    cell: (queue) => count(queue[id]),
    sort: (queue) => queue[id],
  });
  const columns: Column<QueueLive>[] = [
    {
      id: "name",
      head: t("queueColumn.name"),
      cell: (queue) => <strong>{queue.name}</strong>,
      sort: (queue) => queue.name,
    },
    {
      id: "waiting",
      head: t("queueColumn.waiting"),
      end: true,
      width: 68,
      cell: (queue) => <Waiting queue={queue} />,
      sort: (queue) => queue.waiting,
    },
    { id: "longest", head: t("queueColumn.longest"), end: true, width: 70, cell: (queue) => <Longest queue={queue} /> },
    ...order.map(people),
    figure("offered", 66),
    figure("answered", 76),
    figure("missed", 62),
    {
      id: "abandoned",
      head: t("queueColumn.abandoned"),
      end: true,
      width: 80,
      cell: (queue) => <Abandoned queue={queue} />,
      sort: (queue) => queue.abandoned,
    },
    {
      id: "wait",
      head: t("queueColumn.averageWait"),
      end: true,
      width: 62,
      cell: (queue) => short(queue.average_wait_seconds),
      sort: (queue) => queue.average_wait_seconds,
    },
    {
      id: "talk",
      head: t("queueColumn.averageTalk"),
      end: true,
      width: 62,
      cell: (queue) => short(queue.average_talk_seconds),
      sort: (queue) => queue.average_talk_seconds,
    },
    {
      id: "max",
      head: t("queueColumn.longestToday"),
      end: true,
      width: 66,
      cell: (queue) => short(queue.longest_wait_today_seconds),
      sort: (queue) => queue.longest_wait_today_seconds,
    },
    {
      id: "level",
      head: t("queueColumn.serviceLevel"),
      end: true,
      width: 70,
      cell: (queue) =>
        queue.service_level_percent === undefined ? "–" : `${Math.round(queue.service_level_percent)} %`,
      sort: (queue) => queue.service_level_percent ?? -1,
    },
    {
      id: "reset",
      head: t("supervise.reset"),
      headHidden: true,
      width: 56,
      className: "acts",
      cell: (queue) => <Reset queue={queue} />,
    },
  ];
  if (queues.length === 0) {
    return (
      <Empty icon={<IconUsersGroup size={26} stroke={1.4} />} title={t("queues.noneTitle")}>
        <p>{t("queues.noneText")}</p>
      </Empty>
    );
  }
  return (
    <div className="dashboard-scroll dashboard-queues">
      <Table
        label={t("dashboard.queues")}
        columns={columns}
        rows={queues}
        rowKey={(queue) => queue.id}
        order={{ column: "name", down: false }}
      />
    </div>
  );
}

/** levelOf is how grave a wait is (QU-10). */
export function levelOf(wait: number, queue: QueueLive | undefined): "warning" | "critical" | undefined {
  if (!queue) return undefined;
  if (wait >= queue.wait_critical_seconds) return "critical";
  return wait >= queue.wait_warning_seconds ? "warning" : undefined;
}

function Waiting({ queue }: { queue: QueueLive }) {
  const wait = useSeconds(queue.longest_wait_since);
  return (
    <span
      className="waiting-count"
      data-some={queue.waiting > 0 || undefined}
      data-level={queue.waiting > 0 ? levelOf(wait, queue) : undefined}
    >
      {queue.waiting}
    </span>
  );
}

function Longest({ queue }: { queue: QueueLive }) {
  const wait = useSeconds(queue.longest_wait_since);
  if (!queue.longest_wait_since) return <span className="zero">–</span>;
  return (
    <span className="wait" data-level={levelOf(wait, queue)}>
      {short(wait)}
    </span>
  );
}

function Abandoned({ queue }: { queue: QueueLive }) {
  const entered = queue.answered + queue.abandoned;
  if (queue.abandoned === 0) return count(0);
  return (
    <>
      {queue.abandoned} <span className="faint">{Math.round((queue.abandoned / entered) * 100)} %</span>
    </>
  );
}

/** Reset zeroes what is shown of the day, never the history (QU-22). It asks first. */
function Reset({ queue }: { queue: QueueLive }) {
  const { t } = useTranslation();
  return (
    <Menu position="bottom-end" shadow="md">
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" size="sm" aria-label={t("supervise.resetOf", { name: queue.name })}>
          <IconRotate size={15} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={() => act(resetQueue(queue.id))}>{t("supervise.resetSure")}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
