import { Button } from "@mantine/core";
import { IconPhoneCheck, IconPhoneOff, IconPhoneOutgoing } from "@tabler/icons-react";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { byTelephone, type Me } from "../live/picture.ts";
import { useDesk, useLive, usePending } from "../phone/context.ts";
import { readable } from "../phone/number.ts";
import { view } from "./view.ts";

/** PathCard says how a voice that comes by telephone, or stays connected, stands between calls (VC-4 to VC-6). */
export function PathCard({ voice }: { voice: NonNullable<Me["voice"]> }) {
  const { t } = useTranslation();
  const { calls } = useDesk();
  const pending = usePending("voice");
  const state = voice.path ?? (voice.persistent ? "up" : "each");
  const Icon = state === "lost" ? IconPhoneOff : state === "up" ? IconPhoneCheck : IconPhoneOutgoing;
  return (
    <section className="path-card" data-state={state} aria-label={t("voice.label")}>
      <Icon size={20} stroke={1.7} aria-hidden="true" />
      <p role="status">
        {t(`voice.state.${state}`, { number: voice.number ? readable(voice.number) : t("voice.yours") })}
      </p>
      {(state === "lost" || state === "awaited") && <ConnectVoice />}
      {voice.mode !== "web" && (
        <Button variant="subtle" size="xs" color="gray" loading={pending} onClick={() => calls.disconnectVoice()}>
          {t("voice.disconnect")}
        </Button>
      )}
    </section>
  );
}

/** ConnectVoice opens the dialog again (VC-6). */
function ConnectVoice() {
  const { t } = useTranslation();
  return (
    <Button size="xs" onClick={() => view.chooseVoice(true)}>
      {t("voice.again")}
    </Button>
  );
}

/** ConnectVoiceHere stands beside the call queue while the voice is lost. */
export function ConnectVoiceHere() {
  const lost = useLive((live) => live.me.voice?.path === "lost") ?? false;
  return lost ? <ConnectVoice /> : null;
}

const seenFor = 6000;

/** VoiceLost says for a moment that the voice path is gone (VC-6). */
export function VoiceLost() {
  const { t } = useTranslation();
  const path = useLive((live) => (byTelephone(live.me) ? live.me.voice?.path : undefined));
  const [before, setBefore] = useState(path);
  const [shown, setShown] = useState(false);
  if (path !== before) {
    setBefore(path);
    setShown(before === "up" && path === "lost");
  }
  useEffect(() => {
    if (!shown) return;
    const timer = setTimeout(() => setShown(false), seenFor);
    return () => clearTimeout(timer);
  }, [shown]);
  return shown ? (
    <p className="voice-lost" role="alert">
      {t("voice.lost")}
    </p>
  ) : null;
}
