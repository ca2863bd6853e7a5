import { IconUsersGroup } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { QueueLive } from "../live/picture.ts";
import { useLive, useSeconds } from "../phone/context.ts";
import { short } from "../ui/format.ts";
import { Empty, Section } from "../ui/parts.tsx";
import { ConnectVoiceHere } from "./path-card.tsx";

/** QueueList: who waits, and how long the longest has (MN-1, QU-10). */
export function QueueList() {
  const { t } = useTranslation();
  const queues = useLive((live) => live.queues);
  if (!queues) return null;
  return (
    <Section title={t("queues.title")} aside={<ConnectVoiceHere />}>
      {queues.length === 0 ? (
        <Empty icon={<IconUsersGroup size={24} stroke={1.5} />} title={t("queues.noneTitle")}>
          <p>{t("queues.noneText")}</p>
        </Empty>
      ) : (
        <ul className="queue-list">
          {queues.map((queue) => (
            <QueueRow key={queue.id} queue={queue} />
          ))}
        </ul>
      )}
    </Section>
  );
}

function QueueRow({ queue }: { queue: QueueLive }) {
  const { t } = useTranslation();
  const wait = useSeconds(queue.longest_wait_since);
  const level =
    wait >= queue.wait_critical_seconds ? "critical" : wait >= queue.wait_warning_seconds ? "warning" : undefined;
  return (
    <li
      className="queue-row"
      data-level={queue.waiting > 0 ? level : undefined}
      data-waiting={queue.waiting > 0 || undefined}
    >
      <span className="queue-count num">
        {queue.waiting}
        <span className="sr">{t("queues.waiting")}</span>
      </span>
      <span className="queue-name">
        <strong>{queue.name}</strong>
        <span>{t("queues.available", { count: queue.available })}</span>
      </span>
      {queue.longest_wait_since && (
        <span className="queue-wait num" title={t("queues.longest")}>
          <span className="sr">{t("queues.longest")}</span>
          {short(wait)}
          {level && <span className="sr">{t(`queues.${level}`)}</span>}
        </span>
      )}
    </li>
  );
}
