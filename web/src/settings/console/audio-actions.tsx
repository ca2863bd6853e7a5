import { Button, FileButton, Modal } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { IconMessage2, IconMicrophone, IconUpload } from "@tabler/icons-react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { addSound } from "../../api/commands.ts";
import { words } from "../../api/problem.ts";
import { RecordSound } from "../form/record-prompt.tsx";
import { SpeakDialog } from "./speak-dialog.tsx";

/** What the server takes (AU-1). */
export const soundTypes = ".wav,.mp3,.ogg,.opus,audio/wav,audio/mpeg,audio/ogg";

/** AudioActions add files to the library: uploaded, several at once, or made of a text. */
export function AudioActions() {
  const { t } = useTranslation("console");
  const queries = useQueryClient();
  const [speaking, speaks] = useState(false);
  const [recording, records] = useState(false);
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
      <Button variant="default" leftSection={<IconMicrophone size={16} />} onClick={() => records(true)}>
        {t("audio.record")}
      </Button>
      <FileButton multiple accept={soundTypes} onChange={(files) => upload.mutate(files)}>
        {(props) => (
          <Button {...props} leftSection={<IconUpload size={16} />} loading={upload.isPending}>
            {t("audio.upload")}
          </Button>
        )}
      </FileButton>
      {recording && (
        <Modal
          opened
          onClose={() => records(false)}
          title={t("audio.record")}
          closeButtonProps={{ "aria-label": t("form.close") }}
        >
          <RecordSound name={t("audio.recorded")} kept={() => records(false)} />
        </Modal>
      )}
      {speaking && <SpeakDialog close={() => speaks(false)} />}
    </div>
  );
}
