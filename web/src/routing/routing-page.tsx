import { useQuery } from "@tanstack/react-query";
import { Link, Navigate, useParams } from "@tanstack/react-router";
import { words } from "../api/problem.ts";
import { useDesk } from "../phone/context.ts";
import { Empty, Note } from "../ui/parts.tsx";
import "../settings/settings.css";
import { ClockTest } from "./clock.tsx";
import { RoutingGraph } from "./graph.tsx";
import { numbersQuery, warningsQuery } from "./queries.ts";
import { Simulator } from "./simulator.tsx";
import { say } from "./words.ts";
import "./routing.css";

/** The pages that are no number. */
const numbers = "numbers";
const trial = "simulator";
const clock = "clock";
const warnings = "warnings";

/** RoutingPage: the numbers in the list; in the work where one leads, the dead ends, or a test of the clock. */
export default function RoutingPage() {
  const { page } = useParams({ from: "/desk/routing/$page" });
  const { data } = useQuery(numbersQuery);
  const { session } = useDesk();
  const admin = session.role === "admin";
  return (
    <>
      <h1 className="sr">{say("title")}</h1>
      <nav className="pane-list routing-list" aria-label={say("title")}>
        {admin && (
          <>
            <h2 className="settings-group">{say("tests")}</h2>
            <ul>
              <Entry page={trial} title={say("simulator.title")} />
              <Entry page={warnings} title={say("warnings")} />
              <Entry page={clock} title={say("clock")} />
            </ul>
          </>
        )}
        <h2 className="settings-group">{say("numbers")}</h2>
        <ul>
          {data?.map((one) => (
            <Entry key={one.id} page={one.id} title={one.label} under={one.number} />
          ))}
        </ul>
      </nav>
      <div className="pane-work">
        <div className="routing">
          <Work page={page} all={data} />
        </div>
      </div>
    </>
  );
}

/** areaOf is where the console keeps a kind of record. */
const areaOf = (kind: string) => (kind === "organisation" ? kind : `${kind.replace("_", "-")}s`);

interface Listed {
  id: string;
  label: string;
  number: string;
}

function Work({ page, all }: { page: string; all: readonly Listed[] | undefined }) {
  const first = all?.[0];
  switch (page) {
    case trial:
      return all ? <Simulator numbers={all.map((one) => one.number)} /> : null;
    case clock:
      return <ClockTest />;
    case warnings:
      return <Warnings />;
    case numbers:
      if (first) return <Navigate to="/routing/$page" params={{ page: first.id }} replace />;
      return all ? <Empty title={say("noNumbers")} /> : null;
    default:
      return <RoutingGraph key={page} id={page} />;
  }
}

function Entry({ page, title, under }: { page: string; title: string; under?: string }) {
  return (
    <li>
      <Link to="/routing/$page" params={{ page }} className="routing-link">
        <span title={title}>{title}</span>
        {under !== undefined && under !== title && <small>{under}</small>}
      </Link>
    </li>
  );
}

function Warnings() {
  const { data, error } = useQuery(warningsQuery);
  if (error) return <Note tone="red">{words(error)}</Note>;
  if (!data) return null;
  if (data.length === 0) return <Note>{say("noWarnings")}</Note>;
  return (
    <ul className="routing-warnings">
      {data.map((one) => (
        <li key={`${one.kind} ${one.id} ${one.field}`}>
          <Note tone="orange">
            <Link
              className="routing-fault"
              to="/settings/company/$area"
              params={{ area: areaOf(one.kind) }}
              search={one.id ? { id: one.id } : {}}
            >
              {one.name || say("organisation")}
            </Link>
            {one.what}
          </Note>
        </li>
      ))}
    </ul>
  );
}
