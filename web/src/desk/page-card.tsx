import { useTranslation } from "react-i18next";
import type { Line } from "../live/picture.ts";
import { HangUp, MuteKey } from "./call-keys.tsx";

/** PageCard says who hears a page, and lets the speaker mute; who only hears may leave it (BX-28). */
export default function PageCard({ line, page }: { line: Line; page: NonNullable<Line["page"]> }) {
  const { t } = useTranslation();
  return (
    <>
      <p className="line-reason" role="status">
        {page.listens ? t("page.listens", { group: page.group }) : t("page.speaks", { count: page.hears })}
      </p>
      {!page.listens && line.state === "active" && (
        <div className="line-keys">
          <MuteKey line={line} />
        </div>
      )}
      <HangUp line={line} />
    </>
  );
}
