import { SegmentedControl } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import type { HeatRow } from "../api/types.ts";
import { most, shade } from "./days.ts";
import { heatQuery, type Measure } from "./queries.ts";
import type { WorkSearch } from "./search.ts";
import { nameOf } from "./summary-view.tsx";
import { say } from "./words.ts";

const hours = Array.from({ length: 24 }, (_, hour) => hour);
const measures: readonly Measure[] = ["availability", "call_volume", "chat_volume"];

interface Props {
  range: { from: string; to: string };
  measure: Measure;
  choose(change: WorkSearch): void;
}

/** HeatView is agents by hour of the clock; a cell without data stays empty (MN-11). */
export function HeatView({ range, measure, choose }: Props) {
  const { data } = useQuery(heatQuery({ ...range, measure }));
  const rows = data?.rows ?? [];
  const top = most(rows.map((row) => ({ cells: row.cells ?? [] })));
  return (
    <>
      <div className="workforce-bar">
        <SegmentedControl
          size="xs"
          aria-label={say("measure")}
          value={measure}
          onChange={(next) => choose({ measure: next as NonNullable<WorkSearch["measure"]> })}
          data={measures.map((value) => ({ value, label: say(`measures.${value}`) }))}
        />
      </div>
      <div className="dashboard-scroll">
        <table className="heat" aria-label={say(`measures.${measure}`)}>
          <thead>
            <tr>
              <th scope="col">{say("agent")}</th>
              {hours.map((hour) => (
                <th key={hour} scope="col" className="num">
                  <span aria-hidden="true">{hour}</span>
                  <span className="sr">{say("hour", { hour })}</span>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <Row key={row.agent} row={row} top={top} percent={measure === "availability"} />
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}

function Row({ row, top, percent }: { row: HeatRow; top: number; percent: boolean }) {
  return (
    <tr>
      <th scope="row">{nameOf(row)}</th>
      {hours.map((hour) => {
        const cell = row.cells?.find((one) => one.hour === hour);
        return (
          <td
            key={hour}
            className="num"
            {...(cell && { style: { "--shade": shade(cell.value, top, percent) } as never })}
          >
            {cell && (
              <span title={say(percent ? "percentCell" : "countCell", { value: cell.value })}>{cell.value}</span>
            )}
          </td>
        );
      })}
    </tr>
  );
}
