import { Button } from "@mantine/core";
import { IconPlugConnectedX } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { talking } from "../live/picture.ts";
import { useStore, useTick } from "../live/use-store.ts";
import { useDesk, useLive } from "../phone/context.ts";

/** Lost says in one sentence that the server is gone, and counts down to the next try. */
export function Lost() {
  const { t } = useTranslation();
  const { feed } = useDesk();
  const retryAt = useStore(feed.link, (link) => link.retryAt ?? 0);
  const inCall = useLive((live) => talking(live.me) !== undefined) ?? false;
  const seconds = Math.max(0, Math.ceil((retryAt - useTick()) / 1000));
  return (
    <section className="lost" aria-label={t("lost.label")}>
      <IconPlugConnectedX size={20} stroke={1.8} aria-hidden="true" />
      <div role="alert">
        <h1>{t(inCall ? "lost.inCall" : "lost.sentence")}</h1>
      </div>
      <span className="num lost-count">{seconds > 0 ? t("lost.countdown", { count: seconds }) : t("lost.now")}</span>
      <Button size="compact-sm" variant="white" color="dark" onClick={feed.retry}>
        {t("lost.retry")}
      </Button>
    </section>
  );
}
