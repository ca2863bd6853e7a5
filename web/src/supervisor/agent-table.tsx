import { IconDeviceLandlinePhone, IconHeadset, IconMoonStars, IconPlugConnectedX } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { say } from "../i18n/watch.ts";
import type { AgentLive } from "../live/picture.ts";
import { StatusMark } from "../live/status-mark.tsx";
import { useLive } from "../phone/context.ts";
import { readable } from "../phone/number.ts";
import { DialNumber, Elapsed } from "../phone/parts.tsx";
import { Empty } from "../ui/parts.tsx";
import { type Column, Table } from "../ui/table.tsx";
import { AgentMenu } from "./agent-menu.tsx";

const rank = { available: 0, on_call: 1, wrap_up: 2, unavailable: 3, offline: 4 };

/** AgentTable: who does what, since when, and whether their device lives (MN-3). */
export function AgentTable() {
  const { t } = useTranslation();
  const agents = useLive((live) => live.agents) ?? [];
  const columns: Column<AgentLive>[] = [
    {
      id: "name",
      head: t("agentColumn.name"),
      width: 148,
      cell: (agent) => <strong>{agent.name}</strong>,
      sort: (agent) => agent.name,
    },
    {
      id: "extension",
      head: t("agentColumn.extension"),
      width: 54,
      cell: (agent) => <DialNumber number={agent.extension} />,
      sort: (agent) => agent.extension,
    },
    {
      id: "status",
      head: t("agentColumn.status"),
      width: 150,
      cell: (agent) => <StatusCell agent={agent} />,
      sort: (agent) => rank[agent.status],
    },
    {
      id: "since",
      head: t("agentColumn.since"),
      width: 76,
      end: true,
      cell: (agent) => <Elapsed since={agent.since} />,
      sort: (agent) => agent.since,
    },
    { id: "call", head: t("agentColumn.call"), from: 480, cell: (agent) => <CallCell agent={agent} /> },
    { id: "health", head: t("agentColumn.device"), width: 102, cell: (agent) => <Health agent={agent} /> },
    {
      id: "menu",
      head: t("supervise.more"),
      headHidden: true,
      width: 60,
      className: "acts",
      cell: (agent) => <AgentMenu agent={agent} />,
    },
  ];
  if (agents.length === 0) return <Empty title={t("dashboard.noAgents")} />;
  return (
    <div className="dashboard-scroll dashboard-agents">
      <Table
        label={t("dashboard.agents")}
        columns={columns}
        rows={agents}
        rowKey={(agent) => agent.id}
        order={{ column: "name", down: false }}
      />
    </div>
  );
}

function StatusCell({ agent }: { agent: AgentLive }) {
  const { t } = useTranslation();
  return (
    <span className="status-cell">
      <StatusMark status={agent.status} colour={agent.custom?.colour} />
      {agent.custom?.name ?? t(`status.${agent.status}`)}
      {agent.reason && <span className="faint">{agent.reason}</span>}
    </span>
  );
}

function CallCell({ agent }: { agent: AgentLive }) {
  if (!agent.call) return null;
  const there = agent.call.watched_by;
  return (
    <>
      {agent.call.name ?? readable(agent.call.number)}
      {agent.call.queue_name && <span className="faint"> · {agent.call.queue_name}</span>}
      <span className="faint">
        {" "}
        · <Elapsed since={agent.call.since} />
        {there && ` · ${say(`there_${there.mode}`, { name: there.name })}`}
      </span>
    </>
  );
}

function Health({ agent }: { agent: AgentLive }) {
  const { t } = useTranslation();
  const device = agent.device === "desk_phone" ? IconDeviceLandlinePhone : IconHeadset;
  const Icon = { ok: device, asleep: IconMoonStars, offline: IconPlugConnectedX }[agent.health];
  return (
    <span className="health" data-health={agent.health}>
      <Icon size={15} stroke={1.8} aria-hidden="true" />
      {t(`health.${agent.health}`)}
    </span>
  );
}
