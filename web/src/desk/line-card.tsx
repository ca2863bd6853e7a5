import {
  IconDialpad,
  IconMicrophone,
  IconMicrophoneOff,
  IconPhoneOff,
  IconPlayerPause,
  IconPlayerPlay,
  IconPlayerRecord,
  IconPlayerRecordFilled,
  IconPlayerStop,
} from "@tabler/icons-react";
import { lazy, type ReactNode, Suspense } from "react";
import { useTranslation } from "react-i18next";
import type { Line } from "../live/picture.ts";
import { useStore } from "../live/use-store.ts";
import { useDesk, useLost, useMuted, usePending } from "../phone/context.ts";
import { readable } from "../phone/number.ts";
import { Elapsed, Passed } from "../phone/parts.tsx";
import { capital } from "../ui/format.ts";
import { Avatar, Kbd } from "../ui/parts.tsx";
import { Keys } from "./keys.tsx";

/** Only who calls out needs it. */
const DropMenu = lazy(() => import("./drop-menu.tsx"));

/** LineCard is one call on its line, with the controls of a call (SP-13, SP-15). */
export function LineCard({ line, several }: { line: Line; several: boolean }) {
  const { t } = useTranslation();
  const ended = line.state === "ended";
  return (
    <section className="line" data-state={line.state} aria-label={t("line.label", { line: line.line })}>
      <div className="line-head">
        <span className="line-state">
          <span className="line-lamp" aria-hidden="true" />
          {several && `${t("line.label", { line: line.line })} · `}
          {t(`line.${line.state}`)}
        </span>
        {!ended && <Marks line={line} />}
      </div>
      <Who line={line} />
      {ended ? (
        <p className="line-reason">
          {line.reason ? capital(line.reason) : t("line.endedPlain")}
          {line.sip_code !== undefined && <span className="num"> {t("line.sip", { code: line.sip_code })}</span>}
        </p>
      ) : (
        <Times line={line} />
      )}
      {!ended && line.notice && <p className="line-reason">{capital(line.notice)}</p>}
      {!ended && <Controls line={line} />}
    </section>
  );
}

function Who({ line }: { line: Line }) {
  const number = readable(line.number);
  return (
    <div className="line-who">
      <Avatar name={line.name ?? "#"} size={40} />
      <div>
        <h2 className="num">{line.name ?? number}</h2>
        <p className="num">{[line.name ? number : "", line.queue_name ?? ""].filter(Boolean).join(" · ")}</p>
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
  const dialling = line.state === "dialling";
  const muted = useMuted(line);
  const lost = useLost();
  const hangingUp = usePending("hangup");
  return (
    <>
      <div className="line-keys">
        <Key
          name="mute"
          hint="M"
          icon={muted ? <IconMicrophoneOff size={22} /> : <IconMicrophone size={22} />}
          word={t(muted ? "call.muted" : "call.mute")}
          pressed={muted}
          tone="strong"
          press={calls.toggleMute}
        />
        <Key
          name="hold"
          hint="H"
          icon={held ? <IconPlayerPlay size={22} /> : <IconPlayerPause size={22} />}
          word={t(held ? "call.onHold" : "call.hold")}
          pressed={held}
          tone="orange"
          disabled={lost || dialling}
          press={calls.toggleHold}
        />
        <Key
          name="keypad"
          hint="K"
          icon={<IconDialpad size={22} />}
          word={t("call.keypad")}
          pressed={keypad}
          press={() => calls.showKeypad(!keypad)}
        />
        {line.can_record && <RecordKey line={line} />}
      </div>
      {keypad && <Keys press={calls.digit} small />}
      {line.can_record && line.recording !== "off" && <StopRecording />}
      {line.direction === "outbound" && line.state === "active" && (
        <Suspense>
          <DropMenu line={line} />
        </Suspense>
      )}
      <button
        type="button"
        className="key-hangup"
        aria-busy={hangingUp}
        disabled={lost}
        onClick={() => calls.hangUp(line.call)}
      >
        <IconPhoneOff size={20} aria-hidden="true" />
        {t(dialling ? "call.cancel" : "call.hangUp")}
      </button>
    </>
  );
}

function RecordKey({ line }: { line: Line }) {
  const { t } = useTranslation();
  const { calls } = useDesk();
  const next = ({ off: "start", on: "pause", paused: "resume" } as const)[line.recording];
  const Icon = line.recording === "on" ? IconPlayerRecordFilled : IconPlayerRecord;
  return (
    <Key
      name="record"
      icon={<Icon size={22} />}
      word={t(`call.record.${next}`)}
      label={t(`call.recordLong.${next}`)}
      pressed={line.recording === "on"}
      tone="orange"
      disabled={useLost() || line.state === "dialling"}
      press={() => calls.record(`record/${next}`)}
    />
  );
}

function StopRecording() {
  const { t } = useTranslation();
  const { calls } = useDesk();
  return (
    <button type="button" className="key-quiet" disabled={useLost()} onClick={() => calls.record("record/stop")}>
      <IconPlayerStop size={16} aria-hidden="true" />
      {t("call.record.stop")}
    </button>
  );
}

interface KeyProps {
  name: string;
  icon: ReactNode;
  word: string;
  /** The word in full, where it says too little by itself. */
  label?: string;
  hint?: string;
  pressed: boolean;
  tone?: "orange" | "strong";
  disabled?: boolean;
  press(): void;
}

/** Key is one of the equal keys of a call: icon, word, shortcut, and a pressed state that cannot be missed. */
function Key({ name, icon, word, label, hint, pressed, tone, disabled, press }: KeyProps) {
  const pending = usePending(name);
  return (
    <button
      type="button"
      className="key"
      data-tone={tone}
      title={label}
      aria-label={label}
      aria-pressed={pressed}
      aria-busy={pending}
      aria-keyshortcuts={hint}
      disabled={disabled}
      onClick={press}
    >
      {icon}
      <span>{word}</span>
      {hint ? <Kbd>{hint}</Kbd> : <span className="key-nohint" />}
    </button>
  );
}
