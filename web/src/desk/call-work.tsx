import { useQuery } from "@tanstack/react-query";
import { lazy, Suspense } from "react";
import { useTranslation } from "react-i18next";
import { callQuery } from "../api/queries.ts";
import type { CallDetail } from "../api/types.ts";
import type { Line, WrapUp } from "../live/picture.ts";
import { useLive } from "../phone/context.ts";
import { readable } from "../phone/number.ts";
import { CustomerCard } from "../record/customer-card.tsx";
import { Timeline } from "../record/timeline.tsx";
import { short, timeOfDay } from "../ui/format.ts";
import { Section } from "../ui/parts.tsx";

/** Only calls of queues have one. */
const WrapPanel = lazy(() => import("./wrap-panel.tsx"));
const NotesField = lazy(() => import("../record/notes-field.tsx"));

/** CallWork is the call in hand: its customer, its facts, its timeline; in wrap-up also the way out of it. */
export default function CallWork({ line, wrap }: { line: Line | undefined; wrap: WrapUp | undefined }) {
  const id = line?.call ?? wrap?.call ?? "";
  const inHand = wrap?.call ?? (line?.state === "incoming" ? "" : id); // a wrap-up stays open while a call rings
  const { data: detail } = useQuery({ ...callQuery(id), enabled: id !== "" });
  const me = useLive((live) => live.me);
  const other = line ?? (detail && otherParty(detail));
  return (
    <div className="work">
      {me && (wrap || (line?.queue && !line.watches)) && inHand !== "" && (
        <Suspense>
          <WrapPanel me={me} line={line} />
        </Suspense>
      )}
      <Suspense>{inHand !== "" && !line?.watches && <NotesField call={inHand} key={inHand} />}</Suspense>
      <div className="work-columns">
        {other && <CustomerCard of={other} key={id} />}
        <aside className="work-side">
          {detail && <Facts detail={detail} line={line} />}
          {detail && <LiveTimeline detail={detail} />}
        </aside>
      </div>
    </div>
  );
}

function otherParty(detail: CallDetail) {
  const number = detail.direction === "outbound" ? detail.to : detail.from;
  const name = detail.direction === "outbound" ? detail.to_name : detail.from_name;
  return {
    number,
    ...(name === undefined ? {} : { name }),
    ...(detail.customer_id === undefined ? {} : { customer: detail.customer_id }),
  };
}

function Facts({ detail, line }: { detail: CallDetail; line: Line | undefined }) {
  const { t } = useTranslation();
  return (
    <Section title={t("facts.title")}>
      <dl className="facts">
        <dt>{t("facts.direction")}</dt>
        <dd>{t(`direction.${detail.direction}`)}</dd>
        {detail.queue_name && (
          <>
            <dt>{t("facts.queue")}</dt>
            <dd>{detail.queue_name}</dd>
          </>
        )}
        <dt>{t(detail.direction === "inbound" ? "facts.dialled" : "facts.shown")}</dt>
        <dd className="num">{readable(detail.direction === "inbound" ? detail.to : detail.from)}</dd>
        <dt>{t("facts.arrived")}</dt>
        <dd className="num">{timeOfDay(detail.created_at, true)}</dd>
        {detail.queue_name && (
          <>
            <dt>{t("facts.waited")}</dt>
            <dd className="num">{short(detail.queue_wait_seconds)}</dd>
          </>
        )}
        {line && line.recording !== "off" && (
          <>
            <dt>{t("facts.recording")}</dt>
            <dd>{t(line.recording === "on" ? "call.recording" : "call.recordingPaused")}</dd>
          </>
        )}
      </dl>
    </Section>
  );
}

function LiveTimeline({ detail }: { detail: CallDetail }) {
  const { t } = useTranslation();
  return (
    <Section title={t("facts.timeline")}>
      <div className="work-timeline">
        <Timeline entries={detail.timeline} />
      </div>
    </Section>
  );
}
