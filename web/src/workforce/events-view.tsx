import { Button, Select } from "@mantine/core";
import { IconDownload } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { words } from "../api/problem.ts";
import type { components } from "../api/schema.gen.ts";
import { useDesk } from "../phone/context.ts";
import { short } from "../ui/format.ts";
import { longTime } from "../ui/moment.ts";
import { Empty } from "../ui/parts.tsx";
import { type Column, Table } from "../ui/table.tsx";
import { type EventFilter, eventPage, eventsFile, eventsQuery } from "./queries.ts";
import type { WorkSearch } from "./search.ts";
import { say } from "./words.ts";

type StatusEvent = components["schemas"]["StatusEvent"];

interface Props {
  range: { from: string; to: string };
  search: WorkSearch;
  agents: readonly { agent: string; agent_name: string }[];
  choose(change: WorkSearch, drop: keyof WorkSearch | undefined): void;
}

const filters = {
  channel: ["voice", "chat"],
  status: ["available", "unavailable", "on_call", "wrap_up", "offline"],
  trigger: ["manual", "system", "auto_disconnect"],
} as const;

/** EventsView searches the changes of agents' statuses (MN-9). */
export function EventsView({ range, search, agents, choose }: Props) {
  const { session } = useDesk();
  const [page, turn] = useState(0);
  const filter = filterOf(range, search);
  const { data, error } = useQuery(eventsQuery(filter, page));
  const rows = data?.rows ?? [];
  const pick = (name: keyof WorkSearch) => (value: string | null) => {
    turn(0);
    choose(value ? { [name]: value } : {}, value ? undefined : name);
  };
  return (
    <>
      <div className="workforce-bar">
        <Select
          label={say("agent")}
          placeholder={say("any")}
          clearable
          searchable
          value={search.agent ?? null}
          onChange={pick("agent")}
          data={agents.map(({ agent, agent_name: name }) => ({ value: agent, label: name || say("gone") }))}
        />
        {(["channel", "status", "trigger"] as const).map((name) => (
          <Select
            key={name}
            label={say(`filter.${name}`)}
            placeholder={say("any")}
            clearable
            value={search[name] ?? null}
            onChange={pick(name)}
            data={filters[name].map((value) => ({ value, label: say(`${name}.${value}`) }))}
          />
        ))}
        {session.switches.export ? (
          <Button component="a" href={eventsFile(filter)} variant="default" leftSection={<IconDownload size={16} />}>
            {say("csvEvents")}
          </Button>
        ) : (
          <Button variant="default" leftSection={<IconDownload size={16} />} disabled title={say("noExport")}>
            {say("csvEvents")}
          </Button>
        )}
      </div>
      {error && <Empty title={words(error)} />}
      {data && rows.length === 0 && <Empty title={say("noEvents")} />}
      {rows.length > 0 && <Table label={say("views.events")} columns={columns} rows={rows} rowKey={(row) => row.id} />}
      {data && data.total > eventPage && (
        <div className="workforce-bar">
          <Button variant="default" disabled={page === 0} onClick={() => turn(page - 1)}>
            {say("newer")}
          </Button>
          <span className="num">
            {page * eventPage + 1}–{page * eventPage + rows.length} / {data.total}
          </span>
          <Button variant="default" disabled={(page + 1) * eventPage >= data.total} onClick={() => turn(page + 1)}>
            {say("older")}
          </Button>
        </div>
      )}
    </>
  );
}

/** filterOf is what the server is asked; a word that is none of its own is left out. Days are those of this browser. */
function filterOf(range: { from: string; to: string }, search: WorkSearch): EventFilter {
  const known = <Name extends keyof typeof filters>(name: Name) => {
    const value = (filters[name] as readonly string[]).find((one) => one === search[name]);
    return value === undefined ? {} : ({ [name]: value } as Pick<EventFilter, Name>);
  };
  const after = new Date(`${range.to}T00:00`);
  after.setDate(after.getDate() + 1);
  return {
    from: new Date(`${range.from}T00:00`).toISOString(),
    to: after.toISOString(),
    ...(search.agent !== undefined && { agent: search.agent }),
    ...known("channel"),
    ...known("status"),
    ...known("trigger"),
  };
}

const statusOf = (row: StatusEvent) => {
  const name = row.custom_name || say(`status.${row.new_status}`);
  return row.reason ? `${name} (${row.reason})` : name;
};

const columns: Column<StatusEvent>[] = [
  { id: "at", head: say("time"), width: 190, className: "num", cell: (row) => longTime(row.at) },
  { id: "agent", head: say("agent"), cell: (row) => row.agent_name || say("gone") },
  { id: "channel", head: say("filter.channel"), from: 820, width: 90, cell: (row) => say(`channel.${row.channel}`) },
  { id: "before", head: say("before"), from: 560, cell: (row) => say(`status.${row.previous_status}`) },
  {
    id: "length",
    head: say("length"),
    from: 640,
    end: true,
    width: 90,
    className: "num",
    cell: (row) => short(row.seconds),
  },
  { id: "after", head: say("filter.status"), cell: statusOf },
  {
    id: "trigger",
    head: say("filter.trigger"),
    from: 700,
    cell: (row) => [say(`trigger.${row.trigger}`), row.actor_name].filter(Boolean).join(", "),
  },
];
