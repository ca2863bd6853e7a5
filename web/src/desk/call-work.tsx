import { Button } from "@mantine/core";
import { IconRefresh } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { callQuery } from "../api/queries.ts";
import type { CallDetail } from "../api/types.ts";
import type { Line, WrapUp } from "../live/picture.ts";
import { useDesk, usePending, useSeconds } from "../phone/context.ts";
import { readable } from "../phone/number.ts";
import { CustomerCard } from "../record/customer-card.tsx";
import { Timeline } from "../record/timeline.tsx";
import { short, timeOfDay } from "../ui/format.ts";
import { Section } from "../ui/parts.tsx";

/** CallWork is the call in hand: its customer, its facts, its timeline; in wrap-up also the way out of it. */
export function CallWork({ line, wrap }: { line: Line | undefined; wrap: WrapUp | undefined }) {
  const id = line?.call ?? wrap?.call ?? "";
  const { data: detail } = useQuery({ ...callQuery(id), enabled: id !== "" });
  const other = line ?? (detail && otherParty(detail));
  return (
    <div className="work">
      {wrap && <WrapBar wrap={wrap} />}
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

function WrapBar({ wrap }: { wrap: WrapUp }) {
  const { t } = useTranslation();
  const { calls } = useDesk();
  const left = useSeconds(wrap.until, "until");
  const ending = usePending("status");
  const extending = usePending("extend");
  return (
    <section className="wrap-bar" aria-label={t("status.wrap_up")}>
      <div>
        <strong className="num">{t("status.wrapUpLeft", { left: short(left) })}</strong>
        <span>{t("wrap.text")}</span>
      </div>
      <Button
        variant="default"
        size="sm"
        leftSection={<IconRefresh size={16} />}
        disabled={wrap.extensions_left < 1}
        loading={extending}
        onClick={calls.extendWrapUp}
      >
        {t("wrap.extend", { count: wrap.extensions_left })}
      </Button>
      <Button size="sm" loading={ending} onClick={calls.endWrapUp}>
        {t("wrap.end")}
      </Button>
    </section>
  );
}
