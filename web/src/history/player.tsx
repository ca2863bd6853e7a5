import { ActionIcon, SegmentedControl, useComputedColorScheme } from "@mantine/core";
import { IconDownload, IconPlayerPauseFilled, IconPlayerPlayFilled } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { type KeyboardEvent, useCallback, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import WaveSurfer from "wavesurfer.js";
import { words } from "../api/problem.ts";
import { peaksQuery } from "../api/recordings.ts";
import type { Peaks, Recording } from "../api/types.ts";
import { bytes, short } from "../ui/format.ts";
import { Note } from "../ui/parts.tsx";
import { playerKey, speeds } from "./player-keys.ts";

/** Player shows a recording with the customer above and the others below, and plays it (RC-3). It is asked for when somebody
 * presses Play: to open a call is no access to its recordings. */
export default function Player({ recording }: { recording: Recording }) {
  const { t } = useTranslation();
  const available = recording.status === "available" || recording.status === "processing";
  const { data: peaks, error } = useQuery({ ...peaksQuery(recording.id), enabled: available });
  const scheme = useComputedColorScheme("light");
  if (!available) {
    const why = recording.failure ? ` (${recording.failure})` : "";
    return <Note>{t(`recording.${recording.status}`) + why}</Note>;
  }
  if (error) return <Note tone="red">{words(error)}</Note>;
  if (!peaks) return <div className="player" aria-busy="true" />;
  return <Wave recording={recording} peaks={peaks} key={scheme} />;
}

function Wave({ recording, peaks }: { recording: Recording; peaks: Peaks }) {
  const { t } = useTranslation();
  const wave = useRef<WaveSurfer | undefined>(undefined);
  const [playing, setPlaying] = useState(false);
  const [at, setAt] = useState(0);
  const [speed, setSpeed] = useState(1);
  const [fault, setFault] = useState(false);
  const { url } = recording;

  const attach = useCallback(
    (container: HTMLDivElement | null) => {
      if (!container) return;
      const made = draw(container, url, peaks);
      made.on("play", () => {
        setPlaying(true);
        setFault(false);
      });
      made.on("pause", () => setPlaying(false));
      made.on("timeupdate", setAt);
      made.on("seeking", setAt);
      let failed = 0;
      made.on("error", () => {
        const soon = Date.now() - failed < secondFault;
        failed = Date.now();
        if (soon) return setFault(true);
        resume(made, url, peaks).catch(() => setFault(true));
      });
      wave.current = made;
      return () => {
        wave.current = undefined;
        made.destroy();
      };
    },
    [url, peaks],
  );

  const go = (next: number) => {
    setSpeed(next);
    wave.current?.setPlaybackRate(next, true);
  };
  const pressed = (event: KeyboardEvent) => {
    const { ctrlKey, altKey, metaKey } = event;
    const wanted =
      ctrlKey || altKey || metaKey ? undefined : playerKey(event.key, { at, duration: peaks.duration, speed });
    if (!wanted) return;
    event.preventDefault();
    event.stopPropagation(); // the phone listens too
    if (wanted.do === "toggle") void wave.current?.playPause();
    else if (wanted.do === "seek") wave.current?.setTime(wanted.to);
    else go(wanted.speed);
  };

  return (
    <div className="player">
      <div className="player-wave">
        <div className="player-sides" aria-hidden="true">
          <span data-side="customer">{t("player.customer")}</span>
          {peaks.channels.length > 1 && <span data-side="agent">{t("player.agent")}</span>}
        </div>
        <div className="player-drawing">
          <input
            type="range"
            aria-label={t("player.position")}
            min={0}
            max={Math.round(peaks.duration)}
            step={1}
            value={Math.round(at)}
            aria-valuetext={`${short(at)} / ${short(peaks.duration)}`}
            onChange={(event) => wave.current?.setTime(Number(event.currentTarget.value))}
            onKeyDown={pressed}
          />
          <div ref={attach} aria-hidden="true" />
          <Gaps recording={recording} duration={peaks.duration} />
        </div>
      </div>
      <GapList recording={recording} />
      <div className="player-keys">
        <ActionIcon
          size={40}
          radius="xl"
          onClick={() => void wave.current?.playPause()}
          aria-label={t(playing ? "player.pause" : "player.play")}
        >
          {playing ? <IconPlayerPauseFilled size={18} /> : <IconPlayerPlayFilled size={18} />}
        </ActionIcon>
        <span className="num player-time">
          {short(at)} / {short(peaks.duration)}
        </span>
        <SegmentedControl
          size="xs"
          aria-label={t("player.speed")}
          value={String(speed)}
          onChange={(next) => go(Number(next))}
          data={speeds.map((one) => ({ value: String(one), label: `${one}×` }))}
        />
        <ActionIcon
          component="a"
          href={`${url}?download`}
          download
          variant="subtle"
          color="gray"
          size="lg"
          aria-label={t("player.download", { size: bytes(recording.size) })}
          title={t("player.download", { size: bytes(recording.size) })}
        >
          <IconDownload size={18} />
        </ActionIcon>
      </div>
      {fault && <Note tone="red">{t("player.fault")}</Note>}
    </div>
  );
}

/** Gaps marks the parts without sound on purpose at their place: holds and pauses (RC-4). */
function Gaps({ recording, duration }: { recording: Recording; duration: number }) {
  return recording.gaps.map((gap) => (
    <span
      key={gap.start_seconds}
      className="player-gap"
      style={{
        left: `${(gap.start_seconds / duration) * 100}%`,
        width: `${((gap.end_seconds - gap.start_seconds) / duration) * 100}%`,
      }}
    />
  ));
}

/** GapList says the same in words. */
function GapList({ recording }: { recording: Recording }) {
  const { t } = useTranslation();
  if (recording.gaps.length === 0) return null;
  return (
    <ul className="player-gaps num">
      {recording.gaps.map((gap) => (
        <li key={gap.start_seconds}>
          {t(`player.gap.${gap.kind}` as "player.gap.hold", { defaultValue: gap.kind })} {short(gap.start_seconds)}–
          {short(gap.end_seconds)}
        </li>
      ))}
    </ul>
  );
}

/** secondFault is how soon another fault after the last one is told, in milliseconds. One alone mends itself: the file is replaced
 * when it is compressed after the call, and the link of an open page grows old. */
const secondFault = 10_000;

/** resume loads the sound anew and goes on where it was. */
async function resume(wave: WaveSurfer, url: string, peaks: Peaks): Promise<void> {
  const at = wave.getCurrentTime();
  const playing = wave.isPlaying();
  await wave.load(url, peaks.channels, peaks.duration);
  wave.setTime(at);
  if (playing) await wave.play();
}

function draw(container: HTMLElement, url: string, peaks: Peaks): WaveSurfer {
  const style = getComputedStyle(container);
  const colour = (name: string) => style.getPropertyValue(name).trim();
  const side = (name: string) => ({
    waveColor: `color-mix(in srgb, ${colour(name)} 45%, ${colour("--surface")})`,
    progressColor: colour(name),
  });
  const media = new Audio();
  media.preload = "none";
  return WaveSurfer.create({
    container,
    media,
    url,
    peaks: peaks.channels,
    duration: peaks.duration,
    height: 52,
    barWidth: 2,
    barGap: 1,
    barRadius: 2,
    cursorColor: colour("--text"),
    cursorWidth: 1,
    dragToSeek: true,
    ...(peaks.channels.length > 1 ? { splitChannels: [side("--customer"), side("--agent")] } : side("--customer")),
  });
}
