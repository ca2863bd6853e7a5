import { useTranslation } from "react-i18next";
import type { CallLeg } from "../api/types.ts";
import { readable } from "../phone/number.ts";
import { short, timeOfDay } from "../ui/format.ts";
import { Section } from "../ui/parts.tsx";

/** Legs are the connections the call was made of. */
export function Legs({ legs }: { legs: readonly CallLeg[] }) {
  const { t } = useTranslation();
  return (
    <Section title={t("legs.title")}>
      <ul className="legs">
        {legs.map((leg) => (
          <Leg key={leg.id} leg={leg} />
        ))}
      </ul>
    </Section>
  );
}

function Leg({ leg }: { leg: CallLeg }) {
  const { t } = useTranslation();
  const kind = t(`legs.${leg.kind}` as "legs.agent", { defaultValue: leg.kind });
  const device = leg.device && t(`device.${leg.device}` as "device.trunk", { defaultValue: leg.device });
  const name = leg.name ?? (leg.number ? readable(leg.number) : kind);
  const number = leg.name && leg.number ? readable(leg.number) : "";
  return (
    <li>
      <div>
        <strong className="num">{name}</strong>
        <span className="num">{[kind, number, device].filter(Boolean).join(" · ")}</span>
      </div>
      <div className="num">
        <span>
          {timeOfDay(leg.joined_at, true)}
          {leg.left_at && ` – ${timeOfDay(leg.left_at, true)}`}
        </span>
        <span>
          {leg.left_at && short((Date.parse(leg.left_at) - Date.parse(leg.joined_at)) / 1000)}
          {leg.hang_up_side === "peer" && ` · ${t("legs.hungUp")}`}
        </span>
      </div>
    </li>
  );
}
