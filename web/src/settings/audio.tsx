import { Button, Select, Switch } from "@mantine/core";
import { IconPlayerPlay, IconPlayerStop, IconVolume } from "@tabler/icons-react";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { useStore } from "../live/use-store.ts";
import { useDesk } from "../phone/context.ts";
import { devices } from "../phone/devices.ts";
import type { MicrophoneFault } from "../phone/machine.ts";
import { openMicrophone } from "../phone/microphone.ts";
import { MicrophoneMeter } from "../phone/microphone-meter.tsx";
import { preferences } from "../phone/preferences.ts";
import { ring, testTone } from "../phone/sound.ts";
import { Note } from "../ui/parts.tsx";

/** Audio: the devices of this browser and how the microphone's sound is treated (SP-16, SP-17). */
export function Audio() {
  const { t } = useTranslation();
  const chosen = useStore(preferences);
  const { microphones, speakers } = useStore(devices);
  const toggles = ["noiseSuppression", "echoCancellation", "autoGainControl"] as const;
  return (
    <>
      <div className="settings-rows">
        <Row label={t("audio.microphone")} test={<MicrophoneTest />}>
          <DevicePick
            label={t("audio.microphone")}
            value={chosen.microphone}
            all={microphones}
            choose={(microphone) => preferences.change({ microphone })}
          />
        </Row>
        <Row
          label={t("audio.speaker")}
          test={
            <Press
              icon={<IconVolume size={16} />}
              word={t("audio.testTone")}
              press={() => void testTone(chosen.speaker)}
            />
          }
        >
          <DevicePick
            label={t("audio.speaker")}
            value={chosen.speaker}
            all={speakers}
            choose={(speaker) => preferences.change({ speaker })}
          />
        </Row>
        <Row
          label={t("audio.ringtone")}
          test={
            <Press
              icon={<IconPlayerPlay size={16} />}
              word={t("audio.preview")}
              press={() => ring(chosen.ringtone, 1)}
            />
          }
        >
          <DevicePick
            label={t("audio.ringtone")}
            value={chosen.ringtone}
            all={speakers}
            choose={(ringtone) => preferences.change({ ringtone })}
          />
        </Row>
      </div>
      <div className="settings-switches">
        {toggles.map((name) => (
          <Switch
            key={name}
            label={t(`audio.${name}.label`)}
            description={t(`audio.${name}.help`)}
            checked={chosen[name]}
            onChange={(event) => preferences.change({ [name]: event.currentTarget.checked })}
          />
        ))}
      </div>
    </>
  );
}

function Row({ label, test, children }: { label: string; test: ReactNode; children: ReactNode }) {
  return (
    <fieldset className="settings-row">
      <legend>{label}</legend>
      {children}
      {test}
    </fieldset>
  );
}

function Press({ icon, word, press }: { icon: ReactNode; word: string; press(): void }) {
  return (
    <Button variant="default" fullWidth leftSection={icon} onClick={press}>
      {word}
    </Button>
  );
}

interface PickProps {
  label: string;
  value: string;
  all: readonly MediaDeviceInfo[];
  choose(id: string): void;
}

function DevicePick({ label, value, all, choose }: PickProps) {
  const { t } = useTranslation();
  const named = all
    .filter((device) => device.deviceId !== "default" && device.deviceId !== "communications")
    .map((device, i) => ({ value: device.deviceId, label: device.label || t("audio.unnamed", { number: i + 1 }) }));
  const known = value === "" || named.some((device) => device.value === value);
  const data = [
    { value: "", label: t("audio.system") },
    ...named,
    ...(known ? [] : [{ value, label: t("audio.unplugged") }]),
  ];
  return (
    <Select
      aria-label={label}
      data={data}
      value={value}
      allowDeselect={false}
      onChange={(next) => choose(next ?? "")}
    />
  );
}

/** MicrophoneTest shows the level: of the phone's own microphone when it works, else of one opened for the test. */
function MicrophoneTest() {
  const { t } = useTranslation();
  const { voice } = useDesk();
  const used = useStore(voice.microphone);
  const chosen = useStore(preferences);
  const [own, setOwn] = useState<MediaStream>();
  const [fault, setFault] = useState<MicrophoneFault>();
  const stop = () => {
    for (const track of own?.getTracks() ?? []) track.stop();
    setOwn(undefined);
  };
  const test = async () => {
    const opened = await openMicrophone(chosen);
    if (typeof opened === "string") setFault(opened);
    else setOwn(opened);
  };
  const stream = used ?? own;
  return (
    <>
      {!used && (
        <Press
          icon={own ? <IconPlayerStop size={16} /> : <IconPlayerPlay size={16} />}
          word={t(own ? "audio.stop" : "audio.test")}
          press={() => (own ? stop() : void test())}
        />
      )}
      {stream && (
        <div className="settings-meter">
          <MicrophoneMeter stream={stream} label={t("audio.level")} />
          <span>{t("audio.speak")}</span>
        </div>
      )}
      {fault && !stream && (
        <div className="settings-meter">
          <Note tone="red" title={t(`failure.${fault}.title`)}>
            {t(`failure.${fault}.text`)}
          </Note>
        </div>
      )}
    </>
  );
}
