import { ActionIcon, SegmentedControl } from "@mantine/core";
import { IconDownload, IconPlayerPauseFilled, IconPlayerPlayFilled } from "@tabler/icons-react";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { short } from "../ui/format.ts";
import { Note } from "../ui/parts.tsx";

const speeds = ["1", "1.5", "2"];

/** MessagePlayer plays a message, with its speed and any place in it (VM-6). The address of the sound is kept as it was, so that
 * what plays goes on when the message is loaded anew. */
export function MessagePlayer({ url, seconds, begun }: { url: string; seconds: number; begun(): void }) {
  const { t } = useTranslation();
  const audio = useRef<HTMLAudioElement>(null);
  const [source] = useState(url);
  const [playing, setPlaying] = useState(false);
  const [at, setAt] = useState(0);
  const [speed, setSpeed] = useState("1");
  const [fault, setFault] = useState(false);
  const toggle = () => {
    const sound = audio.current;
    if (!sound) return;
    if (!sound.paused) return sound.pause();
    sound.playbackRate = Number(speed);
    sound.play().catch(() => setFault(true));
  };
  return (
    <div className="voicemail-player">
      {/* biome-ignore lint/a11y/useMediaCaption: what a caller said has no caption before there are transcripts */}
      <audio
        ref={audio}
        src={source}
        preload="none"
        onPlay={() => {
          setPlaying(true);
          begun();
        }}
        onPause={() => setPlaying(false)}
        onEnded={() => setPlaying(false)}
        onTimeUpdate={(event) => setAt(event.currentTarget.currentTime)}
        onError={() => setFault(true)}
      />
      <ActionIcon size={40} radius="xl" onClick={toggle} aria-label={t(playing ? "voicemail.pause" : "voicemail.play")}>
        {playing ? <IconPlayerPauseFilled size={18} /> : <IconPlayerPlayFilled size={18} />}
      </ActionIcon>
      <input
        type="range"
        aria-label={t("voicemail.position")}
        aria-valuetext={`${short(at)} / ${short(seconds)}`}
        min={0}
        max={Math.max(1, seconds)}
        step={1}
        value={Math.round(at)}
        onChange={(event) => {
          if (audio.current) audio.current.currentTime = Number(event.currentTarget.value);
        }}
      />
      <span className="num">
        {short(at)} / {short(seconds)}
      </span>
      <SegmentedControl
        size="xs"
        aria-label={t("voicemail.speed")}
        value={speed}
        onChange={(next) => {
          setSpeed(next);
          if (audio.current) audio.current.playbackRate = Number(next);
        }}
        data={speeds.map((value) => ({ value, label: `${value}×` }))}
      />
      <ActionIcon
        component="a"
        href={`${source}?download`}
        variant="subtle"
        color="gray"
        size="lg"
        aria-label={t("voicemail.download")}
        title={t("voicemail.download")}
      >
        <IconDownload size={18} />
      </ActionIcon>
      {fault && <Note tone="red">{t("voicemail.unplayed")}</Note>}
    </div>
  );
}
