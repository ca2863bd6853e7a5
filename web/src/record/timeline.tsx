import {
  IconArrowDownLeft,
  IconBell,
  IconBellOff,
  IconCheck,
  IconPhoneOff,
  IconPlayerPause,
  IconPlayerPlay,
  IconPlayerRecord,
  IconPlugConnected,
  IconRoute,
  IconUsersGroup,
} from "@tabler/icons-react";
import type { ComponentType } from "react";
import { useTranslation } from "react-i18next";
import type { TimelineEntry } from "../api/types.ts";
import { readable } from "../phone/number.ts";
import { timeOfDay } from "../ui/format.ts";
import { type Mark, story } from "./story.ts";

const icons: Record<Mark, ComponentType<{ size?: number; stroke?: number }>> = {
  arrived: IconArrowDownLeft,
  routed: IconRoute,
  queued: IconUsersGroup,
  offered: IconBell,
  answered: IconCheck,
  refused: IconBellOff,
  held: IconPlayerPause,
  resumed: IconPlayerPlay,
  recording: IconPlayerRecord,
  voice: IconPlugConnected,
  ended: IconPhoneOff,
};

/** Timeline tells a call in order (CH-14). */
export function Timeline({ entries }: { entries: readonly TimelineEntry[] }) {
  const { t } = useTranslation();
  return (
    <ol className="timeline">
      {story(entries).map(({ entry, mark, sentence }, i) => {
        const Icon = icons[mark];
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: the list only grows at its end, and two entries may be equal
          <li key={i} data-mark={mark}>
            <span className="timeline-mark">
              <Icon size={14} stroke={2} />
            </span>
            <span className="timeline-words">{t(`timeline.${sentence}`, shown(entry.params))}</span>
            <time className="num" dateTime={entry.at}>
              {timeOfDay(entry.at, true)}
            </time>
          </li>
        );
      })}
    </ol>
  );
}

/** shown writes a number for the eye, and keeps it on one line. */
function shown({ agent = "", on = "", queue = "", text = "", result = "" }: Record<string, string>) {
  return { agent, on, queue, result, text: readable(text).replaceAll(" ", text.startsWith("+") ? "\u00a0" : " ") };
}
