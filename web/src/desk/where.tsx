import { Button } from "@mantine/core";
import { IconMapPin } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { whereQuery } from "../api/where.ts";
import { say } from "../i18n/where.ts";
import { WhereForm } from "../phone/where-form.tsx";
import "../phone/where.css";

/** Where asks who has started in a new network where help would have to come (BX-14). */
export default function Where() {
  const { data } = useQuery(whereQuery);
  const [later, put] = useState(false);
  if (!data?.ask || later) return null;
  return (
    <section className="where" aria-label={say("title")}>
      <IconMapPin size={20} stroke={1.8} aria-hidden="true" />
      <div className="where-text">
        <strong>{say("title")}</strong>
        <p>{say("ask")}</p>
        <WhereForm at={data}>
          <Button variant="default" onClick={() => put(true)}>
            {say("later")}
          </Button>
        </WhereForm>
      </div>
    </section>
  );
}
