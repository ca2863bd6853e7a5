import { Button, Textarea } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { newMailboxPin, setMailboxGreeting, uploadSound } from "../api/commands.ts";
import { words } from "../api/problem.ts";
import { mailboxesQuery } from "../api/queries.ts";
import type { VoiceMailbox } from "../api/types.ts";
import { Recorder } from "../recorder/recorder.tsx";
import { FilePick } from "../ui/file-pick.tsx";
import { Note, Section } from "../ui/parts.tsx";
import { VoicePick } from "./voice-pick.tsx";

/** OwnMailbox is what the owner of a mailbox sets: greeting and PIN (VM-7). */
export function OwnMailbox({ box }: { box: VoiceMailbox }) {
  const { t } = useTranslation();
  return (
    <Section title={t("voicemail.own")}>
      <div className="voicemail-own">
        <Greeting box={box} />
        <Pin box={box} />
      </div>
    </Section>
  );
}

/** A greeting lasts two minutes at most. */
const longestGreeting = 120;

const refuse = (error: unknown) => notifications.show({ color: "red", message: words(error) });

function Greeting({ box }: { box: VoiceMailbox }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const [text, setText] = useState(box.greeting.text ?? "");
  const [voice, setVoice] = useState<"man" | "woman">(box.greeting.voice === "man" ? "man" : "woman");
  const saved = () => {
    notifications.show({ color: "green", message: t("voicemail.saved") });
    return queries.invalidateQueries({ queryKey: mailboxesQuery.queryKey });
  };
  const save = (event: FormEvent) => {
    event.preventDefault();
    const said = text.trim();
    setMailboxGreeting(box.id, box.version, said === "" ? {} : { text: said, voice }).then(saved, refuse);
  };
  const keep = (file: File) =>
    uploadSound(file)
      .then((audio) => setMailboxGreeting(box.id, box.version, { audio: audio.id }))
      .then(saved, (error: unknown) => {
        refuse(error);
        throw error;
      });
  return (
    <form onSubmit={save}>
      <Textarea
        label={t("voicemail.greeting")}
        description={t("voicemail.greetingText")}
        value={text}
        maxLength={1000}
        autosize
        minRows={2}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <div className="voicemail-row">
        <VoicePick voice={voice} choose={setVoice} />
        <Button type="submit" variant="default">
          {t("voicemail.save")}
        </Button>
        <FilePick pick={([file]) => file && void keep(file).catch(() => undefined)} accept=".wav,.mp3,.ogg,.opus">
          {(props) => (
            <Button {...props} variant="default">
              {t("voicemail.upload")}
            </Button>
          )}
        </FilePick>
        {box.greeting.audio && <span>{t("voicemail.isFile")}</span>}
      </div>
      <Recorder longest={longestGreeting} keep={keep} />
    </form>
  );
}

/** Pin gives a new PIN; it is shown once, since only its hash is kept. */
function Pin({ box }: { box: VoiceMailbox }) {
  const { t } = useTranslation();
  const [pin, setPin] = useState("");
  const ask = () => void newMailboxPin(box.id).then((made) => setPin(made.pin), refuse);
  return (
    <div>
      <p>{t("voicemail.pin")}</p>
      <p className="voicemail-hint">{t("voicemail.pinText", { number: box.number ?? "" })}</p>
      <Button variant="default" onClick={ask}>
        {t("voicemail.pinNew")}
      </Button>
      {pin !== "" && <Note tone="green">{t("voicemail.pinIs", { pin })}</Note>}
    </div>
  );
}
