import { Button, TextInput } from "@mantine/core";
import { IconFileImport, IconPlus, IconSearch, IconX } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { words } from "../../api/problem.ts";
import { Empty, Note } from "../../ui/parts.tsx";
import { type Order, Table } from "../../ui/table.tsx";
import { type Field, offers } from "../form/schema.ts";
import { descriptionQuery, rowsQuery } from "../records.ts";
import type { Area } from "./areas.ts";
import { AudioActions } from "./audio-actions.tsx";
import { BuyNumbers } from "./buy-dialog.tsx";
import { ImportDialog } from "./import-dialog.tsx";
import { columnsOf } from "./list-columns.tsx";
import { Paging } from "./paging.tsx";
import { AddRange } from "./range-dialog.tsx";
import { type CompanySearch, listing, listOnly, pageSize } from "./search.ts";
import "../../ui/list.css";

interface Props {
  area: Area;
  fields: readonly Field[];
  search: CompanySearch;
  go(next: CompanySearch): void;
}

/** ListPane: the records of a kind, searched and sorted by the server. */
export function ListPane({ area, fields, search, go }: Props) {
  const { t } = useTranslation("console");
  const { data, error, isPending, isPlaceholderData } = useQuery(rowsQuery(area, listing(search)));
  const title = t(`kind.${area.kind}.many`);
  const sort = search.sort ?? "title";
  const by: Order = { column: sort.replace(/^-/, ""), down: sort.startsWith("-") };
  const sortBy = ({ column, down }: Order) => go({ ...search, sort: `${down ? "-" : ""}${column}` });
  return (
    <section className="console-list" aria-label={title}>
      <header className="console-head">
        <div>
          <h2>{title}</h2>
          <p>{t(`kind.${area.kind}.lead`)}</p>
        </div>
        <Actions area={area} fields={fields} search={search} go={go} />
      </header>
      <Search search={search} go={go} />
      <div className="list-rows" aria-busy={isPending || isPlaceholderData}>
        {error && <Note tone="red">{words(error)}</Note>}
        {data && data.rows.length > 0 && (
          <Table
            label={title}
            rows={data.rows}
            rowKey={(row) => row.id}
            selected={search.id}
            columns={columnsOf(area, fields, search, t)}
            sorting={{ by, sortBy }}
          />
        )}
        {data?.rows.length === 0 && <None area={area} search={search} />}
      </div>
      {data && (
        <Paging
          total={data.total}
          page={search.page ?? 1}
          size={pageSize}
          to={(page) => go({ ...listOnly(search), page })}
        />
      )}
    </section>
  );
}

function Actions({ area, fields, search, go }: Props) {
  const { t } = useTranslation("console");
  const { data: doc } = useQuery(descriptionQuery);
  const [importing, imports] = useState(false);
  const kind = t(`kind.${area.kind}.one`);
  if (area.uploaded) return <AudioActions />;
  return (
    <div className="console-actions">
      {area.kind === "number" && <BuyNumbers />}
      {area.kind === "number" && <AddRange area={area} fields={fields} />}
      {area.imports && doc && offers(doc, "post", `/settings/${area.plural}/import`) && (
        <Button variant="default" leftSection={<IconFileImport size={16} />} onClick={() => imports(true)}>
          {t("list.import")}
        </Button>
      )}
      {doc && offers(doc, "post", `/settings/${area.plural}`) && (
        <Button leftSection={<IconPlus size={16} />} onClick={() => go({ ...listOnly(search), make: true })}>
          {t("list.new", { kind })}
        </Button>
      )}
      {importing && <ImportDialog area={area} close={() => imports(false)} />}
    </div>
  );
}

function Search({ search, go }: Pick<Props, "search" | "go">) {
  const { t } = useTranslation("console");
  const { sort, q } = search;
  const seek = (next: string) => go({ ...(sort !== undefined && { sort }), ...(next !== "" && { q: next }) });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    seek(String(new FormData(event.currentTarget).get("q") ?? "").trim());
  };
  return (
    <search className="console-search">
      <form onSubmit={submit} key={q ?? ""}>
        <TextInput
          name="q"
          size="xs"
          defaultValue={q ?? ""}
          placeholder={t("list.search")}
          aria-label={t("list.search")}
          leftSection={<IconSearch size={15} />}
          rightSection={
            q && (
              <button type="button" className="list-clear" aria-label={t("list.clear")} onClick={() => seek("")}>
                <IconX size={15} />
              </button>
            )
          }
        />
      </form>
    </search>
  );
}

function None({ area, search }: { area: Area; search: CompanySearch }) {
  const { t } = useTranslation("console");
  if (search.q) {
    return (
      <Empty title={t("list.noneSearch")}>
        <p>{t("list.noneSearchText")}</p>
      </Empty>
    );
  }
  return (
    <Empty title={t("list.noneTitle", { kind: t(`kind.${area.kind}.one`) })}>
      <p>{t(`kind.${area.kind}.lead`)}</p>
      {["number", "trunk", "queue"].includes(area.kind) && (
        <p>
          {t("console.offer")}{" "}
          <Link to="/settings/company/$area" params={{ area: "first" }} search={{}}>
            {t("console.offerGo")}
          </Link>
        </p>
      )}
    </Empty>
  );
}
