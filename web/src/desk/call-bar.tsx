import {
  IconMicrophone,
  IconMicrophoneOff,
  IconPhone,
  IconPhoneOff,
  IconPlayerPause,
  IconPlayerPlay,
} from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { stageOf } from "../live/in-call.ts";
import { type Line, ringing, talking } from "../live/picture.ts";
import { useDesk, useLive, useLost, useMuted, usePending } from "../phone/context.ts";
import { readable } from "../phone/number.ts";
import { Elapsed } from "../phone/parts.tsx";
import { Kbd } from "../ui/parts.tsx";

/** CallBar stands on top of every page while a call exists (SP-11). */
export function CallBar() {
  const incoming = useLive((live) => ringing(live.me));
  const line = useLive((live) => talking(live.me));
  if (line) return <InCall line={line} />;
  return incoming ? <Incoming line={incoming} /> : null;
}

function Who({ line }: { line: Line }) {
  const { t } = useTranslation();
  return (
    <Link to="/calls" className="bar-who" title={t("bar.back")}>
      <strong>{line.name ?? readable(line.number)}</strong>
      {line.queue_name && <span>{line.queue_name}</span>}
    </Link>
  );
}

function Incoming({ line }: { line: Line }) {
  const { t } = useTranslation();
  const { calls } = useDesk();
  const lost = useLost();
  return (
    <section className="bar" data-state="incoming" aria-label={t("bar.label")} inert={lost}>
      <IconPhone className="bar-icon" size={18} aria-hidden="true" />
      <Who line={line} />
      <Elapsed since={line.ring_started_at ?? line.since} />
      <span className="bar-keys">
        <BarKey name="reject" icon={<IconPhoneOff size={18} />} word={t("ring.reject")} press={calls.reject} />
        <BarKey
          name="answer"
          icon={<IconPhone size={18} />}
          word={t("ring.answer")}
          press={calls.answer}
          kind="answer"
        />
      </span>
    </section>
  );
}

function InCall({ line }: { line: Line }) {
  const { t } = useTranslation();
  const { calls } = useDesk();
  const held = line.state === "held";
  const consulting = useLive((live) => stageOf(live.me.lines, line.call)) === "consulting";
  const muted = useMuted(line);
  const lost = useLost();
  return (
    <section className="bar" data-state={line.state} aria-label={t("bar.label")}>
      <span className="bar-pulse" aria-hidden="true" />
      <div className="still" inert={lost}>
        <Who line={line} />
      </div>
      <span className="bar-state">{t(`line.${line.state}`)}</span>
      <Elapsed since={line.started_at} full />
      <span className="bar-keys">
        {line.watches?.mode !== "listen" && !line.page?.listens && (
          <BarKey
            name="mute"
            icon={muted ? <IconMicrophoneOff size={18} /> : <IconMicrophone size={18} />}
            word={muted ? t("call.unmute") : t("call.mute")}
            hint="M"
            pressed={muted}
            press={calls.toggleMute}
          />
        )}
        {!line.watches && !line.page && (
          <BarKey
            name="hold"
            icon={held ? <IconPlayerPlay size={18} /> : <IconPlayerPause size={18} />}
            word={held ? t("call.resume") : t("call.hold")}
            hint="H"
            pressed={held}
            disabled={lost || line.state === "dialling" || consulting}
            press={calls.toggleHold}
          />
        )}
        <BarKey
          name="hangup"
          icon={<IconPhoneOff size={18} />}
          word={t("call.hangUp")}
          disabled={lost}
          press={() => calls.hangUp(line.call)}
          kind="hangup"
        />
      </span>
    </section>
  );
}

interface BarKeyProps {
  name: string;
  icon: ReactNode;
  word: string;
  hint?: string;
  pressed?: boolean;
  disabled?: boolean;
  kind?: "answer" | "hangup";
  press(): void;
}

function BarKey({ name, icon, word, hint, pressed, disabled, kind, press }: BarKeyProps) {
  const pending = usePending(name);
  return (
    <button
      type="button"
      className="bar-key"
      data-kind={kind}
      data-pressed={pressed || undefined}
      aria-pressed={pressed}
      aria-busy={pending}
      disabled={disabled}
      onClick={press}
    >
      {icon}
      <span className="bar-word">{word}</span>
      {hint && <Kbd>{hint}</Kbd>}
    </button>
  );
}
