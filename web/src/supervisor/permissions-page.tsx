import { Select, TextInput } from "@mantine/core";
import { IconShieldCheck } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { classAuditQuery } from "../api/queries.ts";
import type { ClassAuditFilter, ClassEntry } from "../api/types.ts";
import { useLive } from "../phone/context.ts";
import { readable } from "../phone/number.ts";
import { longDay, timeOfDay } from "../ui/format.ts";
import { Empty } from "../ui/parts.tsx";
import { type Column, Table } from "../ui/table.tsx";
import "../i18n/supervisor.ts";
import "./supervisor.css";

type Action = ClassEntry["action"];

const actions: readonly Action[] = [
  "blocked",
  "override_requested",
  "override_approved",
  "override_denied",
  "override_timeout",
];

/** PermissionsPage: what classes of service blocked, who asked for an exception and who answered (CS-6). */
export default function PermissionsPage() {
  const { t } = useTranslation();
  const agents = useLive((live) => live.agents) ?? [];
  const [agent, setAgent] = useState("");
  const [action, setAction] = useState("");
  const [since, setSince] = useState("");
  const { data } = useQuery(classAuditQuery(filterOf(agent, action, since)));
  return (
    <div className="pane-work dashboard">
      <header className="pane-head">
        <h1>{t("permissions.title")}</h1>
        <Link to="/queues">{t("permissions.back")}</Link>
      </header>
      <div className="permissions-filter">
        <Select
          label={t("permissions.agent")}
          value={agent}
          onChange={(next) => setAgent(next ?? "")}
          allowDeselect={false}
          data={[
            { value: "", label: t("permissions.everyone") },
            ...agents.map(({ id, name }) => ({ value: id, label: name })),
          ]}
        />
        <Select
          label={t("permissions.what")}
          value={action}
          onChange={(next) => setAction(next ?? "")}
          allowDeselect={false}
          data={[
            { value: "", label: t("permissions.all") },
            ...actions.map((one) => ({ value: one, label: t(`permissions.action.${one}`) })),
          ]}
        />
        <TextInput
          type="date"
          label={t("permissions.since")}
          value={since}
          onChange={(event) => setSince(event.currentTarget.value)}
        />
      </div>
      <Entries rows={data?.items} />
    </div>
  );
}

function filterOf(agent: string, action: string, since: string): ClassAuditFilter {
  const chosen = actions.find((one) => one === action);
  return {
    limit: 100,
    ...(agent !== "" && { agent }),
    ...(chosen && { action: chosen }),
    ...(since !== "" && { since: new Date(`${since}T00:00`).toISOString() }),
  };
}

function Entries({ rows }: { rows: readonly ClassEntry[] | undefined }) {
  const { t, i18n } = useTranslation();
  const columns: Column<ClassEntry>[] = [
    { id: "time", head: t("permissions.time"), width: 108, cell: (entry) => timeOfDay(entry.time, true) },
    { id: "agent", head: t("permissions.agent"), cell: (entry) => entry.agent_name ?? "" },
    { id: "what", head: t("permissions.what"), cell: (entry) => t(`permissions.action.${entry.action}`) },
    { id: "to", head: t("permissions.destination"), cell: (entry) => readable(entry.destination) },
    { id: "rule", head: t("permissions.rule"), cell: (entry) => t(`permissions.ruleWord.${entry.rule_triggered}`) },
    { id: "class", head: t("permissions.class"), from: 700, cell: (entry) => entry.class_name },
    { id: "by", head: t("permissions.supervisor"), from: 700, cell: (entry) => entry.supervisor_name ?? "" },
  ];
  if (!rows) return null;
  if (rows.length === 0) {
    return <Empty icon={<IconShieldCheck size={26} stroke={1.4} />} title={t("permissions.none")} />;
  }
  return (
    <Table
      label={t("permissions.title")}
      columns={columns}
      rows={rows}
      rowKey={(entry) => entry.id}
      divider={(entry, before) => {
        const day = longDay(new Date(entry.time), i18n.language);
        return before && longDay(new Date(before.time), i18n.language) === day ? undefined : day;
      }}
    />
  );
}
