import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { CallMerge } from "../api/types.ts";
import { capital, timeOfDay } from "../ui/format.ts";
import { Badge, Section } from "../ui/parts.tsx";

/** Merges tells with which other calls of one of its agents this one was merged, each with the way there (SP-25). */
export function Merges({ merges }: { merges: readonly CallMerge[] }) {
  const { t } = useTranslation();
  return (
    <Section title={t("merges.title")}>
      <ol className="offers">
        {merges.map((merge) => (
          <li key={merge.at}>
            <div className="offer-line">
              <strong>{t("merges.by", { by: merge.by })}</strong>
              <Link to="/history" search={{ call: merge.call }}>
                {t(merge.into ? "merges.into" : "merges.from")}
              </Link>
              <Badge tone={merge.result === "merged" ? "green" : "orange"}>
                {t(`merges.${merge.result ?? "open"}`)}
              </Badge>
            </div>
            <p className="offer-times num">
              {[timeOfDay(merge.at, true), merge.reason && capital(merge.reason)].filter(Boolean).join(" · ")}
            </p>
          </li>
        ))}
      </ol>
    </Section>
  );
}
