import { Button } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { words } from "../../api/problem.ts";
import { Note } from "../../ui/parts.tsx";
import { areaOf } from "../console/areas.ts";
import { Picker } from "../form/reference-input.tsx";
import { Shown } from "../form/shown.tsx";
import { labelOf } from "../form/words.ts";
import { save } from "../records.ts";
import type { There } from "./steps.ts";

/** RouteStep leads a number to a queue. */
export function RouteStep({ there, next }: { there: There; next(): void }) {
  const { t } = useTranslation("console");
  const queries = useQueryClient();
  const number = there.numbers.at(-1);
  const [chosen, choose] = useState<string>();
  const queue = chosen ?? there.queues.at(-1)?.id ?? "";
  const lead = useMutation({
    mutationFn: async () => {
      if (!number) return;
      const destination = { kind: "queue", target: queue };
      await save(areaOf("number"), number.id, number.version, { ...number.fields, destination });
    },
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ["records"] });
      next();
    },
  });
  if (!number) return <Note>{t("wizard.numberText")}</Note>;
  return (
    <div className="wizard-there">
      {lead.error && <Note tone="red">{words(lead.error)}</Note>}
      <dl className="facts">
        <dt>{t("wizard.number")}</dt>
        <dd className="num">{number.title}</dd>
        <dt>{labelOf("number", "destination")}</dt>
        <dd>
          <Shown kind="number" field={destination} value={number.fields.destination} />
        </dd>
      </dl>
      <Picker kind="queue" label={t("wizard.queue")} chosen={queue} disabled={false} choose={choose} />
      <Button disabled={queue === ""} loading={lead.isPending} onClick={() => lead.mutate()}>
        {t("wizard.route")}
      </Button>
    </div>
  );
}

const destination = {
  name: "destination",
  widget: "destination",
  schema: {},
  required: false,
  nullable: false,
} as const;
