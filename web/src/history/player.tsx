import { ActionIcon, SegmentedControl, useComputedColorScheme } from "@mantine/core";
import { IconDownload, IconPlayerPauseFilled, IconPlayerPlayFilled } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useCallback, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import WaveSurfer from "wavesurfer.js";
import { words } from "../api/problem.ts";
import { peaksQuery } from "../api/queries.ts";
import type { Peaks, Recording } from "../api/types.ts";
import { bytes, short } from "../ui/format.ts";
import { Note } from "../ui/parts.tsx";

/** Player shows a recording with the customer above and the agent below, and plays it (RC-3). */
export function Player({ recording }: { recording: Recording }) {
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

const speeds = ["1", "1.5", "2"];

function Wave({ recording, peaks }: { recording: Recording; peaks: Peaks }) {
  const { t } = useTranslation();
  const wave = useRef<WaveSurfer | undefined>(undefined);
  const [playing, setPlaying] = useState(false);
  const [at, setAt] = useState(0);
  const [fault, setFault] = useState(false);
  const { url } = recording;

  const attach = useCallback(
    (container: HTMLDivElement | null) => {
      if (!container) return;
      const made = draw(container, url, peaks);
      made.on("play", () => setPlaying(true));
      made.on("pause", () => setPlaying(false));
      made.on("timeupdate", setAt);
      made.on("seeking", setAt);
      let again = false;
      made.on("error", () => {
        if (again) return setFault(true);
        again = true; // the file is replaced once, when it is compressed after the call
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
            step={5}
            value={Math.round(at)}
            aria-valuetext={`${short(at)} / ${short(peaks.duration)}`}
            onChange={(event) => wave.current?.setTime(Number(event.currentTarget.value))}
          />
          <div ref={attach} aria-hidden="true" />
          <Gaps recording={recording} duration={peaks.duration} />
        </div>
      </div>
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
        <Speed choose={(speed) => wave.current?.setPlaybackRate(speed, true)} />
        <ActionIcon
          component="a"
          href={url}
          download={`${recording.id}.${recording.format === "opus" ? "ogg" : "wav"}`}
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

/** Gaps marks the parts without sound on purpose: holds and pauses. */
function Gaps({ recording, duration }: { recording: Recording; duration: number }) {
  const { t } = useTranslation();
  return recording.gaps.map((gap) => (
    <span
      key={gap.start_seconds}
      className="player-gap"
      title={t(`player.gap.${gap.kind}` as "player.gap.hold", { defaultValue: gap.kind })}
      style={{
        left: `${(gap.start_seconds / duration) * 100}%`,
        width: `${((gap.end_seconds - gap.start_seconds) / duration) * 100}%`,
      }}
    />
  ));
}

function Speed({ choose }: { choose(speed: number): void }) {
  const { t } = useTranslation();
  const [speed, setSpeed] = useState("1");
  return (
    <SegmentedControl
      size="xs"
      aria-label={t("player.speed")}
      value={speed}
      onChange={(next) => {
        setSpeed(next);
        choose(Number(next));
      }}
      data={speeds.map((value) => ({ value, label: `${value}×` }))}
    />
  );
}

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
  return WaveSurfer.create({
    container,
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
