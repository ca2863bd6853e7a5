import type { AgentWork, WorkSummary } from "../api/types.ts";
import { clock } from "../ui/format.ts";
import { type Column, Table } from "../ui/table.tsx";
import { say } from "./words.ts";

const columns = (): Column<AgentWork>[] => [
  { id: "agent", head: say("agent"), cell: nameOf, sort: nameOf },
  number("percent", (row) => row.availability_pct, "%"),
  time("available", (row) => row.available_seconds, 440),
  time("unavailable", (row) => row.unavailable_seconds, 520),
  time("tracked", (row) => row.total_tracked_seconds, 640),
  number("taken", (row) => row.taken),
  number("missed", (row) => row.missed, "", 560),
  { ...time("handle", (row) => row.avg_handle_time_seconds, 720), width: 180 },
];

/** nameOf is what people call an agent. */
export const nameOf = (row: { agent_name: string }): string => row.agent_name || say("gone");

function number(id: string, value: (row: AgentWork) => number | undefined, unit = "", from = 0): Column<AgentWork> {
  return {
    id,
    head: say(id),
    end: true,
    from,
    className: "num",
    cell: (row) => (value(row) === undefined ? "–" : `${value(row)}${unit && ` ${unit}`}`),
    sort: (row) => value(row) ?? -1,
  };
}

function time(id: string, value: (row: AgentWork) => number, from = 0): Column<AgentWork> {
  return { id, head: say(id), end: true, from, className: "num", cell: (row) => clock(value(row)), sort: value };
}

/** SummaryView is a row per agent, and all of them together (MN-10). */
export function SummaryView({ summary }: { summary: WorkSummary }) {
  return (
    <>
      <p className="workforce-facts">
        <strong>{say("agents", { count: summary.total_agents })}</strong>
        {summary.avg_available_pct !== undefined && (
          <span>{say("average", { percent: summary.avg_available_pct })}</span>
        )}
      </p>
      <Table label={say("title")} columns={columns()} rows={summary.agents ?? []} rowKey={(row) => row.agent} />
      <section aria-label={say("statuses")}>
        <h2 className="dashboard-title">{say("statuses")}</h2>
        <ul className="workforce-statuses">
          {(summary.statuses ?? []).map((one) => (
            <li key={`${one.status} ${one.custom_status ?? ""}`}>
              <span className="workforce-swatch" data-status={one.status} />
              {one.custom_status || say(`status.${one.status}`)}
              <strong className="num">{clock(one.seconds)}</strong>
            </li>
          ))}
        </ul>
      </section>
    </>
  );
}
