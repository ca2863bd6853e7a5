import { Button, Modal } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { IconMessage2, IconMicrophone, IconUpload } from "@tabler/icons-react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { addSound } from "../../api/commands.ts";
import { words } from "../../api/problem.ts";
import { FilePick } from "../../ui/file-pick.tsx";
import { Note } from "../../ui/parts.tsx";
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
      const faults: Fault[] = [];
      for (const file of files) {
        try {
          await addSound(file);
          added++;
        } catch (error) {
          faults.push({ name: file.name, why: words(error) });
        }
      }
      return { added, faults };
    },
    onSuccess: ({ added: count }) => {
      void queries.invalidateQueries({ queryKey: ["records"] });
      if (count > 0) notifications.show({ message: t("audio.added", { count }) });
    },
  });
  return (
    <>
      <div className="console-actions">
        <Button variant="default" leftSection={<IconMessage2 size={16} />} onClick={() => speaks(true)}>
          {t("audio.fromText")}
        </Button>
        <Button variant="default" leftSection={<IconMicrophone size={16} />} onClick={() => records(true)}>
          {t("audio.record")}
        </Button>
        <FilePick multiple accept={soundTypes} pick={upload.mutate}>
          {(props) => (
            <Button {...props} leftSection={<IconUpload size={16} />} loading={upload.isPending}>
              {t("audio.upload")}
            </Button>
          )}
        </FilePick>
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
      {upload.data && upload.data.faults.length > 0 && <Refused faults={upload.data.faults} />}
    </>
  );
}

interface Fault {
  readonly name: string;
  readonly why: string;
}

/** Refused says what is wrong with each file that was not taken, until others are chosen. */
function Refused({ faults }: { faults: readonly Fault[] }) {
  const { t } = useTranslation("console");
  return (
    <ul className="audio-refused" aria-label={t("audio.refused")}>
      {faults.map(({ name, why }) => (
        <li key={name}>
          <Note tone="red" title={name}>
            {why}
          </Note>
        </li>
      ))}
    </ul>
  );
}
