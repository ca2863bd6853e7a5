import { lazy, Suspense, useEffect } from "react";
import { useTranslation } from "react-i18next";
import { mainLine } from "../live/in-call.ts";
import { ringing, talking } from "../live/picture.ts";
import { useLines, useLive } from "../phone/context.ts";
import { IdleWork } from "./idle-work.tsx";
import { QueueList } from "./queue-list.tsx";
import { TeamList } from "./team-list.tsx";
import "./calls.css";

/** Only a call needs it: it comes after the first paint, so that it is there when one rings. */
const callWork = () => import("./call-work.tsx");
const CallWork = lazy(callWork);
const ParkedList = lazy(() => import("./parked-list.tsx"));
const Callbacks = lazy(() => import("./callbacks.tsx"));

/** CallsPage: queues and colleagues in the list; the call with its customer, or the day, in the work. */
export function CallsPage() {
  const { t } = useTranslation();
  const me = useLive((live) => live.me);
  const lines = useLines();
  const pending = useLive((live) => live.queues.some((queue) => queue.callbacks_pending > 0)) ?? false;
  const parked = useLive((live) => live.parked.length > 0) ?? false;
  const wrap = me?.wrap;
  useEffect(() => void callWork().catch(() => undefined), []); // asked for again when it is shown
  const found =
    talking(me) ?? ringing(me) ?? me?.lines.find((line) => line.call === wrap?.call) ?? (wrap ? undefined : lines[0]);
  const subject = found && mainLine(me?.lines ?? [], found);
  return (
    <>
      <h1 className="sr">{t("rail.calls")}</h1>
      <div className="pane-list" data-busy={Boolean(subject ?? wrap) || undefined}>
        <QueueList />
        {parked && (
          <Suspense>
            <ParkedList />
          </Suspense>
        )}
        {pending && (
          <Suspense>
            <Callbacks />
          </Suspense>
        )}
        <TeamList />
      </div>
      <div className="pane-work">
        <Suspense>{subject || wrap ? <CallWork line={subject} wrap={wrap} /> : <IdleWork />}</Suspense>
      </div>
    </>
  );
}
