import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { ownQuery } from "../api/queries.ts";
import { useDesk, usePending } from "../phone/context.ts";
import { readable } from "../phone/number.ts";

/** SpeedDials: the own ones, each called by a click as if its number had been typed (BX-32). */
export default function SpeedDials() {
  const { t } = useTranslation();
  const { calls } = useDesk();
  const dialling = usePending("dial");
  const { data } = useQuery({ ...ownQuery, staleTime: 60_000 });
  const entries = data?.fields.speed_dials ?? [];
  if (entries.length === 0) return null;
  return (
    <section aria-label={t("pad.speed")}>
      <h3 className="pad-speed-head">{t("pad.speed")}</h3>
      <ul className="pad-speed">
        {entries
          .toSorted((a, b) => a.speed_code.localeCompare(b.speed_code))
          .map((one) => (
            <li key={one.speed_code}>
              <button type="button" disabled={dialling} onClick={() => calls.dial(one.speed_to)}>
                <span className="num">{one.speed_code}</span>
                <strong>{one.speed_label || readable(one.speed_to)}</strong>
                {one.speed_label && <span className="num">{readable(one.speed_to)}</span>}
              </button>
            </li>
          ))}
      </ul>
    </section>
  );
}
