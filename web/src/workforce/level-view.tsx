import { Select } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import type { LevelHalf, ServiceLevel } from "../api/types.ts";
import { useLive } from "../phone/context.ts";
import { longDay, short, timeOfDay } from "../ui/format.ts";
import { type Column, Table } from "../ui/table.tsx";
import { levelQuery } from "./queries.ts";
import type { WorkSearch } from "./search.ts";
import { say } from "./words.ts";

interface Props {
  range: { from: string; to: string };
  queue: string;
  choose(change: WorkSearch): void;
}

/** LevelView is a queue's service level by day and half-hour (BX-5). */
export function LevelView({ range, queue, choose }: Props) {
  const queues = useLive((live) => live.queues) ?? [];
  const { data } = useQuery(levelQuery(queue, range));
  return (
    <>
      <div className="workforce-bar">
        <Select
          label={say("queue")}
          placeholder={say("chooseQueue")}
          value={queue === "" ? null : queue}
          onChange={(next) => next && choose({ queue: next })}
          data={queues.map(({ id, name }) => ({ value: id, label: name }))}
        />
      </div>
      {data && <Level level={data} />}
    </>
  );
}

function Level({ level }: { level: ServiceLevel }) {
  return (
    <>
      <p className="workforce-facts">{say("goal", { percent: level.sl_percent, seconds: level.sl_seconds })}</p>
      <Table label={say("days")} columns={columns("day", level)} rows={level.days ?? []} rowKey={(row) => row.day} />
      <h2 className="dashboard-title">{say("halves")}</h2>
      <Table
        label={say("halves")}
        columns={columns("time", level)}
        rows={level.half_hours ?? []}
        rowKey={(row) => row.at}
        divider={(row, before) => (before?.day === row.day ? undefined : dayOf(row))}
      />
    </>
  );
}

const dayOf = (row: LevelHalf) => longDay(new Date(`${row.day}T12:00`), "en");

function columns(first: "day" | "time", level: ServiceLevel): Column<LevelHalf>[] {
  const count = (id: string, value: (row: LevelHalf) => number, from = 0): Column<LevelHalf> => ({
    id,
    head: say(id),
    end: true,
    from,
    className: "num",
    cell: value,
  });
  return [
    { id: first, head: say(first), cell: (row) => (first === "day" ? dayOf(row) : timeOfDay(row.at)) },
    {
      id: "level",
      head: say("level"),
      end: true,
      className: "num",
      cell: (row) => (
        <span data-low={(row.service_level ?? 100) < level.sl_percent || undefined}>
          {row.service_level === undefined ? "–" : `${row.service_level} %`}
        </span>
      ),
    },
    count("answered", (row) => row.answered),
    count("inTime", (row) => row.answered_in_time, 560),
    count("abandoned", (row) => row.abandoned),
    count("shortAbandons", (row) => row.short_abandons, 640),
    {
      id: "wait",
      head: say("wait"),
      end: true,
      from: 480,
      className: "num",
      cell: (row) => short(row.wait_seconds / Math.max(1, row.answered + row.abandoned)),
    },
  ];
}
