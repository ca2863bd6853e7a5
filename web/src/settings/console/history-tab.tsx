import { Button } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { words } from "../../api/problem.ts";
import { dayAndTime } from "../../ui/moment.ts";
import { Badge, Note } from "../../ui/parts.tsx";
import { useTitle } from "../form/reference-input.tsx";
import type { Field } from "../form/schema.ts";
import { changes, type Values } from "../form/values.ts";
import { pathLabel } from "../form/words.ts";
import { historyQuery, recordQuery, rollBack, type Stored, type Version } from "../records.ts";
import type { Area } from "./areas.ts";

interface Props {
  area: Area;
  fields: readonly Field[];
  record: Stored;
  take(version: number, values: Values): void;
}

/** HistoryTab lists the versions of a record, newest first, each with what it changed. */
export function HistoryTab({ area, fields, record, take }: Props) {
  const { t } = useTranslation("console");
  const queries = useQueryClient();
  const { data, error } = useQuery(historyQuery(area, record.id));
  const back = useMutation({
    mutationFn: (to: number) => rollBack(area, record.id, record.version, to),
    onSuccess: (next, version) => {
      queries.setQueryData(recordQuery(area, record.id).queryKey, next);
      void queries.invalidateQueries({ queryKey: ["records"] });
      notifications.show({ message: t("record.rolledBack", { version }) });
    },
  });
  const fault = error ?? back.error;
  const versions = (data ?? []).toSorted((a, b) => b.version - a.version);
  return (
    <div className="tab-body">
      {fault && <Note tone="red">{words(fault)}</Note>}
      <ol className="versions">
        {versions.map((version, i) => (
          <li key={version.version}>
            <Told version={version} before={versions[i + 1]} area={area} fields={fields} />
            {version.version === record.version ? (
              <Badge tone="green">{t("record.current")}</Badge>
            ) : (
              <div className="console-actions">
                <Button size="xs" variant="default" onClick={() => take(version.version, version.fields)}>
                  {t("record.take")}
                </Button>
                {area.drafts && (
                  <Button
                    size="xs"
                    variant="default"
                    loading={back.isPending && back.variables === version.version}
                    onClick={() => back.mutate(version.version)}
                  >
                    {t("record.rollBack")}
                  </Button>
                )}
              </div>
            )}
          </li>
        ))}
      </ol>
    </div>
  );
}

interface ToldProps {
  version: Version;
  before: Version | undefined;
  area: Area;
  fields: readonly Field[];
}

function Told({ version, before, area, fields }: ToldProps) {
  const { t } = useTranslation("console");
  const changed = before ? changes(fields, before.fields, version.fields) : [];
  const names = changed.map((change) => pathLabel(area.kind, change.path)).join(", ");
  return (
    <div>
      <strong>{t("record.version", { version: version.version })}</strong>{" "}
      <span className="num">{dayAndTime(version.at)}</span> {version.by && <By user={version.by} />}
      <p>{before ? t("record.changedFields", { fields: names || "–" }) : t("record.firstVersion")}</p>
    </div>
  );
}

function By({ user }: { user: string }) {
  const { t } = useTranslation("console");
  return t("record.by", { name: useTitle("user", user) ?? "…" });
}
