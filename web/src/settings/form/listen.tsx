import { Button } from "@mantine/core";
import { IconPlayerPlay } from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { trySpeech } from "../../api/commands.ts";
import { words } from "../../api/problem.ts";
import { Note } from "../../ui/parts.tsx";

/** HearText has a text spoken as callers will hear it, and keeps nothing (AU-6). */
export function HearText({ text, voice, label }: { text: string; voice: "woman" | "man"; label: string }) {
  const { t } = useTranslation("console");
  const [url, setUrl] = useState<string>();
  const speak = useMutation({
    mutationFn: () => trySpeech({ text, voice }),
    onSuccess: (sound) => setUrl(URL.createObjectURL(sound)),
  });
  useEffect(() => () => URL.revokeObjectURL(url ?? ""), [url]);
  return (
    <>
      <Button
        size="xs"
        variant="default"
        leftSection={<IconPlayerPlay size={15} />}
        disabled={text.trim() === ""}
        loading={speak.isPending}
        onClick={() => speak.mutate()}
      >
        {t("prompt.listen")}
      </Button>
      {speak.error && <Note tone="red">{words(speak.error)}</Note>}
      {url && <Sound url={url} label={label} play />}
    </>
  );
}

/** HearFile plays a file of the library. */
export function HearFile({ id, label }: { id: string; label: string }) {
  return <Sound key={id} url={`/api/audio/${id}/sound`} label={label} play={false} />;
}

function Sound({ url, label, play }: { url: string; label: string; play: boolean }) {
  const { t } = useTranslation("console");
  return (
    // biome-ignore lint/a11y/useMediaCaption: the words of a prompt stand beside it
    <audio
      controls
      autoPlay={play}
      preload="none"
      className="prompt-sound"
      aria-label={t("prompt.heard", { label })}
      src={url}
    />
  );
}
