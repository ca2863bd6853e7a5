import { Button } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { words } from "../../api/problem.ts";
import { Note } from "../../ui/parts.tsx";
import { FormBody } from "../form/form-body.tsx";
import { useLeaveGuard } from "../form/leave-guard.tsx";
import type { Field } from "../form/schema.ts";
import { starters } from "../form/starters.ts";
import { useRecordForm } from "../form/use-record-form.ts";
import { fresh, type Values } from "../form/values.ts";
import { create, type Stored } from "../records.ts";
import type { Area } from "./areas.ts";
import { Wrong } from "./wrong.tsx";

interface Props {
  area: Area;
  fields: readonly Field[];
  made(record: Stored): void;
  cancel(): void;
  /** What is known of it already. */
  start?: Values;
  /** What the button says; empty: Create. */
  word?: string;
  /** Makes it in another way; nothing when there is no one record to go on with. */
  make?: (values: unknown) => Promise<Stored | undefined>;
}

/** CreateForm makes a new record; the defaults of the description stand in it. */
export function CreateForm({ area, fields, made, cancel, start, word, make }: Props) {
  const { t } = useTranslation("console");
  const queries = useQueryClient();
  const first = useMemo(() => ({ ...fresh(fields), ...starters[area.kind], ...start }), [fields, area.kind, start]);
  const form = useRecordForm(area.kind, fields, first);
  const { guard, pass } = useLeaveGuard(form.changed > 0);
  const send = useMutation({
    mutationFn: async (values: unknown) => (make ? make(values) : create(area, values)),
    onSuccess: (record) => {
      pass();
      void queries.invalidateQueries({ queryKey: ["records"] });
      if (record) made(record);
      else cancel();
    },
    onError: (error) => form.refused(error),
  });
  const submit = () => {
    const values = form.ready();
    if (values !== undefined && !send.isPending) send.mutate(values);
  };
  const footer = (
    <>
      <Wrong count={form.faults.size} />
      <Button variant="default" onClick={cancel}>
        {t("form.cancel")}
      </Button>
      <Button type="submit" loading={send.isPending}>
        {word ?? t("form.create")}
      </Button>
    </>
  );
  return (
    <>
      {guard}
      <FormBody
        form={form}
        fields={fields.filter((field) => field.schema.readOnly !== true)}
        label={t("record.new", { kind: t(`kind.${area.kind}.one`) })}
        submit={submit}
        head={send.error && <Note tone="red">{words(send.error)}</Note>}
        footer={footer}
      />
    </>
  );
}
