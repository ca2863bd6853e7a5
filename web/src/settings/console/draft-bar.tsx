import { Button, Modal } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { words } from "../../api/problem.ts";
import { Note } from "../../ui/parts.tsx";
import type { Field } from "../form/schema.ts";
import { changes } from "../form/values.ts";
import { dropDraft, publish, recordQuery, type Stored } from "../records.ts";
import type { Area } from "./areas.ts";
import { Compare } from "./compare.tsx";

interface Props {
  area: Area;
  fields: readonly Field[];
  record: Stored;
  unsaved: boolean;
  done(record: Stored): void;
}

/** DraftBar compares a draft with what is live, publishes it or gives it up (BX-10). */
export function DraftBar({ area, fields, record, unsaved, done }: Props) {
  const { t } = useTranslation("console");
  const queries = useQueryClient();
  const [comparing, compare] = useState(false);
  const settled = (next: Stored, word: "published" | "discarded") => {
    queries.setQueryData(recordQuery(area, record.id).queryKey, next);
    void queries.invalidateQueries({ queryKey: ["records"] });
    done(next);
    notifications.show({ message: t(`draft.${word}`) });
  };
  const live = useMutation({
    mutationFn: () => publish(area, record.id),
    onSuccess: (next) => settled(next, "published"),
  });
  const drop = useMutation({
    mutationFn: () => dropDraft(area, record.id),
    onSuccess: () => {
      const { draft: _, ...rest } = record;
      settled(rest, "discarded");
    },
  });
  const error = live.error ?? drop.error;
  const differ = changes(fields, record.fields, record.draft);
  return (
    <section className="draft-bar" aria-label={t("draft.title")}>
      <div>
        <strong>{t("draft.title")}</strong>
        <p>{t("draft.text")}</p>
      </div>
      <div className="console-actions">
        <Button size="xs" variant="subtle" color="red" onClick={() => drop.mutate()} loading={drop.isPending}>
          {t("draft.discard")}
        </Button>
        <Button size="xs" variant="default" onClick={() => compare(true)}>
          {t("draft.compare")}
        </Button>
        <Button size="xs" onClick={() => live.mutate()} loading={live.isPending} disabled={unsaved}>
          {t("draft.publish")}
        </Button>
      </div>
      {error && <Note tone="red">{words(error)}</Note>}
      <Modal
        opened={comparing}
        onClose={() => compare(false)}
        size="xl"
        title={t("draft.compareTitle")}
        closeButtonProps={{ "aria-label": t("form.close") }}
      >
        {differ.length === 0 ? (
          t("draft.same")
        ) : (
          <Compare
            kind={area.kind}
            changes={differ}
            before={t("draft.live")}
            after={t("draft.draft")}
            label={t("draft.compareTitle")}
          />
        )}
      </Modal>
    </section>
  );
}
