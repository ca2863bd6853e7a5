import { Button, FileInput, Group, Modal } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { words } from "../../api/problem.ts";
import { Note } from "../../ui/parts.tsx";
import { labelOf } from "../form/words.ts";
import { descriptionQuery, type Imported, importCSV } from "../records.ts";
import type { Area } from "./areas.ts";
import { fieldsOfArea } from "./description.ts";

/** What tells a line of the file from the record that is there already. */
const keys: Readonly<Record<string, string>> = { user: "email", agent: "extension", number: "phone_number" };

/** ImportDialog takes records from a file: first it is looked at, then it is taken. */
export function ImportDialog({ area, close }: { area: Area; close(): void }) {
  const { t } = useTranslation("console");
  const queries = useQueryClient();
  const { data: doc } = useQuery(descriptionQuery);
  const [file, choose] = useState<File | null>(null);
  const look = useMutation({ mutationFn: async (chosen: File) => importCSV(area, await chosen.text(), true) });
  const take = useMutation({
    mutationFn: async (chosen: File) => importCSV(area, await chosen.text(), false),
    onSuccess: () => queries.invalidateQueries({ queryKey: ["records"] }),
  });
  const error = take.error ?? look.error;
  const columns = doc ? fieldsOfArea(doc, area).filter((field) => field.widget !== "list") : [];
  const clean = look.data?.rows.length === 0;
  return (
    <Modal
      opened
      onClose={close}
      size="lg"
      title={t("import.title", { kind: t(`kind.${area.kind}.many`) })}
      closeButtonProps={{ "aria-label": t("form.close") }}
    >
      <p>{t("import.text", { key: labelOf(area.kind, keys[area.kind] ?? "name") })}</p>
      <details className="import-columns">
        <summary>{t("import.columns")}</summary>
        <code>{columns.map((field) => field.name).join(",")}</code>
      </details>
      <FileInput
        label={t("import.file")}
        placeholder={t("import.choose")}
        accept=".csv,text/csv"
        value={file}
        onChange={(next) => {
          choose(next);
          take.reset();
          look.reset();
          if (next) look.mutate(next);
        }}
      />
      {error && <Note tone="red">{words(error)}</Note>}
      {take.data ? <Note>{t("import.done", counts(take.data))}</Note> : look.data && <Looked result={look.data} />}
      <Group justify="flex-end" mt="md">
        <Button variant="default" onClick={close}>
          {t(take.data ? "form.close" : "form.cancel")}
        </Button>
        {!take.data && (
          <Button disabled={!file || !clean} loading={take.isPending} onClick={() => file && take.mutate(file)}>
            {t("import.go")}
          </Button>
        )}
      </Group>
    </Modal>
  );
}

const counts = ({ created, updated }: Imported) => ({ created, updated });

function Looked({ result }: { result: Imported }) {
  const { t } = useTranslation("console");
  if (result.rows.length === 0) return <Note>{t("import.would", counts(result))}</Note>;
  return (
    <Note tone="orange">
      {t("import.problems", { count: result.rows.length })}
      <ul className="import-problems">
        {result.rows.map(({ line, problem }) => (
          <li key={line}>
            <strong>{t("import.line", { line })}</strong> {problem}
          </li>
        ))}
      </ul>
    </Note>
  );
}
