import { Button, TextInput } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { words } from "../../api/problem.ts";
import { Note } from "../../ui/parts.tsx";
import { FormBody } from "../form/form-body.tsx";
import { useLeaveGuard } from "../form/leave-guard.tsx";
import type { Field } from "../form/schema.ts";
import { useRecordForm } from "../form/use-record-form.ts";
import { same, type Values } from "../form/values.ts";
import { recordQuery, type Stored, save, saveDraft, staleOf } from "../records.ts";
import type { Area } from "./areas.ts";
import { DraftBar } from "./draft-bar.tsx";
import { SaveBar } from "./save-bar.tsx";
import { StaleNote } from "./stale-note.tsx";

interface Props {
  area: Area;
  fields: readonly Field[];
  record: Stored;
  /** An older version that was taken into the form. */
  taken: { version: number; values: Values } | undefined;
}

interface Sent {
  readonly values: unknown;
  readonly version: number;
  readonly draft: boolean;
}

/** EditForm changes a record. Where there is a draft it is the draft that is changed; what is typed outlives whatever
 * comes from the server meanwhile. */
export function EditForm({ area, fields, record, taken }: Props) {
  const { t } = useTranslation("console");
  const queries = useQueryClient();
  const [begun, begin] = useState(record);
  const [heard, hear] = useState(taken);
  const [theirs, meet] = useState<Stored>();
  const [typed, type] = useState("");
  const form = useRecordForm(area.kind, fields, contentOf(record));
  const { guard } = useLeaveGuard(form.changed > 0);

  const restart = (next: Stored) => {
    begin(next);
    form.restart(contentOf(next));
    meet(undefined);
    type("");
  };
  if (record !== begun && form.changed === 0 && !sameRecord(record, begun)) restart(record);
  if (taken !== heard && taken) {
    hear(taken);
    form.take(taken.values);
  }

  const send = useMutation({
    mutationFn: async ({ values, version, draft }: Sent): Promise<Stored> => {
      if (!draft) return save(area, record.id, version, values, typed);
      const { fields: kept } = await saveDraft(area, record.id, version, values);
      return { ...begun, version, draft: kept };
    },
    onSuccess: (next, { draft }) => {
      queries.setQueryData(recordQuery(area, record.id).queryKey, next);
      void queries.invalidateQueries({ queryKey: ["records"] });
      restart(next);
      notifications.show({ message: t(draft ? "draft.saved" : "form.saved") });
    },
    onError: (error) => {
      const current = staleOf(error);
      if (current) meet(current);
      else form.refused(error);
    },
  });
  const submit = (draft: boolean) => {
    if (send.isPending || (form.changed === 0 && draft === (begun.draft !== undefined))) return;
    const values = form.ready();
    if (values !== undefined) send.mutate({ values, version: begun.version, draft });
  };
  const drafted = begun.draft !== undefined;
  const lifts = area.kind === "number" && begun.fields.deletion_protected === true && !form.values.deletion_protected;
  const head = (
    <>
      {drafted && <DraftBar area={area} fields={fields} record={begun} unsaved={form.changed > 0} done={restart} />}
      {send.error && !theirs && <Note tone="red">{words(send.error)}</Note>}
      {lifts && (
        <TextInput
          label={t("delete.lifting")}
          placeholder={record.title}
          value={typed}
          onChange={(event) => type(event.currentTarget.value)}
        />
      )}
      {theirs && (
        <StaleNote
          kind={area.kind}
          fields={fields}
          mine={form.values}
          theirs={theirs}
          choose={(values) => send.mutate({ values, version: theirs.version, draft: drafted })}
        />
      )}
    </>
  );
  return (
    <>
      {guard}
      <FormBody
        form={form}
        fields={fields}
        label={record.title}
        submit={() => submit(drafted)}
        head={head}
        footer={
          <SaveBar
            form={form}
            effect={t(drafted ? "draft.text" : `effect.${area.kind}`)}
            saving={send.isPending}
            word={t(drafted ? "draft.saveDraft" : "form.save")}
          >
            {area.drafts && !drafted && (
              <Button variant="default" disabled={form.changed === 0} onClick={() => submit(true)}>
                {t("draft.saveDraft")}
              </Button>
            )}
          </SaveBar>
        }
      />
    </>
  );
}

const contentOf = (record: Stored): Values => record.draft ?? record.fields;

const sameRecord = (a: Stored, b: Stored) =>
  a.version === b.version && same(a.draft, b.draft) && same(a.fields, b.fields);
