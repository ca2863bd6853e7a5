import { Button } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { IconMicrophone } from "@tabler/icons-react";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { addSound } from "../../api/commands.ts";
import { words } from "../../api/problem.ts";
import { Recorder } from "../../recorder/recorder.tsx";
import { longTime } from "../../ui/moment.ts";

/** The longest sound that is recorded in the browser, in seconds. */
const longestSound = 180;

/** RecordSound records a file of everyone's library with the microphone, and tells which it became (AU-6). */
export function RecordSound({ name, kept }: { name: string; kept(id: string): void }) {
  const queries = useQueryClient();
  const keep = async (file: File) => {
    try {
      const made = await addSound(new File([file], `${name} ${longTime(new Date().toISOString())}.wav`.slice(-100)));
      await queries.invalidateQueries({ queryKey: ["records"] });
      kept(made.id);
    } catch (error) {
      notifications.show({ color: "red", message: words(error), autoClose: false });
      throw error;
    }
  };
  return <Recorder longest={longestSound} keep={keep} />;
}

/** RecordPrompt offers the microphone beside the files of the library. */
export function RecordPrompt({ name, kept }: { name: string; kept(id: string): void }) {
  const { t } = useTranslation("console");
  const [recording, records] = useState(false);
  if (!recording) {
    return (
      <Button size="xs" variant="default" leftSection={<IconMicrophone size={15} />} onClick={() => records(true)}>
        {t("prompt.record")}
      </Button>
    );
  }
  return (
    <RecordSound
      name={name}
      kept={(id) => {
        records(false);
        kept(id);
      }}
    />
  );
}
