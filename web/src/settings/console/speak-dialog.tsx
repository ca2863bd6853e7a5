import { Button, Group, Modal, SegmentedControl, Textarea, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { speakSound } from "../../api/commands.ts";
import { words } from "../../api/problem.ts";
import { Note } from "../../ui/parts.tsx";

/** SpeakDialog makes a file of the library from a text. */
export function SpeakDialog({ close }: { close(): void }) {
  const { t } = useTranslation("console");
  const queries = useQueryClient();
  const [voice, setVoice] = useState<"woman" | "man">("woman");
  const speak = useMutation({
    mutationFn: speakSound,
    onSuccess: () => {
      void queries.invalidateQueries({ queryKey: ["records"] });
      close();
    },
  });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    speak.mutate({ filename: String(form.get("filename")), text: String(form.get("text")), voice });
  };
  return (
    <Modal opened onClose={close} title={t("audio.fromText")}>
      <form onSubmit={submit}>
        {speak.error && <Note tone="red">{words(speak.error)}</Note>}
        <TextInput name="filename" label={t("audio.filename")} maxLength={100} required data-autofocus />
        <Textarea name="text" label={t("audio.text")} maxLength={1000} autosize minRows={3} required mt="sm" />
        <SegmentedControl
          mt="sm"
          aria-label={t("audio.voice")}
          value={voice}
          onChange={(next) => setVoice(next === "man" ? "man" : "woman")}
          data={[
            { value: "woman", label: t("audio.woman") },
            { value: "man", label: t("audio.man") },
          ]}
        />
        <Group mt="md" justify="flex-end">
          <Button type="submit" loading={speak.isPending}>
            {t("audio.make")}
          </Button>
        </Group>
      </form>
    </Modal>
  );
}
