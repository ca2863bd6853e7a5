import { ActionIcon, Skeleton } from "@mantine/core";
import { IconArrowLeft, IconX } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { lazy, type ReactNode, Suspense } from "react";
import { useTranslation } from "react-i18next";
import { words } from "../api/problem.ts";
import { callQuery } from "../api/queries.ts";
import type { CallDetail } from "../api/types.ts";
import { useDesk } from "../phone/context.ts";
import { readable } from "../phone/number.ts";
import { DialNumber } from "../phone/parts.tsx";
import { DirectionIcon, DispositionBadge } from "../record/marks.tsx";
import { Timeline } from "../record/timeline.tsx";
import { capital, longDay, short, timeOfDay } from "../ui/format.ts";
import { Note, Section } from "../ui/parts.tsx";
import { Accesses } from "./accesses.tsx";
import { Legs } from "./legs.tsx";
import { Merges } from "./merges.tsx";
import { CallNotes } from "./notes.tsx";
import { Offers, PassedOver } from "./offers.tsx";
import { Quality } from "./quality.tsx";
import { Transfers } from "./transfers.tsx";

/** What draws the sound is large, and most calls have none. */
const Player = lazy(() => import("./player.tsx"));
const Tags = lazy(() => import("../record/tags.tsx"));

/** CallDetailPane is one call in full, beside the list (CH-14). */
export function CallDetailPane({ id, close }: { id: string; close(): void }) {
  const { t } = useTranslation();
  const { data: call, error } = useQuery(callQuery(id));
  return (
    <article className="detail" aria-label={t("detail.label")}>
      <header className="detail-head">
        <ActionIcon
          className="detail-back"
          variant="subtle"
          color="gray"
          size="lg"
          onClick={close}
          aria-label={t("detail.back")}
        >
          <IconArrowLeft size={20} />
        </ActionIcon>
        {call && <Title call={call} />}
        <ActionIcon
          className="detail-close"
          variant="subtle"
          color="gray"
          size="lg"
          onClick={close}
          aria-label={t("detail.close")}
        >
          <IconX size={18} />
        </ActionIcon>
      </header>
      <div className="detail-body">
        {error && <Note tone="red">{words(error)}</Note>}
        {!call && !error && <Skeleton height={160} />}
        {call && <Body call={call} />}
      </div>
    </article>
  );
}

const other = (call: CallDetail) =>
  call.direction === "inbound"
    ? { number: call.from, name: call.from_name ?? call.customer?.name }
    : { number: call.to, name: call.to_name ?? call.customer?.name };

function Title({ call }: { call: CallDetail }) {
  const { i18n } = useTranslation();
  const { number, name } = other(call);
  return (
    <div className="detail-title">
      <h2 className="num">
        <DirectionIcon direction={call.direction} />
        {name ?? readable(number)}
      </h2>
      <p className="num">
        {longDay(new Date(call.created_at), i18n.language)}, {timeOfDay(call.created_at, true)}
      </p>
    </div>
  );
}

function Body({ call }: { call: CallDetail }) {
  const { t } = useTranslation();
  const { role } = useDesk().session;
  const supervises = role === "admin" || role === "supervisor";
  return (
    <>
      <div className="detail-badges">
        <DispositionBadge row={call} />
        {call.call_type === "intercom" && <span>{t("line.intercom")}</span>}
        {call.call_type === "page" && <span>{t("line.page")}</span>}
        {call.reason && <span>{capital(call.reason)}</span>}
      </div>
      <Facts call={call} />
      <Suspense>
        <Tags call={call.id} />
      </Suspense>
      {call.recordings.length > 0 && (
        <Section title={t("detail.recording")}>
          {call.recordings.map((recording) => (
            <Suspense key={recording.id} fallback={<div className="player" aria-busy="true" />}>
              <Player recording={recording} />
              <Tags call={call.id} recording={recording.id} />
            </Suspense>
          ))}
        </Section>
      )}
      <CallNotes id={call.id} />
      <Section title={t("facts.timeline")}>
        <Timeline entries={call.timeline} />
      </Section>
      {call.offers.length > 0 && <Offers offers={call.offers} />}
      {call.passed_over.length > 0 && <PassedOver stays={call.passed_over} />}
      {call.transfers.length > 0 && <Transfers transfers={call.transfers} />}
      {call.merges.length > 0 && <Merges merges={call.merges} />}
      {call.legs.length > 0 && <Legs legs={call.legs} />}
      <Quality legs={call.legs} />
      {supervises && call.recordings.length > 0 && <Accesses call={call.id} />}
    </>
  );
}

function Facts({ call }: { call: CallDetail }) {
  const { t } = useTranslation();
  const held = call.holds.reduce((sum, hold) => sum + hold.seconds, 0);
  const facts: [string, ReactNode][] = [
    [t("column.from"), <DialNumber key="from" number={call.from} />],
    [t("column.to"), <DialNumber key="to" number={call.to} />],
  ];
  if (call.menu_text) facts.push([t("facts.menuText"), call.menu_text]);
  if (call.menu_data) facts.push([t("facts.menuData"), call.menu_data]);
  if (call.queue_name) facts.push([t("facts.queue"), call.queue_name]);
  if (call.agent_name) facts.push([t("facts.agent"), call.agent_name]);
  if (call.queue_name) facts.push([t("facts.waited"), short(call.queue_wait_seconds)]);
  facts.push([t("facts.talk"), short(call.talk_time_seconds)]);
  if (call.holds.length > 0)
    facts.push([t("facts.hold"), t("facts.holds", { count: call.holds.length, time: short(held) })]);
  facts.push([t("facts.total"), short(call.total_duration_seconds)]);
  if (call.outcome) facts.push([t("facts.outcome"), call.outcome]);
  if (call.sip_code !== undefined && call.disposition !== "answered") facts.push([t("facts.sip"), call.sip_code]);
  if (call.customer?.company) facts.push([t("facts.company"), call.customer.company]);
  return (
    <dl className="facts detail-facts num">
      {facts.map(([word, value]) => (
        <div key={word}>
          <dt>{word}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
