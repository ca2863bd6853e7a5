import {
  IconArrowDownLeft,
  IconArrowsLeftRight,
  IconArrowUpRight,
  IconBan,
  IconCheck,
  IconCircleX,
  IconPhoneX,
  IconPlayerRecordFilled,
  IconVolume,
  IconWalk,
} from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { CallRow, Direction } from "../api/types.ts";
import { Badge, type Tone } from "../ui/parts.tsx";

/** DirectionIcon tells inbound, outbound and internal apart by the way its arrow points. */
export function DirectionIcon({ direction, missed = false }: { direction: Direction; missed?: boolean }) {
  const { t } = useTranslation();
  const Icon = { inbound: IconArrowDownLeft, outbound: IconArrowUpRight, internal: IconArrowsLeftRight }[direction];
  const word = t(`direction.${direction}`);
  return (
    <span className="direction" data-direction={direction} data-missed={missed || undefined} title={word}>
      <Icon size={17} stroke={1.9} aria-hidden="true" />
      <span className="sr">{word}</span>
    </span>
  );
}

const tones = {
  answered: "green",
  voicemail: "accent",
  no_answer: "orange",
  abandoned: "red",
  busy: "orange",
  failed: "red",
} satisfies Record<string, Tone>;

const icons = {
  answered: IconCheck,
  voicemail: IconVolume,
  no_answer: IconPhoneX,
  abandoned: IconWalk,
  busy: IconBan,
  failed: IconCircleX,
};

/** DispositionBadge is how the call ended, or that it lives. */
export function DispositionBadge({ row }: { row: CallRow }) {
  const { t } = useTranslation();
  if (!row.disposition) return <Badge tone="orange">{t(`callStatus.${row.status}`)}</Badge>;
  const Icon = icons[row.disposition];
  return (
    <Badge tone={tones[row.disposition]}>
      <Icon size={13} aria-hidden="true" />
      {t(`disposition.${row.disposition}`)}
    </Badge>
  );
}

/** RecordingMark shows whether there is something to listen to, or was (RC-8). */
export function RecordingMark({ state }: { state: CallRow["recording"] }) {
  const { t } = useTranslation();
  const Icon = state === "recording" ? IconPlayerRecordFilled : IconVolume;
  return (
    <span className="recording-mark" data-state={state} title={t(`recording.${state}`)}>
      {state === "none" ? "–" : <Icon size={16} stroke={1.8} aria-hidden="true" />}
      <span className="sr">{t(`recording.${state}`)}</span>
    </span>
  );
}
