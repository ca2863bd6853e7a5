import { Select } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import type { AgentWork, TimelineCall, WorkTimeline } from "../api/types.ts";
import { clock, short, timeOfDay } from "../ui/format.ts";
import { type Column, Table } from "../ui/table.tsx";
import { hourMarks, place } from "./days.ts";
import { timelineQuery } from "./queries.ts";
import type { WorkSearch } from "./search.ts";
import { nameOf } from "./summary-view.tsx";
import { say } from "./words.ts";

interface Props {
  agents: readonly AgentWork[];
  day: string;
  agent: string;
  choose(change: WorkSearch): void;
}

/** DayView is one agent's day: statuses and calls in their places (MN-11). */
export function DayView({ agents, day, agent, choose }: Props) {
  const { data } = useQuery(timelineQuery(agent, day));
  return (
    <>
      <div className="workforce-bar">
        <Select
          label={say("agent")}
          placeholder={say("choose")}
          searchable
          value={agent === "" ? null : agent}
          onChange={(next) => next && choose({ agent: next })}
          data={agents.map((one) => ({ value: one.agent, label: nameOf(one) }))}
        />
      </div>
      {data && <Timeline line={data} />}
    </>
  );
}

const columns = (): Column<TimelineCall>[] => [
  { id: "time", head: say("time"), width: 84, cell: (call) => timeOfDay(call.at, true) },
  { id: "number", head: say("number"), cell: (call) => call.name || call.number },
  {
    id: "length",
    head: say("length"),
    end: true,
    cell: (call) => {
      if (!call.taken) return say("callMissed");
      return call.until ? short((Date.parse(call.until) - Date.parse(call.at)) / 1000) : say("still");
    },
  },
];

function Timeline({ line }: { line: WorkTimeline }) {
  const { work } = line;
  const calls = line.calls ?? [];
  return (
    <>
      <p className="workforce-facts">
        <Fact word="available" value={clock(work.available_seconds)} />
        <Fact word="taken" value={work.taken} />
        <Fact word="missed" value={work.missed} />
        <Fact word="handle" value={clock(work.avg_handle_time_seconds)} />
      </p>
      <section className="timeline-day" aria-label={say("timeline")}>
        <ol>
          {(line.statuses ?? []).map((one) => (
            <li
              key={one.from}
              data-status={one.status}
              style={percent(place(line, one.from, one.to))}
              title={`${timeOfDay(one.from)}–${timeOfDay(one.to)} ${one.custom_status || say(`status.${one.status}`)}`}
            >
              <span className="sr">
                {timeOfDay(one.from)} {one.custom_status || say(`status.${one.status}`)}
              </span>
            </li>
          ))}
        </ol>
        <ol>
          {calls.map((call) => (
            <li
              key={`${call.call} ${call.at}`}
              data-call={call.taken ? "taken" : "missed"}
              style={percent(place(line, call.at, call.until ?? call.at))}
              title={`${timeOfDay(call.at)} ${say(call.taken ? "call" : "callMissed")} ${call.name || call.number}`}
            />
          ))}
        </ol>
        <div className="timeline-hours" aria-hidden="true">
          {hourMarks(line).map(({ label, left }) => (
            <span key={label} className="num" style={{ left: `${left * 100}%` }}>
              {timeOfDay(label)}
            </span>
          ))}
        </div>
      </section>
      {calls.length > 0 && (
        <Table label={say("calls")} columns={columns()} rows={calls} rowKey={(call) => `${call.call} ${call.at}`} />
      )}
    </>
  );
}

const percent = ({ left, width }: { left: number; width: number }) => ({
  left: `${left * 100}%`,
  width: `${width * 100}%`,
});

function Fact({ word, value }: { word: string; value: string | number }) {
  return (
    <span>
      {say(word)} <strong className="num">{value}</strong>
    </span>
  );
}
