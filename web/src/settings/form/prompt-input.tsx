import { Input, SegmentedControl, Textarea } from "@mantine/core";
import { useId } from "react";
import { useTranslation } from "react-i18next";
import type { InputProps } from "./context.ts";
import { HearFile, HearText } from "./listen.tsx";
import { RecordPrompt } from "./record-prompt.tsx";
import { Picker } from "./reference-input.tsx";

interface Prompt {
  readonly audio?: string;
  readonly text?: string;
  readonly voice?: string;
}

type Source = "silent" | "text" | "audio";

/** Prompts that are a standard text when nothing is set. */
const standard = ["no_agent_message", "unavailable_greeting", "callback_announce", "callback_confirm"];

const longest = 1000; // characters that may be spoken (glossary, prompt)

/** PromptInput makes a prompt: a file of the library, or a text and who speaks it; the file wins. */
export function PromptInput({ field, path, label, help, error, value, set }: InputProps) {
  const { t } = useTranslation("console");
  const id = useId();
  const prompt = (value ?? {}) as Prompt;
  const source: Source = prompt.audio !== undefined ? "audio" : prompt.text !== undefined ? "text" : "silent";
  const usual = standard.includes(field.name) || (field.name === "prompt" && !field.required);
  const begin: Record<Source, () => Prompt> = {
    silent: () => ({}),
    text: () => ({ text: "", voice: "woman" }),
    audio: () => ({ audio: "" }),
  };
  return (
    <fieldset className="field-list" aria-labelledby={id}>
      <Input.Label component="div" id={id} required={field.required}>
        {label}
      </Input.Label>
      {help && <Input.Description>{help}</Input.Description>}
      <SegmentedControl
        size="xs"
        className="prompt-source"
        aria-label={t("prompt.kind", { label })}
        name={path}
        value={source}
        onChange={(next) => set(begin[next as Source]())}
        data={[
          { value: "silent", label: t(usual ? "prompt.standard" : "prompt.silent") },
          { value: "text", label: t("prompt.text") },
          { value: "audio", label: t("prompt.audio") },
        ]}
      />
      {source === "text" && <Spoken prompt={prompt} label={label} set={set} />}
      {source === "audio" && (
        <div className="prompt-text">
          <Picker
            kind="audio"
            label={`${label}: ${t("prompt.file")}`}
            chosen={prompt.audio ?? ""}
            disabled={false}
            choose={(audio) => set({ audio })}
          />
          {prompt.audio && <HearFile id={prompt.audio} label={label} />}
          <RecordPrompt name={label} kept={(audio) => set({ audio })} />
        </div>
      )}
      {error && <Input.Error>{error}</Input.Error>}
    </fieldset>
  );
}

function Spoken({ prompt, label, set }: { prompt: Prompt; label: string; set(next: Prompt): void }) {
  const { t } = useTranslation("console");
  return (
    <div className="prompt-text">
      <Textarea
        aria-label={`${label}: ${t("prompt.words")}`}
        placeholder={t("prompt.words")}
        autosize
        minRows={2}
        maxRows={8}
        maxLength={longest}
        value={prompt.text ?? ""}
        onChange={(event) => set({ ...prompt, text: event.currentTarget.value })}
      />
      <SegmentedControl
        size="xs"
        aria-label={`${label}: ${t("prompt.voice")}`}
        value={prompt.voice ?? "woman"}
        onChange={(voice) => set({ ...prompt, voice })}
        data={[
          { value: "woman", label: t("prompt.woman") },
          { value: "man", label: t("prompt.man") },
        ]}
      />
      <HearText text={prompt.text ?? ""} voice={prompt.voice === "man" ? "man" : "woman"} label={label} />
    </div>
  );
}
