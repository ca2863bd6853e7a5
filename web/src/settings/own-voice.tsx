import { Button, NativeSelect, Switch, TextInput } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { saveVoice } from "../api/commands.ts";
import { words } from "../api/problem.ts";
import { voiceQuery } from "../api/queries.ts";
import type { VoiceChoice } from "../api/types.ts";
import { Note, Section } from "../ui/parts.tsx";

/** OwnVoice is how the voice comes when work is started (VC-1 to VC-4). */
export function OwnVoice() {
  const { t } = useTranslation();
  const { data } = useQuery(voiceQuery);
  return <Section title={t("voice.title")}>{data && <Choice saved={data.default} />}</Section>;
}

const modes = ["web", "call_me", "call_in"] as const;

function Choice({ saved }: { saved: VoiceChoice | undefined }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const [choice, change] = useState<VoiceChoice>(saved ?? { mode: "web", persistent: false });
  const save = useMutation({
    mutationFn: () => {
      const { mode, number, persistent = false } = choice;
      return saveVoice({ mode, persistent: mode === "call_in" || persistent, ...(mode === "call_me" && { number }) });
    },
    onSuccess: () => {
      notifications.show({ message: t("own.saved") });
      return queries.invalidateQueries({ queryKey: voiceQuery.queryKey });
    },
  });
  return (
    <form
      className="own-part"
      aria-label={t("voice.title")}
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate();
      }}
    >
      <NativeSelect
        label={t("own.voiceMode")}
        description={t(`voice.about.${choice.mode}`)}
        value={choice.mode}
        data={modes.map((value) => ({ value, label: t(`voice.mode.${value}`) }))}
        onChange={(event) => change({ ...choice, mode: modes[event.currentTarget.selectedIndex] ?? "web" })}
      />
      {choice.mode === "call_me" && (
        <TextInput
          label={t("voice.number")}
          value={choice.number ?? ""}
          maxLength={50}
          inputMode="tel"
          required
          onChange={(event) => change({ ...choice, number: event.currentTarget.value })}
        />
      )}
      {choice.mode !== "call_in" && (
        <Switch
          label={t("voice.persistent")}
          description={t("voice.persistentHelp")}
          checked={choice.persistent ?? false}
          onChange={(event) => change({ ...choice, persistent: event.currentTarget.checked })}
        />
      )}
      {save.error && <Note tone="red">{words(save.error)}</Note>}
      <div>
        <Button type="submit" variant="default" loading={save.isPending}>
          {t("own.voiceSave")}
        </Button>
      </div>
    </form>
  );
}
