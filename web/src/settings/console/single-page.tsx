import { notifications } from "@mantine/notifications";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { words } from "../../api/problem.ts";
import { Note } from "../../ui/parts.tsx";
import { FormBody } from "../form/form-body.tsx";
import { useLeaveGuard } from "../form/leave-guard.tsx";
import type { Field } from "../form/schema.ts";
import { useRecordForm } from "../form/use-record-form.ts";
import { descriptionQuery, type Single, type SingleRecord, saveSingle, singleQuery, staleOf } from "../records.ts";
import { fieldsOfSingle } from "./description.ts";
import { SaveBar } from "./save-bar.tsx";
import { StaleNote } from "./stale-note.tsx";
import "./console.css";

/** OrganisationPage: what holds for all of the organisation. */
export function OrganisationPage() {
  const { t } = useTranslation("console");
  return (
    <section className="console-detail" aria-label={t("console.organisation")}>
      <header className="console-head">
        <div>
          <h2>{t("console.organisation")}</h2>
          <p>{t("console.organisationLead")}</p>
        </div>
      </header>
      <SinglePage which="organisation" />
    </section>
  );
}

interface Props {
  which: Single;
  /** Runs after each save. */
  saved?: () => void;
}

/** SinglePage is the form of something of which there is one. */
export function SinglePage({ which, saved }: Props) {
  const { data: doc, error: missing } = useQuery(descriptionQuery);
  const { data: record, error } = useQuery(singleQuery(which));
  const fault = missing ?? error;
  if (fault) return <Note tone="red">{words(fault)}</Note>;
  if (!doc || !record) return null;
  return <Editor which={which} fields={fieldsOfSingle(doc, which)} record={record} saved={saved} />;
}

interface EditorProps extends Omit<Props, "saved"> {
  fields: readonly Field[];
  record: SingleRecord;
  saved: (() => void) | undefined;
}

function Editor({ which, fields, record, saved }: EditorProps) {
  const { t } = useTranslation("console");
  const queries = useQueryClient();
  const [begun, begin] = useState(record);
  const [theirs, meet] = useState<SingleRecord>();
  const form = useRecordForm(which, fields, record.fields);
  const { guard, pass } = useLeaveGuard(form.changed > 0);
  const restart = (next: SingleRecord) => {
    begin(next);
    form.restart(next.fields);
    meet(undefined);
  };
  if (record.version !== begun.version && form.changed === 0) restart(record);
  const send = useMutation({
    mutationFn: ({ values, version }: { values: unknown; version: number }) => saveSingle(which, version, values),
    onSuccess: (next) => {
      queries.setQueryData(singleQuery(which).queryKey, next);
      restart(next);
      notifications.show({ message: t("form.saved") });
      if (saved) {
        pass();
        saved();
      }
    },
    onError: (error) => {
      const current = staleOf(error);
      if (current) meet(current);
      else form.refused(error);
    },
  });
  const submit = () => {
    const values = form.changed > 0 && !send.isPending ? form.ready() : undefined;
    if (values !== undefined) send.mutate({ values, version: begun.version });
  };
  const head = (
    <>
      {send.error && !theirs && <Note tone="red">{words(send.error)}</Note>}
      {theirs && (
        <StaleNote
          kind={which}
          fields={fields}
          mine={form.values}
          theirs={theirs}
          choose={(values) => send.mutate({ values, version: theirs.version })}
        />
      )}
    </>
  );
  const word = t(`console.${which}`);
  return (
    <>
      {guard}
      <FormBody
        form={form}
        fields={fields}
        label={word}
        submit={submit}
        head={head}
        footer={
          <SaveBar
            form={form}
            effect={t(`effect.${which}`)}
            saving={send.isPending}
            word={t("form.save")}
            next={saved}
          />
        }
      />
    </>
  );
}
