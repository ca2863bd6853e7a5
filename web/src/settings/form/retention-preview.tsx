import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { words } from "../../api/problem.ts";
import { longTime } from "../../ui/moment.ts";
import { Note } from "../../ui/parts.tsx";
import { type RetentionDue, retentionQuery } from "../records.ts";
import { useForm } from "./context.ts";
import { read } from "./values.ts";

const classes = ["recordings", "voicemail", "call_records", "quality_samples", "audit"] as const;

/** RetentionPreview is the dry run: what would be deleted tonight with the days that stand in the form now (BX-19). */
export function RetentionPreview() {
  const { t } = useTranslation("console");
  const { values } = useForm();
  const [asked, ask] = useState<Record<string, number>>();
  const days = Object.fromEntries(classes.map((one) => [one, Number(read(values, `retention.${one}`))]));
  const { data, error, isFetching } = useQuery({ ...retentionQuery(asked ?? {}), enabled: asked !== undefined });
  return (
    <div className="trunk-test">
      <Button variant="default" loading={isFetching} onClick={() => ask(days)}>
        {t("retention.go")}
      </Button>
      <div role="status">
        {error && <Note tone="red">{words(error)}</Note>}
        {data && (
          <Note>
            {t("retention.lead")}
            <ul>
              {data.items.map((due) => (
                <li key={due.class}>
                  <Told due={due} />
                </li>
              ))}
            </ul>
          </Note>
        )}
      </div>
    </div>
  );
}

/** Told says how much of a class was or would be deleted, how old it is, and by which queues. */
export function Told({ due }: { due: RetentionDue }) {
  const { t } = useTranslation("console");
  const name = t(`retention.${due.class}`);
  if (due.count === 0) return t("retention.none", { name, rule: due.rule });
  const [from, until] = [longTime(due.oldest ?? ""), longTime(due.newest ?? "")];
  const queues = due.queues?.map((one) => `${one.name} ${one.count}`).join(", ");
  return (
    <>
      {t("retention.some", { name, count: due.count, from, until, rule: due.rule })}
      {queues && ` (${queues})`}
    </>
  );
}
