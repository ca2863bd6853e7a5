import { ActionIcon, Menu } from "@mantine/core";
import { IconDotsVertical } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { client } from "../api/client.ts";
import { closeCall, setAgentStatus, toggleAgentQueue } from "../api/commands.ts";
import { reasonsQuery, statusesQuery } from "../api/queries.ts";
import { act } from "../live/act.ts";
import type { AgentLive } from "../live/picture.ts";
import { StatusMark } from "../live/status-mark.tsx";
import { WatchItems } from "../live/watch-items.tsx";
import { useDesk, useLive } from "../phone/context.ts";

/** AgentMenu is what a supervisor does for an agent: the own way into the call (MN-4), the status, and which queues deliver (QU-13). */
export function AgentMenu({ agent }: { agent: AgentLive }) {
  const { t } = useTranslation();
  const own = useDesk().session.agent?.id;
  return (
    <Menu position="bottom-end" width={240} shadow="md">
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" size="sm" aria-label={t("supervise.menu", { name: agent.name })}>
          <IconDotsVertical size={16} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {agent.id !== own && <WatchItems agent={agent} />}
        <Statuses agent={agent} />
        <Queues agent={agent} />
        {agent.status !== "offline" && <SignOff agent={agent.id} />}
        {agent.call && <Close call={agent.call.id} />}
      </Menu.Dropdown>
    </Menu>
  );
}

function Statuses({ agent }: { agent: AgentLive }) {
  const { t } = useTranslation();
  const { data: reasons = [] } = useQuery(reasonsQuery);
  const { data: statuses = [] } = useQuery(statusesQuery);
  if (agent.status === "offline") return <Menu.Label>{t("supervise.offline")}</Menu.Label>;
  return (
    <>
      <Menu.Label>{t(agent.status === "on_call" ? "status.afterCall" : "agentColumn.status")}</Menu.Label>
      <Menu.Item
        leftSection={<StatusMark status="available" />}
        onClick={() => act(setAgentStatus(agent.id, { status: "available" }))}
      >
        {t("status.available")}
      </Menu.Item>
      {statuses.map(({ id, name, colour }) => (
        <Menu.Item
          key={id}
          leftSection={
            <span style={{ color: colour }}>
              <StatusMark status="unavailable" />
            </span>
          }
          onClick={() => act(setAgentStatus(agent.id, { custom: id }))}
        >
          {name}
        </Menu.Item>
      ))}
      <Menu.Item
        leftSection={<StatusMark status="unavailable" />}
        onClick={() => act(setAgentStatus(agent.id, { status: "unavailable" }))}
      >
        {t("status.unavailable")}
      </Menu.Item>
      {reasons.map(({ name }) => (
        <Menu.Item
          key={name}
          leftSection={<StatusMark status="unavailable" />}
          onClick={() => act(setAgentStatus(agent.id, { status: "unavailable", reason: name }))}
        >
          {name}
        </Menu.Item>
      ))}
    </>
  );
}

function Queues({ agent }: { agent: AgentLive }) {
  const { t } = useTranslation();
  const all = useLive((live) => live.queues) ?? [];
  const theirs = all.filter(({ id }) => agent.queues.includes(id));
  if (theirs.length === 0) return null;
  return (
    <>
      <Menu.Divider />
      <Menu.Label>{t("dashboard.queues")}</Menu.Label>
      {theirs.map(({ id, name }) => (
        <Menu.CheckboxItem
          key={id}
          checked={!agent.off?.includes(id)}
          onChange={(on) => act(toggleAgentQueue(agent.id, id, on))}
        >
          {name}
        </Menu.CheckboxItem>
      ))}
    </>
  );
}

/** SignOff takes an agent off work, after the call when one is on; it asks first (MN-3). */
function SignOff({ agent }: { agent: string }) {
  const { t } = useTranslation();
  const [asked, ask] = useState(false);
  const signOff = () => client.POST("/agents/{id}/sign-out", { params: { path: { id: agent } } });
  return (
    <>
      <Menu.Divider />
      <Menu.Item color="red" closeMenuOnClick={asked} onClick={() => (asked ? act(signOff()) : ask(true))}>
        {t(asked ? "supervise.signOffSure" : "supervise.signOff")}
      </Menu.Item>
    </>
  );
}

/** Close ends a call that is stuck; it asks first (BX-8). */
function Close({ call }: { call: string }) {
  const { t } = useTranslation();
  const [asked, ask] = useState(false);
  return (
    <>
      <Menu.Divider />
      <Menu.Item color="red" closeMenuOnClick={asked} onClick={() => (asked ? act(closeCall(call)) : ask(true))}>
        {t(asked ? "supervise.closeSure" : "supervise.close")}
      </Menu.Item>
    </>
  );
}
