import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useLive } from "../../phone/context.ts";
import { AgentImage } from "../own-image.tsx";
import { type Stored, usesQuery } from "../records.ts";
import { type Area, areaOf } from "./areas.ts";
import type { CompanySearch } from "./search.ts";

/** PersonLink leads from a user to the agent that the person is, and back, and says what is kept there (US-1, AG-1). */
export function PersonLink({ area, record }: { area: Area; record: Stored }) {
  if (area.kind === "user") return <ToAgent user={record.id} />;
  if (area.kind === "agent") {
    return (
      <>
        <Way what="toUser" to="users" search={{ id: String(record.fields.user) }} />
        <Picture record={record} />
      </>
    );
  }
  return null;
}

function ToAgent({ user }: { user: string }) {
  const { data } = useQuery(usesQuery(areaOf("user"), user));
  const agent = data?.find((use) => use.kind === "agent");
  if (!data) return null;
  if (!agent) return <Way what="noAgent" to="agents" search={{ make: true }} />;
  return <Way what="toAgent" to="agents" search={{ id: agent.id }} />;
}

/** Picture is what colleagues see of the agent; the live picture knows it, and hears of a change. */
function Picture({ record }: { record: Stored }) {
  const image = useLive((live) => live.agents?.find(({ id }) => id === record.id)?.image);
  return (
    <div className="person-image">
      <AgentImage agent={record.id} name={record.title} image={image} />
    </div>
  );
}

interface WayProps {
  what: "toUser" | "toAgent" | "noAgent";
  to: string;
  search: CompanySearch;
}

function Way({ what, to, search }: WayProps) {
  const { t } = useTranslation("console");
  return (
    <p className="person-link">
      {t(`person.${what}Text`)}{" "}
      <Link to="/settings/company/$area" params={{ area: to }} search={search}>
        {t(`person.${what}`)}
      </Link>
    </p>
  );
}
