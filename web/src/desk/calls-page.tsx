import { lazy, Suspense } from "react";
import { useTranslation } from "react-i18next";
import { ringing, talking } from "../live/picture.ts";
import { useLines, useLive } from "../phone/context.ts";
import { CallWork } from "./call-work.tsx";
import { IdleWork } from "./idle-work.tsx";
import { QueueList } from "./queue-list.tsx";
import { TeamList } from "./team-list.tsx";
import "./calls.css";

const Callbacks = lazy(() => import("./callbacks.tsx"));

/** CallsPage: queues and colleagues in the list; the call with its customer, or the day, in the work. */
export function CallsPage() {
  const { t } = useTranslation();
  const me = useLive((live) => live.me);
  const lines = useLines();
  const pending = useLive((live) => live.queues.some((queue) => queue.callbacks_pending > 0)) ?? false;
  const wrap = me?.wrap;
  const subject =
    talking(me) ?? ringing(me) ?? me?.lines.find((line) => line.call === wrap?.call) ?? (wrap ? undefined : lines[0]);
  return (
    <>
      <h1 className="sr">{t("rail.calls")}</h1>
      <div className="pane-list" data-busy={Boolean(subject ?? wrap) || undefined}>
        <QueueList />
        {pending && (
          <Suspense>
            <Callbacks />
          </Suspense>
        )}
        <TeamList />
      </div>
      <div className="pane-work">{subject || wrap ? <CallWork line={subject} wrap={wrap} /> : <IdleWork />}</div>
    </>
  );
}
