import { IconMail } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { words } from "../api/problem.ts";
import { mailboxesQuery, messageQuery, messagesQuery } from "../api/queries.ts";
import type { VoiceMessage } from "../api/types.ts";
import { useLive } from "../phone/context.ts";
import { readable } from "../phone/number.ts";
import { longDay, short, timeOfDay } from "../ui/format.ts";
import { Badge, Empty, Note } from "../ui/parts.tsx";
import { type Column, Table } from "../ui/table.tsx";
import { Boxes } from "./boxes.tsx";
import { Drops } from "./drops.tsx";
import { MessagePane } from "./message-pane.tsx";
import { OwnMailbox } from "./own-mailbox.tsx";
import { toFilter, type VoicemailSearch } from "./search.ts";
import "../i18n/voicemail.ts";
import "./voicemail.css";

/** VoicemailPage: mailboxes, their messages, and one of them open (VM-5). */
export default function VoicemailPage() {
  const { t } = useTranslation();
  const search = useSearch({ from: "/desk/voicemail" });
  const navigate = useNavigate({ from: "/voicemail" });
  const go = (next: VoicemailSearch) => void navigate({ search: next });
  const boxes = useQuery(mailboxesQuery);
  const counts =
    useLive((live) => live.mailboxes)
      ?.map((box) => `${box.id}:${box.unheard}`)
      .join() ?? "";
  const messages = useQuery(messagesQuery(toFilter(search), counts));
  const rows = messages.data?.rows ?? [];
  const { data: shown, error: gone } = useQuery({
    ...messageQuery(search.message ?? "", counts),
    enabled: search.message !== undefined,
  });
  const open = !gone && shown?.id === search.message ? shown : undefined;
  const chosen = boxes.data?.find((box) => box.id === search.box);
  const close = () => go(without(search, "message"));
  return (
    <div className="voicemail" data-open={open !== undefined || undefined}>
      <h1 className="sr">{t("rail.voicemail")}</h1>
      <Boxes boxes={boxes.data ?? []} search={search} go={go} />
      <section className="voicemail-list" aria-label={t("voicemail.messages")}>
        {(messages.error ?? boxes.error) && <Note tone="red">{words(messages.error ?? boxes.error)}</Note>}
        {rows.length > 0 && <Messages rows={rows} search={search} />}
        {messages.data && rows.length === 0 && <None some={boxes.data?.length !== 0} />}
        {chosen?.own && <OwnMailbox box={chosen} key={chosen.version} />}
        {chosen?.own && <Drops />}
      </section>
      {open && <MessagePane message={open} key={open.id} close={close} />}
    </div>
  );
}

function without<K extends keyof VoicemailSearch>(search: VoicemailSearch, key: K): VoicemailSearch {
  const { [key]: _, ...rest } = search;
  return rest;
}

function None({ some }: { some: boolean }) {
  const { t } = useTranslation();
  return (
    <Empty icon={<IconMail size={28} stroke={1.4} />} title={t(some ? "voicemail.noneTitle" : "voicemail.noBoxTitle")}>
      <p>{t(some ? "voicemail.noneText" : "voicemail.noBoxText")}</p>
    </Empty>
  );
}

function Messages({ rows, search }: { rows: readonly VoiceMessage[]; search: VoicemailSearch }) {
  const { t, i18n } = useTranslation();
  const navigate = useNavigate({ from: "/voicemail" });
  const columns: Column<VoiceMessage>[] = [
    {
      id: "state",
      head: t("voicemail.heard"),
      headHidden: true,
      width: 76,
      cell: (row) => (row.listened ? null : <Badge tone="accent">{t("voicemail.new")}</Badge>),
    },
    {
      id: "from",
      head: t("voicemail.messages"),
      cell: (row) => (
        <button
          type="button"
          className="voicemail-open"
          data-new={!row.listened || undefined}
          onClick={() => void navigate({ search: { ...search, message: row.id } })}
        >
          <span className="num">{caller(row, t("voicemail.withheld"))}</span>
        </button>
      ),
    },
    { id: "box", head: t("voicemail.mailboxes"), from: 520, cell: (row) => row.mailbox_name },
    { id: "length", head: "", width: 72, end: true, cell: (row) => <span className="num">{short(row.duration)}</span> },
    {
      id: "at",
      head: "",
      width: 72,
      end: true,
      cell: (row) => <span className="num">{timeOfDay(row.voicemail_dts)}</span>,
    },
  ];
  const day = (row: VoiceMessage) => longDay(new Date(row.voicemail_dts), i18n.language);
  return (
    <Table
      label={t("voicemail.messages")}
      columns={columns}
      rows={rows}
      rowKey={(row) => row.id}
      selected={search.message}
      divider={(row, before) => (before && day(before) === day(row) ? undefined : day(row))}
    />
  );
}

/** caller is who left a message, as people say it. */
function caller(row: VoiceMessage, withheld: string): string {
  return row.customer_name || row.from_caller_id || readable(row.from) || withheld;
}
