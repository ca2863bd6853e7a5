import { IconPhone, IconUsersGroup } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useEffect, useId } from "react";
import { useTranslation } from "react-i18next";
import { customerQuery } from "../api/queries.ts";
import { byTelephone, type Line, talking } from "../live/picture.ts";
import { useStore } from "../live/use-store.ts";
import { useDesk, useLive, usePending } from "../phone/context.ts";
import { readable } from "../phone/number.ts";
import { Elapsed, Passed } from "../phone/parts.tsx";
import { timeOfDay } from "../ui/format.ts";
import { Kbd } from "../ui/parts.tsx";

/** RingCard is the incoming call (SP-8). It announces itself and never takes the focus from what is being written. */
export function RingCard({ line }: { line: Line }) {
  const { t } = useTranslation();
  const { calls, voice } = useDesk();
  const ready = useStore(voice.phone, (phone) => phone.stage === "ready");
  const title = useId();
  const about = useId();
  const customer = useQuery(customerQuery(line)).data;
  const name = line.name ?? customer?.name;
  const number = readable(line.number);
  // A telephone that has a call already takes the next one by the page (SP-25).
  const elsewhere = useLive((live) => byTelephone(live.me) && !talking(live.me)) ?? false;
  const answering = usePending("answer");
  const rejecting = usePending("reject");
  // Who supervises has asked for this ring a moment ago: where the voice is in this page, it needs no second press.
  const own = line.watches !== undefined && !elsewhere && ready;
  const { answer } = calls;
  useEffect(() => {
    if (own) answer();
  }, [own, answer]);
  return (
    <section className="ring" role="alertdialog" aria-modal="false" aria-labelledby={title} aria-describedby={about}>
      <p className="sr" role="alert">
        {t("ring.announce", { who: name ?? number, queue: line.queue_name ?? t("ring.direct") })}
      </p>
      <div className="ring-top">
        <span className="ring-kind">
          <span className="ring-wave" aria-hidden="true" />
          {line.watches
            ? t(`ring.watch.${line.watches.mode}`, { name: line.watches.name })
            : t(
                line.callback
                  ? "ring.callback"
                  : line.intercom || line.page
                    ? "ring.intercom"
                    : line.direction === "internal"
                      ? "ring.internal"
                      : "ring.incoming",
              )}
        </span>
        <span className="ring-timer">
          <Elapsed since={line.ring_started_at ?? line.since} />
        </span>
      </div>
      <h2 id={title} className="ring-who num">
        {name ?? number}
      </h2>
      <div id={about} className="ring-about">
        {name && <span className="num">{number}</span>}
        {customer?.company && <span>{customer.company}</span>}
        <Passed line={line} />
        {line.queue_name && (
          <span className="ring-queue">
            <IconUsersGroup size={15} aria-hidden="true" />
            {line.queue_name}
            {line.callback && ` · ${t("ring.callbackSince", { time: timeOfDay(line.callback.since) })}`}
          </span>
        )}
        {line.parked_in && <p className="ring-by">{t("ring.parked", { slot: line.parked_in })}</p>}
        {line.transferred_by && <p className="ring-by">{t("ring.by", { name: line.transferred_by })}</p>}
        {line.notes && <p className="ring-notes">{line.notes}</p>}
      </div>
      <div className="ring-keys">
        {elsewhere ? (
          <p className="ring-elsewhere">{t("ring.elsewhere")}</p>
        ) : (
          <button
            type="button"
            className="key-answer"
            aria-busy={answering}
            disabled={answering}
            onClick={calls.answer}
          >
            <IconPhone size={20} aria-hidden="true" />
            {t("ring.answer")}
            <Kbd>A</Kbd>
          </button>
        )}
        <button type="button" className="key-reject" aria-busy={rejecting} disabled={rejecting} onClick={calls.reject}>
          {t("ring.reject")}
          <Kbd>D</Kbd>
        </button>
      </div>
    </section>
  );
}
