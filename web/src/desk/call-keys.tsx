import {
  IconDialpad,
  IconMicrophone,
  IconMicrophoneOff,
  IconPhoneOff,
  IconPlayerRecord,
  IconPlayerRecordFilled,
  IconPlayerStop,
} from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { Line } from "../live/picture.ts";
import { useStore } from "../live/use-store.ts";
import { useDesk, useLost, useMuted, usePending } from "../phone/context.ts";
import { Kbd } from "../ui/parts.tsx";

/** The keys of a call (SP-13), which a line has, and two lines together. */

export function MuteKey({ line }: { line: Line }) {
  const { t } = useTranslation();
  const { calls } = useDesk();
  const muted = useMuted(line);
  return (
    <Key
      name="mute"
      hint="M"
      icon={muted ? <IconMicrophoneOff size={22} /> : <IconMicrophone size={22} />}
      word={t(muted ? "call.muted" : "call.mute")}
      pressed={muted}
      tone="strong"
      press={calls.toggleMute}
    />
  );
}

export function KeypadKey() {
  const { t } = useTranslation();
  const { calls } = useDesk();
  const keypad = useStore(calls.keypadOpen);
  return (
    <Key
      name="keypad"
      hint="K"
      icon={<IconDialpad size={22} />}
      word={t("call.keypad")}
      pressed={keypad}
      press={() => calls.showKeypad(!keypad)}
    />
  );
}

export function HangUp({ line }: { line: Line }) {
  const { t } = useTranslation();
  const { calls } = useDesk();
  return (
    <button
      type="button"
      className="key-hangup"
      aria-busy={usePending("hangup")}
      disabled={useLost()}
      onClick={() => calls.hangUp(line.call)}
    >
      <IconPhoneOff size={20} aria-hidden="true" />
      {t(line.state === "dialling" ? "call.cancel" : "call.hangUp")}
    </button>
  );
}

export function RecordKey({ line }: { line: Line }) {
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

export function StopRecording() {
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
  /** Whether what it switches is on; a key that only acts has none. */
  pressed?: boolean;
  tone?: "orange" | "strong";
  disabled?: boolean;
  press(): void;
}

/** Key is one of the equal keys of a call: icon, word, shortcut, and a pressed state that cannot be missed. */
export function Key({ name, icon, word, label, hint, pressed, tone, disabled, press }: KeyProps) {
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
