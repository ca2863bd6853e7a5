import { Select, TextInput } from "@mantine/core";
import { IconSearch } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { FormEvent } from "react";
import { useTranslation } from "react-i18next";
import { words } from "../../api/problem.ts";
import { found } from "../../i18n/console.ts";

import { dayAndTime } from "../../ui/moment.ts";
import { Empty, Note } from "../../ui/parts.tsx";
import { type Column, Table } from "../../ui/table.tsx";
import type { Recorded } from "../form/layout.ts";
import { Told } from "../form/retention-preview.tsx";
import type { Description } from "../form/schema.ts";
import { changes } from "../form/values.ts";
import { type Audited, auditQuery, descriptionQuery, type RetentionDue } from "../records.ts";
import { areas } from "./areas.ts";
import { Compare } from "./compare.tsx";
import { fieldsOfArea, fieldsOfSingle } from "./description.ts";
import { DetailHead } from "./detail-head.tsx";
import { Paging } from "./paging.tsx";
import { type CompanySearch, pageSize } from "./search.ts";
import { useCompanySearch } from "./use-search.ts";
import "../../ui/list.css";

/** AuditPage: every change with who made it, and before and after of the one that is open. */
export function AuditPage() {
  const { t } = useTranslation("console");
  const [search, go] = useCompanySearch();
  const { q = "", kind = "", since, page = 1, id } = search;
  const filter = { q, kind, since: since ? `${since}T00:00:00Z` : "", offset: (page - 1) * pageSize, limit: pageSize };
  const { data, error, isPending, isPlaceholderData } = useQuery(auditQuery(filter));
  const opened = data?.rows.find((row) => row.id === id);
  const { id: _, ...list } = search;
  return (
    <div className="console-panes" data-open={opened !== undefined || undefined}>
      <section className="console-list" aria-label={t("console.audit")}>
        <header className="console-head">
          <div>
            <h2>{t("console.audit")}</h2>
            <p>{t("console.auditLead")}</p>
          </div>
        </header>
        <Filter search={search} go={go} />
        <div className="list-rows" aria-busy={isPending || isPlaceholderData}>
          {error && <Note tone="red">{words(error)}</Note>}
          {data && data.rows.length > 0 && (
            <Table
              label={t("console.audit")}
              rows={data.rows}
              rowKey={(row) => row.id}
              selected={id}
              columns={columnsOf(list, t)}
            />
          )}
          {data?.rows.length === 0 && (
            <Empty title={t("audit.noneTitle")}>
              <p>{t("audit.noneText")}</p>
            </Empty>
          )}
        </div>
        {data && <Paging total={data.total} page={page} size={pageSize} to={(next) => go({ ...list, page: next })} />}
      </section>
      {opened && <Entry entry={opened} close={() => go(list)} />}
    </div>
  );
}

type Words = ReturnType<typeof useTranslation<"console">>["t"];

function columnsOf(list: CompanySearch, t: Words): Column<Audited>[] {
  return [
    {
      id: "at",
      head: t("audit.at"),
      width: 128,
      cell: (row) => (
        <Link
          to="/settings/company/$area"
          params={{ area: "audit" }}
          search={{ ...list, id: row.id }}
          className="rowlink"
        >
          <span className="num">{dayAndTime(row.at)}</span>
        </Link>
      ),
    },
    { id: "who", head: t("audit.actor"), from: 420, cell: (row) => row.actor_name || t("audit.system") },
    { id: "what", head: t("audit.action"), cell: (row) => row.action },
    { id: "record", head: t("audit.record"), from: 340, cell: titleOf },
  ];
}

function Filter({ search, go }: { search: CompanySearch; go(next: CompanySearch): void }) {
  const { t } = useTranslation("console");
  const with_ = (part: Partial<Record<"q" | "kind" | "since", string>>) => {
    const { q, kind, since } = { ...search, ...part };
    go({ ...(q && { q }), ...(kind && { kind }), ...(since && { since }) });
  };
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    with_({ q: String(new FormData(event.currentTarget).get("q") ?? "").trim() });
  };
  return (
    <search className="console-search" data-row>
      <form onSubmit={submit} key={search.q ?? ""}>
        <TextInput
          name="q"
          size="xs"
          defaultValue={search.q ?? ""}
          placeholder={t("list.search")}
          aria-label={t("list.search")}
          leftSection={<IconSearch size={15} />}
        />
      </form>
      <Select
        size="xs"
        aria-label={t("audit.kindFilter")}
        placeholder={t("audit.everything")}
        clearable
        clearButtonProps={{ "aria-label": t("list.clear") }}
        data={[...areas.map((area) => area.kind), "organisation", retention].map((kind) => ({
          value: kind,
          label: kindName(kind, t),
        }))}
        value={search.kind ?? null}
        onChange={(kind) => with_({ kind: kind ?? "" })}
      />
      <TextInput
        size="xs"
        type="date"
        aria-label={t("audit.since")}
        value={search.since ?? ""}
        onChange={(event) => with_({ since: event.currentTarget.value })}
      />
    </search>
  );
}

/** The subject of a marker that says what was deleted because it was kept long enough (BX-19). */
const retention = "retention";

const kindName = (kind: string | undefined, t: Words): string =>
  kind === retention ? t("retention.kind") : (found(`kind.${kind}.many`) ?? kind ?? "");

function Entry({ entry, close }: { entry: Audited; close(): void }) {
  const { t } = useTranslation("console");
  const { data: doc } = useQuery(descriptionQuery);
  const area = areas.find((one) => one.kind === entry.subject_kind);
  const kind = (area?.kind ?? "organisation") as Recorded;
  const differ = doc ? changes(fieldsFor(doc, entry.subject_kind ?? ""), entry.before, entry.after) : [];
  return (
    <section className="console-detail" aria-label={t("audit.detail")}>
      <DetailHead title={titleOf(entry) || entry.action} lead={entry.action} close={close} />
      <div className="tab-body">
        <dl className="facts">
          <dt>{t("audit.at")}</dt>
          <dd className="num">{dayAndTime(entry.at, true)}</dd>
          <dt>{t("audit.actor")}</dt>
          <dd>{entry.actor_name || t("audit.system")}</dd>
          <dt>{t("audit.kindFilter")}</dt>
          <dd>{kindName(entry.subject_kind, t)}</dd>
          {entry.subject_kind === retention && (
            <>
              <dt>{t("retention.deleted")}</dt>
              <dd>
                <Told due={entry.after as unknown as RetentionDue} />
              </dd>
            </>
          )}
        </dl>
        {differ.length > 0 && (
          <Compare
            kind={kind}
            changes={differ}
            before={t("audit.before")}
            after={t("audit.after")}
            label={t("audit.detail")}
          />
        )}
      </div>
    </section>
  );
}

function fieldsFor(doc: Description, kind: string) {
  const area = areas.find((one) => one.kind === kind);
  return area ? fieldsOfArea(doc, area) : fieldsOfSingle(doc, kind);
}

/** titleOf is what the record of an entry is called. */
function titleOf({ before, after }: Audited): string {
  const { name, time_range_name, phone_number, email, filename, friendly_name, extension } = { ...before, ...after };
  return String(name ?? time_range_name ?? phone_number ?? email ?? filename ?? friendly_name ?? extension ?? "");
}
