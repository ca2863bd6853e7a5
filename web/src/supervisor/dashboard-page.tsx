import { SegmentedControl } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useLive } from "../phone/context.ts";
import { AgentTable } from "./agent-table.tsx";
import { QueueTable } from "./queue-table.tsx";
import { Totals } from "./totals.tsx";
import { WaitingTable } from "./waiting-table.tsx";
import "../i18n/supervisor.ts";
import "./supervisor.css";

/** DashboardPage: the floor as it is now (MN-1 to MN-3). Rows keep their places; only figures move. */
export default function DashboardPage() {
  const { t } = useTranslation();
  const [queue, chooseQueue] = useState("");
  const queues = useLive((live) => live.queues) ?? [];
  return (
    <div className="pane-work dashboard">
      <header className="pane-head">
        <h1>{t("dashboard.title")}</h1>
        <Totals />
        <Link to="/workforce">{t("dashboard.workforce")}</Link>
        <Link to="/queues/blocked">{t("permissions.open")}</Link>
      </header>
      <section aria-labelledby="dashboard-queues">
        <h2 id="dashboard-queues" className="sr">
          {t("dashboard.queues")}
        </h2>
        <QueueTable queues={queues} />
      </section>
      <div className="dashboard-columns">
        <section aria-labelledby="dashboard-agents">
          <h2 id="dashboard-agents" className="dashboard-title">
            {t("dashboard.agents")}
          </h2>
          <AgentTable />
        </section>
        <section aria-labelledby="dashboard-waiting">
          <h2 id="dashboard-waiting" className="dashboard-title">
            {t("dashboard.waiting")}
            {queues.length > 1 && (
              <SegmentedControl
                size="xs"
                aria-label={t("dashboard.filter")}
                value={queue}
                onChange={chooseQueue}
                data={[
                  { value: "", label: t("dashboard.all") },
                  ...queues.map(({ id, name }) => ({ value: id, label: name })),
                ]}
              />
            )}
          </h2>
          <WaitingTable queue={queue} />
        </section>
      </div>
    </div>
  );
}
