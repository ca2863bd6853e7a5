import { Button } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { IconReplace } from "@tabler/icons-react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { replaceSound } from "../../api/commands.ts";
import { words } from "../../api/problem.ts";
import { FilePick } from "../../ui/file-pick.tsx";
import { Note } from "../../ui/parts.tsx";
import type { Stored } from "../records.ts";
import { soundTypes } from "./audio-actions.tsx";

/** AudioSound plays a file of the library, and puts another sound in its place; what uses the file plays the new one. */
export function AudioSound({ record }: { record: Stored }) {
  const { t } = useTranslation("console");
  const queries = useQueryClient();
  const replace = useMutation({
    mutationFn: (file: File) => replaceSound(record.id, file),
    onSuccess: () => {
      void queries.invalidateQueries({ queryKey: ["records"] });
      notifications.show({ message: t("audio.replaced") });
    },
  });
  return (
    <div className="audio-sound">
      {/* biome-ignore lint/a11y/useMediaCaption: a file of the library has no captions */}
      <audio
        controls
        preload="none"
        aria-label={record.title}
        src={`/api/audio/${record.id}/sound?v=${record.version}`}
      />
      <FilePick accept={soundTypes} pick={([file]) => file && replace.mutate(file)}>
        {(props) => (
          <Button {...props} variant="default" leftSection={<IconReplace size={16} />} loading={replace.isPending}>
            {t("audio.replace")}
          </Button>
        )}
      </FilePick>
      {replace.error && <Note tone="red">{words(replace.error)}</Note>}
    </div>
  );
}
