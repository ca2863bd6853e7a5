import { Button, Input, SegmentedControl, Textarea } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useTranslation } from "react-i18next";
import { uploadSound } from "../api/commands.ts";
import { words } from "../api/problem.ts";
import type { OwnFields } from "../api/types.ts";
import { Recorder } from "../recorder/recorder.tsx";
import { FilePick } from "../ui/file-pick.tsx";

type Prompt = OwnFields["unavailable_greeting"];

const longestGreeting = 120; // seconds

const sources = ["standard", "text", "file"] as const;

/** OwnGreeting is what callers hear when the agent does not answer (AG-4): the standard text, a text, a file or a recording. */
export function OwnGreeting({ value, set }: { value: Prompt; set(next: Prompt): void }) {
  const { t } = useTranslation();
  const source = value.audio !== undefined ? "file" : value.text !== undefined ? "text" : "standard";
  const begin = { standard: {}, text: { text: "" }, file: { audio: "" } };
  const keep = (file: File) =>
    uploadSound(file).then(
      (audio) => set({ audio: audio.id }),
      (error: unknown) => {
        notifications.show({ color: "red", message: words(error) });
        throw error;
      },
    );
  return (
    <fieldset className="own-part">
      <Input.Label component="legend">{t("own.unavailable_greeting")}</Input.Label>
      <SegmentedControl
        aria-label={t("own.unavailable_greeting")}
        value={source}
        onChange={(next) => set(begin[next])}
        data={sources.map((one) => ({ value: one, label: t(`own.greeting.${one}`) }))}
      />
      {source === "text" && (
        <Textarea
          aria-label={t("own.greeting.text")}
          maxLength={1000}
          autosize
          minRows={2}
          value={value.text ?? ""}
          onChange={(event) => set({ ...value, text: event.currentTarget.value })}
        />
      )}
      {source === "file" && (
        <>
          {value.audio && (
            // biome-ignore lint/a11y/useMediaCaption: it is the person's own greeting
            <audio controls preload="none" src={`/api/audio/${value.audio}/sound`} key={value.audio} />
          )}
          <div>
            <FilePick pick={([file]) => file && void keep(file).catch(() => undefined)} accept=".wav,.mp3,.ogg,.opus">
              {(props) => (
                <Button {...props} variant="default">
                  {t("own.greeting.upload")}
                </Button>
              )}
            </FilePick>
          </div>
          <Recorder longest={longestGreeting} keep={keep} />
        </>
      )}
    </fieldset>
  );
}
