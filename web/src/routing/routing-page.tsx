import { useQuery } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import { words } from "../api/problem.ts";
import { useDesk } from "../phone/context.ts";
import { Empty, Note } from "../ui/parts.tsx";
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
        <ul>
          {admin && <Entry page={trial} title={say("simulator.title")} />}
          {admin && <Entry page={warnings} title={say("warnings")} />}
          {admin && <Entry page={clock} title={say("clock")} />}
          {data?.map((one) => (
            <Entry key={one.id} page={one.id} title={one.label} />
          ))}
        </ul>
        {data?.length === 0 && <p className="routing-lead">{say("noNumbers")}</p>}
      </nav>
      <div className="pane-work">
        <div className="routing">
          <Work page={page} numbers={data?.map((one) => one.number)} />
        </div>
      </div>
    </>
  );
}

function Work({ page, numbers: all }: { page: string; numbers: readonly string[] | undefined }) {
  switch (page) {
    case trial:
      return all ? <Simulator numbers={all} /> : null;
    case clock:
      return <ClockTest />;
    case warnings:
      return <Warnings />;
    case numbers:
      return <Empty title={say("lead")} />;
    default:
      return <RoutingGraph key={page} id={page} />;
  }
}

function Entry({ page, title }: { page: string; title: string }) {
  return (
    <li>
      <Link to="/routing/$page" params={{ page }} className="routing-link">
        {title}
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
          <Note tone="orange" title={one.name}>
            {one.what}
          </Note>
        </li>
      ))}
    </ul>
  );
}
