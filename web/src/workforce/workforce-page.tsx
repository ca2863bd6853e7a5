import { Button, SegmentedControl, TextInput } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { IconDownload, IconUsers } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { words } from "../api/problem.ts";
import { useDesk } from "../phone/context.ts";
import { Empty } from "../ui/parts.tsx";
import { DayView } from "./day-view.tsx";
import { csv, rangeOf } from "./days.ts";
import { EventsView } from "./events-view.tsx";
import { HeatView } from "./heat-view.tsx";
import { LevelView } from "./level-view.tsx";
import { days, summaryQuery } from "./queries.ts";
import type { View, WorkSearch } from "./search.ts";
import { SummaryView } from "./summary-view.tsx";
import { say } from "./words.ts";
import "../supervisor/supervisor.css";
import "./workforce.css";

const route = getRouteApi("/desk/workforce");

/** WorkforcePage: what people did day by day (MN-10, MN-11). */
export default function WorkforcePage() {
  const { session } = useDesk();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const set = (change: WorkSearch) => void navigate({ search: { ...search, ...change }, replace: true });
  const range = rangeOf(search, new Date());
  const { data, error } = useQuery(summaryQuery(range));
  return (
    <div className="pane-work dashboard">
      <header className="pane-head">
        <h1>{say("title")}</h1>
        <Link to="/queues">{say("back")}</Link>
      </header>
      <div className="workforce-bar">
        <Day label={say("from")} value={range.from} choose={(from) => set({ from })} />
        <Day label={say("to")} value={range.to} choose={(to) => set({ to })} />
        <SegmentedControl
          aria-label={say("view")}
          value={search.view ?? "table"}
          onChange={(view) => {
            const { view: _, ...rest } = search;
            void navigate({
              search: view === "table" ? rest : { ...rest, view: view as View },
              replace: true,
            });
          }}
          data={(["table", "heat", "day", "level", "events"] as const).map((value) => ({
            value,
            label: say(`views.${value}`),
          }))}
        />
        {search.view !== "events" && (
          <Button
            variant="default"
            leftSection={<IconDownload size={16} />}
            disabled={!session.switches.export}
            title={session.switches.export ? undefined : say("noExport")}
            onClick={() => void download(range)}
          >
            {say("csv")}
          </Button>
        )}
        {data && <span className="workforce-zone">{say("zone", { zone: data.timezone })}</span>}
      </div>
      {error && <Empty title={words(error)} />}
      {search.view === "level" && <LevelView range={range} queue={search.queue ?? ""} choose={set} />}
      {search.view === "events" && (
        <EventsView
          range={range}
          search={search}
          agents={data?.agents ?? []}
          choose={(change, drop) => {
            const next = { ...search, ...change };
            if (drop) delete next[drop];
            void navigate({ search: next, replace: true });
          }}
        />
      )}
      {search.view !== "level" && search.view !== "events" && data?.agents?.length === 0 && (
        <Empty icon={<IconUsers size={26} stroke={1.4} />} title={say("none")} />
      )}
      {data?.agents && data.agents.length > 0 && (
        <>
          {search.view === undefined && <SummaryView summary={data} />}
          {search.view === "heat" && <HeatView range={range} measure={search.measure ?? "availability"} choose={set} />}
          {search.view === "day" && (
            <DayView agents={data.agents} day={range.to} agent={search.agent ?? ""} choose={set} />
          )}
        </>
      )}
    </div>
  );
}

function Day({ label, value, choose }: { label: string; value: string; choose(day: string): void }) {
  return (
    <TextInput
      type="date"
      label={label}
      value={value}
      onChange={(event) => event.currentTarget.value !== "" && choose(event.currentTarget.value)}
    />
  );
}

/** download makes a file of the days, one line for each agent and day. */
async function download(range: { from: string; to: string }) {
  try {
    const { items } = await days(range);
    const address = URL.createObjectURL(new Blob([csv(items ?? [])], { type: "text/csv" }));
    const link = document.createElement("a");
    link.href = address;
    link.download = `workforce-${range.from}-${range.to}.csv`;
    link.click();
    URL.revokeObjectURL(address);
  } catch (error) {
    notifications.show({ color: "red", message: words(error) });
  }
}
