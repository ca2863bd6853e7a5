import { SegmentedControl } from "@mantine/core";
import { useTranslation } from "react-i18next";
import "../i18n/voicemail.ts";

export type Voice = "woman" | "man";

/** VoicePick chooses the voice that speaks a text. */
export function VoicePick({ voice, choose }: { voice: Voice; choose(voice: Voice): void }) {
  const { t } = useTranslation();
  return (
    <SegmentedControl
      size="xs"
      aria-label={t("voicemail.greetingVoice")}
      value={voice}
      onChange={(next) => choose(next === "man" ? "man" : "woman")}
      data={[
        { value: "woman", label: t("voicemail.woman") },
        { value: "man", label: t("voicemail.man") },
      ]}
    />
  );
}
