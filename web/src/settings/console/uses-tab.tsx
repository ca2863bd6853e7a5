import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { words } from "../../api/problem.ts";
import { found } from "../../i18n/console.ts";
import { Note } from "../../ui/parts.tsx";
import type { Kind } from "../form/schema.ts";
import { type Use, usesQuery } from "../records.ts";
import { type Area, areas } from "./areas.ts";

/** UsesTab lists what refers to a record, with links. */
export function UsesTab({ area, id }: { area: Area; id: string }) {
  const { t } = useTranslation("console");
  const { data, error } = useQuery(usesQuery(area, id));
  if (error) return <Note tone="red">{words(error)}</Note>;
  if (!data) return null;
  return (
    <div className="tab-body">
      <p>{t(data.length === 0 ? "record.notUsed" : "record.usedIn")}</p>
      <Uses uses={data} />
    </div>
  );
}

/** Uses are links to records. */
export function Uses({ uses }: { uses: readonly Use[] }) {
  return (
    <ul className="uses">
      {uses.map((use) => (
        <li key={`${use.kind} ${use.id}`}>
          <span>{found(`kind.${use.kind}.many`) ?? use.kind}</span>
          <UseLink use={use} />
        </li>
      ))}
    </ul>
  );
}

function UseLink({ use }: { use: Use }) {
  if (use.kind === "organisation") {
    return (
      <Link to="/settings/company/$area" params={{ area: "organisation" }} search={{}}>
        {use.name}
      </Link>
    );
  }
  const area = areas.find((one) => one.kind === (use.kind as Kind));
  if (!area) return use.name;
  return (
    <Link to="/settings/company/$area" params={{ area: area.plural }} search={{ id: use.id }}>
      {use.name}
    </Link>
  );
}
