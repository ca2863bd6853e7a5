import { Button, FileButton } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { IconMessage2, IconUpload } from "@tabler/icons-react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { addSound } from "../../api/commands.ts";
import { words } from "../../api/problem.ts";
import { SpeakDialog } from "./speak-dialog.tsx";

/** What the server takes (AU-1). */
export const soundTypes = ".wav,.mp3,.ogg,.opus,audio/wav,audio/mpeg,audio/ogg";

/** AudioActions add files to the library: uploaded, several at once, or made of a text. */
export function AudioActions() {
  const { t } = useTranslation("console");
  const queries = useQueryClient();
  const [speaking, speaks] = useState(false);
  const upload = useMutation({
    mutationFn: async (files: File[]) => {
      let added = 0;
      for (const file of files) {
        try {
          await addSound(file);
          added++;
        } catch (error) {
          notifications.show({ color: "red", title: file.name, message: words(error), autoClose: false });
        }
      }
      return added;
    },
    onSuccess: (count) => {
      void queries.invalidateQueries({ queryKey: ["records"] });
      if (count > 0) notifications.show({ message: t("audio.added", { count }) });
    },
  });
  return (
    <div className="console-actions">
      <Button variant="default" leftSection={<IconMessage2 size={16} />} onClick={() => speaks(true)}>
        {t("audio.fromText")}
      </Button>
      <FileButton multiple accept={soundTypes} onChange={(files) => upload.mutate(files)}>
        {(props) => (
          <Button {...props} leftSection={<IconUpload size={16} />} loading={upload.isPending}>
            {t("audio.upload")}
          </Button>
        )}
      </FileButton>
      {speaking && <SpeakDialog close={() => speaks(false)} />}
    </div>
  );
}
