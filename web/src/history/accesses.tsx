import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { words } from "../api/problem.ts";
import { accessesQuery } from "../api/recordings.ts";
import { dayAndTime } from "../ui/moment.ts";
import { Note, Section } from "../ui/parts.tsx";

/** Accesses tells a supervisor who listened to a call's recordings (RC-6). */
export function Accesses({ call }: { call: string }) {
  const { t } = useTranslation();
  const { data, error } = useQuery(accessesQuery(call));
  return (
    <Section title={t("accesses.title")}>
      {error && <Note tone="red">{words(error)}</Note>}
      {data?.length === 0 && <p>{t("accesses.none")}</p>}
      {data && data.length > 0 && (
        <ul className="accesses">
          {data.map((one) => (
            <li key={one.at + one.user}>
              <strong>{one.user_name ?? t("accesses.gone")}</strong>
              <span className="num">
                {[t(`accesses.${one.how}`), dayAndTime(one.at), one.ip].filter(Boolean).join(" · ")}
              </span>
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}
