import type { TFunction } from "i18next";
import { useTranslation } from "react-i18next";
import type { Line } from "../live/picture.ts";
import { HangUp, MuteKey } from "./call-keys.tsx";

type Page = NonNullable<Line["page"]>;

/** saying tells who hears a page. */
function saying(t: TFunction, page: Page) {
  if (page.listens) return t("page.listens", { group: page.group });
  if (page.multicast) return t("page.multicast", { group: page.group });
  return t("page.speaks", { count: page.hears });
}

/** PageCard says who hears a page, and lets the speaker mute; who only hears may leave it (BX-28). */
export default function PageCard({ line, page }: { line: Line; page: Page }) {
  const { t } = useTranslation();
  return (
    <>
      <p className="line-reason" role="status">
        {saying(t, page)}
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
