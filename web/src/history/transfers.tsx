import { useTranslation } from "react-i18next";
import type { CallTransfer } from "../api/types.ts";
import { capital, timeOfDay } from "../ui/format.ts";
import { Badge, Section, type Tone } from "../ui/parts.tsx";

const tones: Record<NonNullable<CallTransfer["result"]>, Tone> = {
  completed: "green",
  merged: "green",
  canceled: "plain",
  failed: "red",
  abandoned: "orange",
};

/** Transfers tells whom agents brought in or sent the other one to, what came of it, and the notes for who was rung (TR-10). */
export function Transfers({ transfers }: { transfers: readonly CallTransfer[] }) {
  const { t } = useTranslation();
  return (
    <Section title={t("transfers.title")}>
      <ol className="offers">
        {transfers.map((transfer) => (
          <li key={transfer.at}>
            <div className="offer-line">
              <strong>
                {transfer.campaign
                  ? t("transfers.whoCampaign", { by: transfer.by, to: transfer.to, campaign: transfer.campaign })
                  : t("transfers.who", { by: transfer.by, to: transfer.to })}
              </strong>
              <span className="offer-device">{t(`transfers.${transfer.type}`)}</span>
              {transfer.result ? (
                <Badge tone={tones[transfer.result]}>{t(`transfers.${transfer.result}`)}</Badge>
              ) : (
                <Badge tone="orange">{t("transfers.open")}</Badge>
              )}
            </div>
            <p className="offer-times num">
              {[timeOfDay(transfer.at, true), transfer.reason && capital(transfer.reason)].filter(Boolean).join(" · ")}
            </p>
            {transfer.notes && <p>{transfer.notes}</p>}
          </li>
        ))}
      </ol>
    </Section>
  );
}
