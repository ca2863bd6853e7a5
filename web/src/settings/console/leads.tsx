import { Button, FileInput, Group, Table } from "@mantine/core";
import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { ask } from "../../api/ask.ts";
import { client, expect } from "../../api/client.ts";
import { words } from "../../api/problem.ts";
import type { Lead, LeadsTaken } from "../../api/types.ts";
import { readable } from "../../phone/number.ts";
import { Note, Section } from "../../ui/parts.tsx";

const pageSize = 100;

/** Leads is who is in a lead list, with what their calls have come to; more come from a CSV file (OB-14, OB-16). */
export function Leads({ list }: { list: string }) {
  const { t } = useTranslation("console");
  const queries = useQueryClient();
  const [offset, turn] = useState(0);
  const [file, choose] = useState<File | null>(null);
  const { data, error } = useQuery({
    queryKey: ["records", "leads", list, offset],
    placeholderData: keepPreviousData,
    queryFn: () =>
      expect(
        client.GET("/lead-lists/{id}/leads", { params: { path: { id: list }, query: { offset, limit: pageSize } } }),
      ),
  });
  const renew = () => queries.invalidateQueries({ queryKey: ["records"] });
  const take = useMutation({
    mutationFn: async (chosen: File) =>
      ask<LeadsTaken>("POST", `/lead-lists/${encodeURIComponent(list)}/leads/import`, await chosen.text(), "text/csv"),
    onSuccess: renew,
  });
  const remove = useMutation({
    mutationFn: (id: string) => ask<undefined>("DELETE", `/leads/${encodeURIComponent(id)}`),
    onSuccess: renew,
  });
  const failed = error ?? take.error ?? remove.error;
  return (
    <Section title={t("leads.title", { count: data?.total ?? 0 })}>
      <p>{t("leads.columns")}</p>
      <Group align="end">
        <FileInput
          label={t("import.file")}
          placeholder={t("import.choose")}
          accept=".csv,text/csv"
          value={file}
          onChange={(next) => {
            choose(next);
            take.reset();
          }}
        />
        <Button disabled={!file} loading={take.isPending} onClick={() => file && take.mutate(file)}>
          {t("import.go")}
        </Button>
      </Group>
      {failed && <Note tone="red">{words(failed)}</Note>}
      {take.data && <Taken taken={take.data} />}
      {data && data.rows.length > 0 && (
        <Rows leads={data.rows} busy={remove.isPending} remove={(id) => remove.mutate(id)} />
      )}
      {data && data.total > pageSize && (
        <Group>
          <Button variant="default" disabled={offset === 0} onClick={() => turn(offset - pageSize)}>
            {t("leads.newer")}
          </Button>
          <Button variant="default" disabled={offset + pageSize >= data.total} onClick={() => turn(offset + pageSize)}>
            {t("leads.older")}
          </Button>
        </Group>
      )}
    </Section>
  );
}

/** Taken tells what came of a file, line by line where something did not. */
function Taken({ taken: { created, rows, skipped } }: { taken: LeadsTaken }) {
  const { t } = useTranslation("console");
  return (
    <Note tone={rows.length > 0 ? "orange" : "plain"}>
      {t("leads.taken", { created, refused: rows.length, skipped: skipped.length })}
      <ul className="import-problems">
        {[...rows, ...skipped].map(({ line, problem }) => (
          <li key={line}>
            <strong>{t("import.line", { line })}</strong> {problem}
          </li>
        ))}
      </ul>
    </Note>
  );
}

function Rows(props: { leads: readonly Lead[]; busy: boolean; remove(id: string): void }) {
  const { t } = useTranslation("console");
  const { leads, busy, remove } = props;
  return (
    <Table.ScrollContainer minWidth={520}>
      <Table>
        <Table.Thead>
          <Table.Tr>
            {(["name", "numbers", "status", "attempts", "outcome"] as const).map((one) => (
              <Table.Th key={one}>{t(`leads.${one}`)}</Table.Th>
            ))}
            <Table.Td />
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {leads.map((lead) => (
            <Table.Tr key={lead.id}>
              <Table.Td>{lead.name}</Table.Td>
              <Table.Td className="num">{lead.phones.map(({ number }) => readable(number)).join(", ")}</Table.Td>
              <Table.Td>{t(`leads.is_${lead.status}`)}</Table.Td>
              <Table.Td className="num">{lead.attempts}</Table.Td>
              <Table.Td>{lead.last_outcome}</Table.Td>
              <Table.Td>
                <Button
                  variant="subtle"
                  size="compact-sm"
                  disabled={busy}
                  aria-label={t("leads.removeLong", { name: lead.name })}
                  onClick={() => remove(lead.id)}
                >
                  {t("leads.remove")}
                </Button>
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}
