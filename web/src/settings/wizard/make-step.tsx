import { Button, Group } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Note } from "../../ui/parts.tsx";
import { areaOf } from "../console/areas.ts";
import { CreateForm } from "../console/create-form.tsx";
import { fieldsOfArea } from "../console/description.ts";
import { TrunkTest } from "../console/trunk-test.tsx";
import type { Kind } from "../form/schema.ts";
import type { Values } from "../form/values.ts";
import { descriptionQuery, type Row } from "../records.ts";

interface Props {
  kind: Kind;
  rows: readonly Row[];
  start: Values;
  next(): void;
}

/** MakeStep makes the record of a step, or says which one is there already. */
export function MakeStep({ kind, rows, start, next }: Props) {
  const { t } = useTranslation("console");
  const queries = useQueryClient();
  const { data: doc } = useQuery(descriptionQuery);
  const [another, makes] = useState(false);
  const area = areaOf(kind);
  const last = rows.at(-1);
  if (last && !another) {
    return (
      <div className="wizard-there">
        <Note>
          {t("wizard.already", { title: last.title })}{" "}
          <Link to="/settings/company/$area" params={{ area: area.plural }} search={{ id: last.id }}>
            {t("wizard.open", { title: last.title })}
          </Link>
        </Note>
        {kind === "trunk" && <TrunkTest id={last.id} />}
        <Group>
          <Button variant="default" onClick={() => makes(true)}>
            {t("wizard.another")}
          </Button>
          <Button onClick={next}>{t("wizard.next")}</Button>
        </Group>
      </div>
    );
  }
  if (!doc) return null;
  return (
    <CreateForm
      area={area}
      fields={fieldsOfArea(doc, area)}
      start={start}
      cancel={() => (last ? makes(false) : next())}
      made={() => {
        makes(false);
        void queries.invalidateQueries({ queryKey: ["records"] });
        if (kind !== "trunk") next();
      }}
    />
  );
}
