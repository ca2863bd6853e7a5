import { IconEar, IconPlayerPause, IconPlayerPlay, IconTag } from "@tabler/icons-react";
import { lazy, type ReactNode, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import { say } from "../i18n/watch.ts";
import type { Line } from "../live/picture.ts";
import { useStore } from "../live/use-store.ts";
import { useDesk, useLost } from "../phone/context.ts";
import { readable } from "../phone/number.ts";
import { Elapsed, Passed } from "../phone/parts.tsx";
import { capital } from "../ui/format.ts";
import { Avatar } from "../ui/parts.tsx";
import { HangUp, Key, KeypadKey, MuteKey, RecordKey, StopRecording } from "./call-keys.tsx";
import { Keys } from "./keys.tsx";

/** Only who calls out needs it. */
const DropMenu = lazy(() => import("./drop-menu.tsx"));

/** Only supervisors have such a line. */
const WatchCard = lazy(() => import("./watch-card.tsx"));

/** A page is rare: one speaks, the others hear. */
const PageCard = lazy(() => import("./page-card.tsx"));

const HelpKey = lazy(() => import("./help-key.tsx"));

/** Two calls at once are rare. */
const AsideKeys = lazy(() => import("./in-call/aside-keys.tsx"));

/** Transfers and conferences come after an agent's first paint, with the call. */
const Others = lazy(() => import("./in-call/others.tsx"));

const CallTags = lazy(() => import("./in-call/call-tags.tsx"));

/** LineCard is one call on its line, with the controls of a call (SP-13, SP-15). */
export default function LineCard({ line, several }: { line: Line; several: boolean }) {
  const { t } = useTranslation();
  const [tagging, tag] = useState(false);
  const ended = line.state === "ended";
  const talked = !ended && line.state !== "dialling" && !line.watches && !line.page;
  return (
    <section className="line" data-state={line.state} aria-label={t("line.label", { line: line.line })}>
      <LineHead line={line} several={several}>
        {talked && (
          <button type="button" className="line-tag" aria-expanded={tagging} onClick={() => tag(!tagging)}>
            <IconTag size={16} aria-hidden="true" />
            {t("call.tag")}
          </button>
        )}
      </LineHead>
      {talked && tagging && (
        <Suspense>
          <CallTags call={line.call} />
        </Suspense>
      )}
      <Who line={line} />
      {!ended && <Times line={line} />}
      {ended && !line.parked_in && (
        <p className="line-reason">
          {line.reason ? capital(line.reason) : t("line.endedPlain")}
          {line.sip_code !== undefined && <span className="num"> {t("line.sip", { code: line.sip_code })}</span>}
        </p>
      )}
      {line.parked_in && (
        <p className="line-reason" role="status">
          {t("line.parked", { slot: line.parked_in })}
        </p>
      )}
      {line.lead && (
        <p className="line-reason" role="status">
          {t("line.lead", { name: line.lead.name, campaign: line.lead.campaign_name })}
        </p>
      )}
      {!ended && line.notice && <p className="line-reason">{capital(line.notice)}</p>}
      {!ended && line.watched_by && (
        <p className="line-reason" role="status">
          <IconEar size={15} aria-hidden="true" />{" "}
          {say(`there_${line.watched_by.mode}`, { name: line.watched_by.name })}
        </p>
      )}
      {!ended && line.page && (
        <Suspense>
          <PageCard line={line} page={line.page} />
        </Suspense>
      )}
      {!ended && !line.watches && !line.aside && !line.page && <Controls line={line} />}
      {line.aside && (
        <Suspense>
          <AsideKeys line={line} />
        </Suspense>
      )}
      {!ended && line.watches && (
        <Suspense>
          <WatchCard line={line} watch={line.watches} />
        </Suspense>
      )}
    </section>
  );
}

/** LineHead says which line it is, how it stands and whether it is recorded. */
export function LineHead({ line, several, stands, children }: LineHeadProps) {
  const { t } = useTranslation();
  return (
    <div className="line-head">
      <span className="line-state">
        <span className="line-lamp" aria-hidden="true" />
        {several && `${t("line.label", { line: line.line })} · `}
        {stands ?? t(line.parked_in && line.state !== "incoming" ? "line.isParked" : `line.${line.state}`)}
      </span>
      {line.state !== "ended" && <Marks line={line} />}
      {children}
    </div>
  );
}

interface LineHeadProps {
  line: Line;
  several: boolean;
  /** In words, instead of the state's own. */
  stands?: string | undefined;
  children?: ReactNode;
}

export function Who({ line }: { line: Line }) {
  const { t } = useTranslation();
  const number = readable(line.number);
  return (
    <div className="line-who">
      <Avatar name={line.name ?? "#"} size={40} />
      <div>
        <h2 className="num">{line.name ?? number}</h2>
        <p className="num">
          {[line.name ? number : "", line.queue_name ?? "", line.intercom ? t("line.intercom") : ""]
            .filter(Boolean)
            .join(" · ")}
        </p>
        <Passed line={line} />
      </div>
    </div>
  );
}

function Marks({ line }: { line: Line }) {
  const { t } = useTranslation();
  return (
    <span className="line-marks">
      {line.recording === "on" && (
        <span className="mark-recording">
          <span aria-hidden="true" />
          {t("call.recording")}
        </span>
      )}
      {line.recording === "paused" && <span className="mark-paused">{t("call.recordingPaused")}</span>}
    </span>
  );
}

function Times({ line }: { line: Line }) {
  const { t } = useTranslation();
  return (
    <dl className="line-times">
      <div>
        <dt>{t("line.total")}</dt>
        <dd>
          <Elapsed since={line.started_at} full />
        </dd>
      </div>
      <div>
        <dt>{t(`line.activity.${line.state}`)}</dt>
        <dd>
          <Elapsed since={line.since} full />
        </dd>
      </div>
    </dl>
  );
}

function Controls({ line }: { line: Line }) {
  const { t } = useTranslation();
  const { calls } = useDesk();
  const keypad = useStore(calls.keypadOpen);
  const held = line.state === "held";
  const lost = useLost();
  return (
    <>
      <div className="line-keys">
        <MuteKey line={line} />
        <Key
          name="hold"
          hint="H"
          icon={held ? <IconPlayerPlay size={22} /> : <IconPlayerPause size={22} />}
          word={t(held ? "call.onHold" : "call.hold")}
          pressed={held}
          tone="orange"
          disabled={lost || line.state === "dialling" || line.parked_in !== undefined}
          press={calls.toggleHold}
        />
        <KeypadKey />
        {line.can_record && <RecordKey line={line} />}
      </div>
      {keypad && <Keys press={calls.digit} small />}
      {line.can_record && line.recording !== "off" && <StopRecording />}
      {line.direction === "outbound" && line.state === "active" && (
        <Suspense>
          <DropMenu line={line} />
        </Suspense>
      )}
      {line.state !== "dialling" && (
        <Suspense>
          <Others line={line} />
        </Suspense>
      )}
      {line.can_ask_help && (
        <Suspense>
          <HelpKey line={line} />
        </Suspense>
      )}
      <HangUp line={line} />
    </>
  );
}
