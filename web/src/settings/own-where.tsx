import { notifications } from "@mantine/notifications";
import { useQuery } from "@tanstack/react-query";
import { whereQuery } from "../api/where.ts";
import { say } from "../i18n/where.ts";
import { WhereForm } from "../phone/where-form.tsx";
import { Section } from "../ui/parts.tsx";
import "../phone/where.css";

/** OwnWhere shows where help would be sent that is called from this network, and changes it (BX-14). */
export function OwnWhere() {
  const { data } = useQuery(whereQuery);
  if (!data) return null;
  return (
    <Section title={say("title")}>
      <p>{data.words ? say("now", { words: data.words }) : say("nowhere")}</p>
      <WhereForm at={data} key={data.words ?? ""} kept={() => notifications.show({ message: say("kept") })} />
    </Section>
  );
}
