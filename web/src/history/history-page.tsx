import { Button, TextInput } from "@mantine/core";
import { IconChevronLeft, IconChevronRight, IconHistory, IconSearch, IconX } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import type { FormEvent } from "react";
import { useTranslation } from "react-i18next";
import { words } from "../api/problem.ts";
import { callsQuery } from "../api/queries.ts";
import { CallTable } from "../record/call-table.tsx";
import { dayKey } from "../ui/format.ts";
import { Empty, Note } from "../ui/parts.tsx";
import { CallDetailPane } from "./call-detail.tsx";
import { Chips } from "./chips.tsx";
import { type HistorySearch, pageSize, toFilter } from "./filter.ts";
import "../i18n/history.ts";
import "../ui/list.css";
import "./history.css";

/** HistoryPage: the calls as a dense table, one of them open beside it. The address holds everything chosen. */
export default function HistoryPage() {
  const { t } = useTranslation();
  const search = useSearch({ from: "/desk/history" });
  const navigate = useNavigate({ from: "/history" });
  const go = (next: HistorySearch) => void navigate({ search: next });
  const today = new Date(`${dayKey(new Date())}T00:00:00`);
  const { data, error, isPending, isPlaceholderData } = useQuery(callsQuery(toFilter(search, today)));
  const rows = data?.items ?? [];
  return (
    <div className="history" data-open={search.call !== undefined || undefined}>
      <h1 className="sr">{t("rail.history")}</h1>
      <section className="history-list">
        <header className="pane-head">
          <p className="pane-title" aria-hidden="true">
            {t("rail.history")}
          </p>
          <Search search={search} go={go} />
        </header>
        <Chips search={search} go={go} />
        <div className="list-rows" aria-busy={isPending || isPlaceholderData}>
          {error && <Note tone="red">{words(error)}</Note>}
          {rows.length > 0 && (
            <CallTable
              label={t("rail.history")}
              rows={rows}
              selected={search.call}
              more={[
                {
                  id: "outcome",
                  head: t("facts.outcome"),
                  from: 820,
                  width: 130,
                  cell: ({ outcome = "" }) => outcome,
                },
              ]}
            />
          )}
          {data && rows.length === 0 && (
            <Empty icon={<IconHistory size={28} stroke={1.4} />} title={t("history.noneTitle")}>
              <p>{t("history.noneText")}</p>
            </Empty>
          )}
        </div>
        {data && <Paging total={data.total} search={search} go={go} />}
      </section>
      {search.call !== undefined && (
        <CallDetailPane id={search.call} key={search.call} close={() => go(without(search, "call"))} />
      )}
    </div>
  );
}

interface Props {
  search: HistorySearch;
  go(next: HistorySearch): void;
}

function without<K extends keyof HistorySearch>(search: HistorySearch, key: K): HistorySearch {
  const { [key]: _, ...rest } = search;
  return rest;
}

function Search({ search, go }: Props) {
  const { t } = useTranslation();
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const q = String(new FormData(event.currentTarget).get("q") ?? "").trim();
    const rest = without(without(search, "q"), "page");
    go(q === "" ? rest : { ...rest, q });
  };
  return (
    <search className="history-search">
      <form onSubmit={submit} key={search.q ?? ""}>
        <TextInput
          name="q"
          defaultValue={search.q ?? ""}
          placeholder={t("history.search")}
          aria-label={t("history.search")}
          leftSection={<IconSearch size={16} />}
          rightSection={
            search.q && (
              <button
                type="button"
                className="list-clear"
                aria-label={t("history.clear")}
                onClick={() => go(without(search, "q"))}
              >
                <IconX size={15} />
              </button>
            )
          }
        />
      </form>
    </search>
  );
}

function Paging({ total, search, go }: Props & { total: number }) {
  const { t } = useTranslation();
  const page = search.page ?? 1;
  const pages = Math.max(1, Math.ceil(total / pageSize));
  const to = (next: number) => go(next === 1 ? without(search, "page") : { ...search, page: next });
  return (
    <footer className="list-paging num">
      <span>{t("history.total", { count: total })}</span>
      {pages > 1 && (
        <>
          <Button
            variant="subtle"
            color="gray"
            size="compact-sm"
            disabled={page <= 1}
            onClick={() => to(page - 1)}
            aria-label={t("history.newer")}
          >
            <IconChevronLeft size={16} />
          </Button>
          <span>{t("history.page", { page, pages })}</span>
          <Button
            variant="subtle"
            color="gray"
            size="compact-sm"
            disabled={page >= pages}
            onClick={() => to(page + 1)}
            aria-label={t("history.older")}
          >
            <IconChevronRight size={16} />
          </Button>
        </>
      )}
    </footer>
  );
}
