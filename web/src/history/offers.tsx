import type { TFunction } from "i18next";
import { useTranslation } from "react-i18next";
import type { CallOffer, Skipped, PassedOver as Stay } from "../api/types.ts";
import { short, timeOfDay } from "../ui/format.ts";
import { Badge, Section, type Tone } from "../ui/parts.tsx";

const tones: Record<NonNullable<CallOffer["result"]>, Tone> = {
  answered: "green",
  missed: "red",
  ignored: "orange",
  canceled: "plain",
  not_acknowledged: "orange",
  error: "red",
};

/** Offers tells who was offered the call, what came of it, and why others were not (BX-6). */
export function Offers({ offers }: { offers: readonly CallOffer[] }) {
  const { t } = useTranslation();
  return (
    <Section title={t("offers.title")}>
      <ol className="offers">
        {offers.map((offer) => (
          <li key={offer.offer}>
            <div className="offer-line">
              <strong>{offer.agent_name}</strong>
              <span className="offer-device">
                {t(`device.${offer.device}` as "device.softphone", { defaultValue: offer.device })}
              </span>
              {offer.result ? (
                <Badge tone={tones[offer.result]}>{t(`offers.${offer.result}`)}</Badge>
              ) : (
                <Badge tone="orange">{t("offers.open")}</Badge>
              )}
            </div>
            <p className="offer-times num">{times(offer, t)}</p>
            {offer.skipped.length > 0 && (
              <SkippedList
                title={t("offers.skipped", { count: offer.skipped.length })}
                skipped={offer.skipped}
                more={offer.skipped_more}
              />
            )}
          </li>
        ))}
      </ol>
    </Section>
  );
}

function times(offer: CallOffer, t: TFunction): string {
  const parts = [timeOfDay(offer.sent_at, true)];
  if (!offer.acknowledged_at) parts.push(t("offers.noAcknowledgement"));
  if (offer.ended_at) {
    const seconds = (Date.parse(offer.ended_at) - Date.parse(offer.sent_at)) / 1000;
    parts.push(t("offers.rang", { time: short(Math.round(seconds)) }));
  }
  if (offer.reason) parts.push(offer.reason);
  return parts.join(" · ");
}

/** PassedOver tells of stays in queues in which the call was offered to nobody, and why not when it left (BX-6). */
export function PassedOver({ stays }: { stays: readonly Stay[] }) {
  const { t } = useTranslation();
  return (
    <Section title={t("passedOver.title")}>
      <ol className="offers">
        {stays.map((stay) => (
          <li key={stay.left_at}>
            <div className="offer-line">
              <strong>{stay.queue_name}</strong>
            </div>
            <p className="offer-times num">{t("passedOver.left", { time: timeOfDay(stay.left_at, true) })}</p>
            <SkippedList
              title={t("passedOver.members", { count: stay.skipped.length + (stay.skipped_more ?? 0) })}
              skipped={stay.skipped}
              more={stay.skipped_more}
            />
          </li>
        ))}
      </ol>
    </Section>
  );
}

function SkippedList(props: { title: string; skipped: readonly Skipped[]; more: number | undefined }) {
  const { t } = useTranslation();
  return (
    <details className="skipped">
      <summary>{props.title}</summary>
      <ul>
        {props.skipped.map((skip) => (
          <li key={skip.agent}>
            <span>{skip.agent_name}</span>
            <span>{t(`skip.${skip.reason}` as "skip.status", { defaultValue: skip.reason })}</span>
          </li>
        ))}
        {props.more ? <li>{t("passedOver.more", { count: props.more })}</li> : null}
      </ul>
    </details>
  );
}
